package io.millrace.sqltests.oracle.view;

import io.millrace.sqltests.oracle.query.ValueType;
import java.util.List;
import java.util.stream.Collectors;

/** Something that is done to a database. */
sealed interface Step {
    /** As one would type it. */
    String script();

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
    record Follow(String name, String target, boolean snapshot, boolean progress) implements Step {
        String sql() {
            return "SUBSCRIBE TO " + target + " WITH (SNAPSHOT = " + (snapshot ? "TRUE" : "FALSE") + ", PROGRESS = "
                    + (progress ? "TRUE" : "FALSE") + ")";
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

        String create(boolean replace) {
            return "CREATE " + (replace ? "OR REPLACE " : "") + (materialized ? "MATERIALIZED " : "") + "VIEW " + name
                    + " (" + columns() + ") AS " + query.sql();
        }
    }
}
