package io.millrace.sqltests.oracle.view;

import io.millrace.sqltests.oracle.generate.SampleTable;
import io.millrace.sqltests.oracle.query.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Something that is done to a database. */
sealed interface Step {
    /** As one would type it. */
    String script();

    /** Begins to take rows that come. */
    sealed interface Opening extends Step {
        String name();

        /** What the rows add up to: a name, or a query in parentheses. */
        String target();

        /** Whether it is told how far the rows have come. */
        boolean progress();

        String sql();
    }

    /** Rows are inserted, changed or deleted, or it is tried. */
    record Change(String sql) implements Step {
        @Override
        public String script() {
            return sql + ";";
        }
    }

    /** Inserts rows by a batch of a prepared statement. */
    record Batch(String insert, List<List<Object>> rows) implements Step {
        @Override
        public String script() {
            return rows.stream().map(row -> "-- a batch: " + insert + " " + row).collect(Collectors.joining("\n"));
        }
    }

    /** Changes that the views take in one step. */
    record Together(List<Change> changes) implements Step {
        @Override
        public String script() {
            return changes.stream().map(Change::script).collect(Collectors.joining("\n", "-- in one step:\n", ""));
        }
    }

    /** Creates a view. */
    record Define(ViewSpec view, boolean replace) implements Step {
        @Override
        public String script() {
            return view.create(replace) + ";";
        }
    }

    /** Drops a view, and those that read it. */
    record Drop(String view, boolean materialized) implements Step {
        @Override
        public String script() {
            return "DROP " + (materialized ? "MATERIALIZED " : "") + "VIEW " + view + " CASCADE;";
        }
    }

    /**
     * Begins to follow a relation.
     *
     * @param target a name, or a query in parentheses
     */
    record Follow(String name, String target, boolean snapshot, boolean progress) implements Opening {
        @Override
        public String sql() {
            return "SUBSCRIBE TO " + target + " WITH (SNAPSHOT = " + (snapshot ? "TRUE" : "FALSE") + ", PROGRESS = "
                    + (progress ? "TRUE" : "FALSE") + ")";
        }

        @Override
        public String script() {
            return "-- " + name + ": " + sql() + ";";
        }
    }

    /**
     * Begins to take the rows of a continuous query.
     *
     * @param keys how many of its first columns tell one row from the others
     */
    record Listen(String name, String query, Emission emission, int keys) implements Opening {
        /** When rows come. */
        enum Emission {
            CHANGES("EMIT CHANGES"),
            EVERY_SECOND("EMIT EVERY 1s CHANGES"),
            /** Each window once, without an envelope. */
            CLOSED_WINDOWS("SINCE BEGINNING EMIT FINAL"),
            /** What is new of windows, without an envelope. */
            WINDOWS_EVERY_SECOND("SINCE BEGINNING EMIT EVERY 1s"),
            WINDOW_CHANGES("SINCE BEGINNING EMIT CHANGES"),
            WINDOW_CHANGES_EVERY_SECOND("SINCE BEGINNING EMIT EVERY 1s CHANGES");

            private final String sql;

            Emission(String sql) {
                this.sql = sql;
            }
        }

        @Override
        public String target() {
            return "(" + query + ")";
        }

        @Override
        public boolean progress() {
            return false;
        }

        @Override
        public String sql() {
            return query + " " + emission.sql;
        }

        @Override
        public String script() {
            return "-- " + name + ": " + sql() + ";";
        }
    }

    /** Stops to follow; what has been added up is kept. */
    record Pause(String name) implements Step {
        @Override
        public String script() {
            return "-- " + name + ": close";
        }
    }

    /** Goes on after the last position. */
    record Resume(String name) implements Step {
        @Override
        public String script() {
            return "-- " + name + ": SUBSCRIBE … SINCE AFTER POSITION <the last one>;";
        }
    }

    /** The server is ended, and another started on its directory. */
    record Restart() implements Step {
        @Override
        public String script() {
            return "-- restart";
        }
    }

    /**
     * A view.
     *
     * @param types of its columns, {@code c1} and so on
     */
    record ViewSpec(String name, boolean materialized, List<ValueType> types, ViewQuery query) {
        String columns() {
            StringBuilder columns = new StringBuilder("c1");
            for (int i = 2; i <= types.size(); i++) {
                columns.append(", c").append(i);
            }
            return columns.toString();
        }

        /** As typed queries see it; null when they cannot. */
        SampleTable sample() {
            if (types.contains(null)) {
                return null;
            }
            List<SampleTable.Column> sampleColumns = new ArrayList<>();
            for (ValueType type : types) {
                sampleColumns.add(new SampleTable.Column("c" + (sampleColumns.size() + 1), type, false));
            }
            return new SampleTable(name, false, sampleColumns, -1, List.of());
        }

        String create(boolean replace) {
            return "CREATE " + (replace ? "OR REPLACE " : "") + (materialized ? "MATERIALIZED " : "") + "VIEW " + name
                    + " (" + columns() + ") AS " + query.sql();
        }
    }
}
