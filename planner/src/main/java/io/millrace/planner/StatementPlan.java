package io.millrace.planner;

import io.millrace.catalog.Relation;
import io.millrace.catalog.StoredRelation;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.TableDefinition;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StartPosition;
import java.util.List;

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

    /** CREATE STREAM [IF NOT EXISTS]; {@code definition.id()} is 0 until the catalog gives one. */
    record CreateStream(StreamDefinition definition, boolean ifNotExists) implements StatementPlan {}

    /** DROP STREAM [IF EXISTS]. */
    record DropStream(String name, boolean ifExists) implements StatementPlan {}

    /** CREATE TABLE [IF NOT EXISTS]; {@code definition.id()} is 0 until the catalog gives one. */
    record CreateTable(TableDefinition definition, boolean ifNotExists) implements StatementPlan {}

    /** DROP TABLE [IF EXISTS]. */
    record DropTable(String name, boolean ifExists) implements StatementPlan {}

    /** SHOW …. */
    record Show(Subject subject) implements StatementPlan {
        /** What can be shown. */
        public enum Subject {
            STREAMS,
            TABLES,
            QUERIES
        }
    }

    /** DESCRIBE name. */
    record Describe(Relation relation) implements StatementPlan {}

    /** EXPLAIN query: the text to show. */
    record Explain(String text, List<DataType> parameters) implements StatementPlan {
        public Explain {
            parameters = List.copyOf(parameters);
        }
    }

    /** KILL QUERY id. */
    record KillQuery(long id) implements StatementPlan {}

    /** FLUSH. */
    record Flush() implements StatementPlan {}
}
