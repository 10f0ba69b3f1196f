package io.millrace.planner;

import io.millrace.catalog.Relation;
import io.millrace.catalog.SinkDefinition;
import io.millrace.catalog.StoredRelation;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.TableDefinition;
import io.millrace.catalog.ViewDefinition;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.StartPosition;
import io.millrace.plan.SubscriptionSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a statement asks for, planned. */
public sealed interface StatementPlan {
    /** The types of the statement's question marks, in order. */
    default List<DataType> parameters() {
        return List.of();
    }

    /**
     * A SELECT.
     *
     * @param continuous never ends by itself; windows are emitted when they close
     */
    record Query(
            PlanNode root,
            List<OutputColumn> output,
            boolean continuous,
            StartPosition start,
            List<DataType> parameters)
            implements StatementPlan {
        public Query {
            output = List.copyOf(output);
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * INSERT INTO … VALUES.
     *
     * @param target the stream or table
     * @param columns for each column of the target, in order, the position of its expression in a row of {@code rows},
     *     or -1 when it is not given (NULL)
     * @param rows expressions of constants and parameters, cast to the type of their column
     */
    record Insert(StoredRelation target, List<Integer> columns, List<List<Expression>> rows, List<DataType> parameters)
            implements StatementPlan {
        public Insert {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * SUBSCRIBE, and SELECT … EMIT CHANGES.
     *
     * @param source the query without parameters' values
     * @param query the same, as what changes
     * @param viewId of the materialized view that the query is all of; -1 when it is something else
     * @param limit rows after which it ends; 0: never
     */
    record Subscribe(Query source, StandingQuery query, SubscriptionSpec spec, long viewId, long limit)
            implements StatementPlan {
        @Override
        public List<DataType> parameters() {
            return source.parameters();
        }
    }

    /** Of a column that a statement does not set: it gets its default value. */
    int DEFAULT = -1;

    /** Of a column that an UPDATE does not set: it stays as it is. */
    int KEPT = -2;

    /**
     * INSERT INTO … SELECT.
     *
     * @param target the stream or table
     * @param columns for each column of the target, in order, the column of the source that it gets, or {@link #DEFAULT}
     * @param source bounded; its columns can be assigned to those of the target
     */
    record InsertQuery(StoredRelation target, List<Integer> columns, Query source) implements StatementPlan {
        public InsertQuery {
            columns = List.copyOf(columns);
        }

        @Override
        public List<DataType> parameters() {
            return source.parameters();
        }
    }

    /**
     * UPDATE.
     *
     * @param columns for each column of the table, in order, the column of the source that it gets, {@link #DEFAULT} or
     *     {@link #KEPT}
     * @param source gives the numbers of the rows first (see {@code TableScan}), then new values
     */
    record Update(TableDefinition table, List<Integer> columns, Query source) implements StatementPlan {
        public Update {
            columns = List.copyOf(columns);
        }

        @Override
        public List<DataType> parameters() {
            return source.parameters();
        }
    }

    /**
     * DELETE.
     *
     * @param source gives the numbers of the rows
     */
    record Delete(TableDefinition table, Query source) implements StatementPlan {
        @Override
        public List<DataType> parameters() {
            return source.parameters();
        }
    }

    /**
     * CREATE [OR REPLACE] [MATERIALIZED] VIEW [IF NOT EXISTS]; {@code definition.id()} is 0 until the catalog gives one.
     *
     * @param warnings what of it will grow for ever
     */
    record CreateView(ViewDefinition definition, boolean replace, boolean ifNotExists, List<String> warnings)
            implements StatementPlan {
        public CreateView {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * CREATE SINK [IF NOT EXISTS]; {@code definition.id()} is 0 until the catalog gives one.
     *
     * @param warnings what of its query will grow for ever
     */
    record CreateSink(SinkDefinition definition, boolean ifNotExists, List<String> warnings) implements StatementPlan {
        public CreateSink {
            warnings = List.copyOf(warnings);
        }
    }

    /** CREATE STREAM [IF NOT EXISTS]; {@code definition.id()} is 0 until the catalog gives one. */
    record CreateStream(StreamDefinition definition, boolean ifNotExists) implements StatementPlan {}

    /**
     * ALTER STREAM.
     *
     * @param set options that get another value, keys in lower case
     * @param reset keys of options that are taken away
     */
    record AlterStream(String name, Map<String, String> set, Set<String> reset) implements StatementPlan {
        public AlterStream {
            set = Map.copyOf(set);
            reset = Set.copyOf(reset);
        }
    }

    /**
     * DROP STREAM, TABLE, [MATERIALIZED] VIEW or SINK.
     *
     * @param cascade whether the views and sinks that read it go too
     */
    record Drop(Kind kind, String name, boolean ifExists, boolean cascade) implements StatementPlan {
        /** What can be dropped. */
        public enum Kind {
            STREAM,
            TABLE,
            VIEW,
            MATERIALIZED_VIEW,
            SINK;

            /** Whether a relation is of this kind; a view that is out of use is of both kinds. */
            public boolean isOf(Relation relation) {
                return switch (this) {
                    case STREAM -> relation instanceof StreamDefinition;
                    case TABLE -> relation instanceof TableDefinition;
                    case SINK -> false;
                    case VIEW -> relation instanceof ViewDefinition view && !view.isMaterialized();
                    case MATERIALIZED_VIEW ->
                        relation instanceof ViewDefinition view && (view.isMaterialized() || view.failure() != null);
                };
            }

            /** As it stands in a sentence. */
            public String noun() {
                return name().toLowerCase(Locale.ROOT).replace('_', ' ');
            }
        }
    }

    /** CREATE TABLE [IF NOT EXISTS]; {@code definition.id()} is 0 until the catalog gives one. */
    record CreateTable(TableDefinition definition, boolean ifNotExists) implements StatementPlan {}

    /** SHOW …. */
    record Show(Subject subject) implements StatementPlan {
        /** What can be shown. */
        public enum Subject {
            STREAMS,
            TABLES,
            VIEWS,
            SINKS,
            QUERIES,
            WATERMARKS
        }
    }

    /** DESCRIBE name. */
    record Describe(Relation relation) implements StatementPlan {}

    /**
     * EXPLAIN query: the text to show.
     *
     * @param analyzedView the number of the materialized view of which is shown what it has done; -1: none
     */
    record Explain(String text, List<DataType> parameters, long analyzedView) implements StatementPlan {
        public Explain {
            parameters = List.copyOf(parameters);
        }
    }

    /** KILL QUERY id. */
    record KillQuery(long id) implements StatementPlan {}

    /**
     * FLUSH.
     *
     * @param sinks whether sinks write what they hold, too
     */
    record Flush(boolean sinks) implements StatementPlan {}
}
