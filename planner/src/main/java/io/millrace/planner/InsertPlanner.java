package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.Relation;
import io.millrace.catalog.StreamDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** INSERT … VALUES: each value on its own, so that long lists of rows cost no more than their length. */
final class InsertPlanner {
    private final CatalogSnapshot catalog;
    private final QueryPlanner expressions;
    private final TreeMap<Integer, DataType> parameters = new TreeMap<>();

    InsertPlanner(CatalogSnapshot catalog, CalciteSchema schema, String sql) {
        this.catalog = catalog;
        expressions = new QueryPlanner(catalog, schema, sql);
    }

    StatementPlan plan(SqlInsert insert) {
        if (insert.isUpsert()) {
            throw MillraceException.notSupported("UPSERT", Nodes.position(insert));
        }
        StreamDefinition stream = stream(insert.getTargetTable());
        SqlNode source = insert.getSource();
        if (source.getKind() != SqlKind.VALUES) {
            throw MillraceException.notSupported("INSERT … SELECT", Nodes.position(source));
        }
        List<Integer> targets = targets(insert.getTargetColumnList(), stream);
        List<List<Expression>> rows = new ArrayList<>();
        for (SqlNode row : ((SqlCall) source).getOperandList()) {
            rows.add(row((SqlCall) row, targets, stream));
        }
        Integer[] columns = new Integer[stream.columns().size()];
        Arrays.fill(columns, -1);
        for (int i = 0; i < targets.size(); i++) {
            columns[targets.get(i)] = i;
        }
        checkMissing(columns, stream, insert);
        return new StatementPlan.Insert(stream, Arrays.asList(columns), rows, List.copyOf(parameters.values()));
    }

    private StreamDefinition stream(SqlNode target) {
        Relation relation = Relations.find((SqlIdentifier) target, catalog);
        if (relation instanceof StreamDefinition stream) {
            return stream;
        }
        throw MillraceException.notSupported("INSERT into a " + relation.noun(), Nodes.position(target));
    }

    private static List<Integer> targets(@Nullable SqlNodeList names, StreamDefinition stream) {
        List<Integer> targets = new ArrayList<>();
        if (names == null) {
            for (int i = 0; i < stream.columns().size(); i++) {
                targets.add(i);
            }
            return targets;
        }
        for (SqlNode node : names) {
            int target = target((SqlIdentifier) node, stream);
            if (targets.contains(target)) {
                throw new MillraceException(
                        ErrorCode.INVALID_STATEMENT,
                        "column " + node + " is given twice",
                        null,
                        Nodes.position(node),
                        null);
            }
            targets.add(target);
        }
        return targets;
    }

    private static int target(SqlIdentifier identifier, StreamDefinition stream) {
        String name = Nodes.lastName(identifier);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < stream.columns().size(); i++) {
            if (stream.columnName(i).equalsIgnoreCase(name)) {
                return i;
            }
            names.add(stream.columnName(i));
        }
        if (name.equalsIgnoreCase(StreamDefinition.ROWTIME)) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "rowtime cannot be inserted",
                    "It is the time at which the stream takes the row.",
                    Nodes.position(identifier),
                    null);
        }
        String near = Names.nearest(name, names);
        throw new MillraceException(
                ErrorCode.UNDEFINED_COLUMN,
                "column \"" + name + "\" of stream \"" + stream.name() + "\" does not exist",
                near == null ? null : "Did you mean \"" + near + "\"?",
                Nodes.position(identifier),
                null);
    }

    private List<Expression> row(SqlCall row, List<Integer> targets, StreamDefinition stream) {
        List<SqlNode> values = row.getKind() == SqlKind.ROW ? row.getOperandList() : List.of(row);
        if (values.size() != targets.size()) {
            throw new MillraceException(
                    ErrorCode.SYNTAX_ERROR,
                    "the row has " + values.size() + " values, but " + targets.size() + " columns are to be filled",
                    "The columns are " + columnNames(targets, stream) + ".",
                    Nodes.position(row),
                    null);
        }
        List<Expression> expressions = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            expressions.add(value(values.get(i), stream.columns().get(targets.get(i))));
        }
        return expressions;
    }

    private static String columnNames(List<Integer> targets, StreamDefinition stream) {
        return String.join(", ", targets.stream().map(stream::columnName).toList());
    }

    private Expression value(SqlNode node, ColumnDefinition column) {
        DataType type = column.type();
        if (node.getKind() == SqlKind.DEFAULT) {
            return checked(new Constant(null, type.withNullable(true)), column, node);
        }
        if (node instanceof SqlDynamicParam parameter) {
            parameters.put(parameter.getIndex(), type.withNullable(true));
            return new Parameter(parameter.getIndex(), type.withNullable(true));
        }
        Expression value = LiteralNodes.constant(node);
        if (value == null) {
            value = expression(node);
        }
        return checked(assigned(value, column, node), column, node);
    }

    private Expression expression(SqlNode node) {
        Expression value = expressions.value(node);
        return value.accept(new Expressions(column -> column, parameter -> {
            parameters.put(parameter.index(), parameter.type().withNullable(true));
            return parameter;
        }));
    }

    /** The value as the column's type; a constant that does not fit is an error here and now. */
    private static Expression assigned(Expression value, ColumnDefinition column, SqlNode node) {
        DataType type = column.type();
        if (value instanceof Constant constant && constant.value() != null) {
            Object given = constant.value();
            if (!isAssignable(constant.type(), type)) {
                throw mismatch(constant.type(), column, node);
            }
            if (needsExecutor(constant.type(), type)) {
                return Coercions.explicitCast(value, type);
            }
            try {
                return new Constant(ConstantCasts.convert(given, constant.type(), type), type.notNull());
            } catch (MillraceException e) {
                throw new MillraceException(
                        e.code(),
                        "column \"" + column.name() + "\": " + e.primary(),
                        e.hint(),
                        Nodes.position(node),
                        e);
            }
        }
        if (!isAssignable(value.type(), type)) {
            throw mismatch(value.type(), column, node);
        }
        return Coercions.explicitCast(value, type);
    }

    private static boolean needsExecutor(DataType from, DataType to) {
        return to.isCharacter() && !from.isCharacter() && !from.isInteger();
    }

    /** Strings may become anything, numbers numbers, times times; anything may become a string. */
    private static boolean isAssignable(DataType from, DataType to) {
        if (from.kind() == to.kind() || from.kind() == DataType.Kind.NULL) {
            return true;
        }
        if (from.isCharacter()) {
            return to.kind() != DataType.Kind.VARBINARY;
        }
        if (to.isCharacter()) {
            return from.kind() != DataType.Kind.VARBINARY;
        }
        boolean dates = (from.isTimestamp() || from.kind() == DataType.Kind.DATE)
                && (to.isTimestamp() || to.kind() == DataType.Kind.DATE);
        return (from.isNumeric() && to.isNumeric()) || dates;
    }

    private static MillraceException mismatch(DataType from, ColumnDefinition column, SqlNode node) {
        return new MillraceException(
                ErrorCode.TYPE_MISMATCH,
                "column \"" + column.name() + "\" is of type " + column.type() + ", but the value is of type " + from,
                "Cast the value.",
                Nodes.position(node),
                null);
    }

    private static Expression checked(Expression value, ColumnDefinition column, SqlNode node) {
        if (value instanceof Constant constant
                && constant.value() == null
                && !column.type().nullable()) {
            throw notNull(column.name()).at(Nodes.position(node));
        }
        return value;
    }

    private static void checkMissing(Integer[] columns, StreamDefinition stream, SqlInsert insert) {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] < 0 && !stream.columnType(i).nullable()) {
                throw notNull(stream.columnName(i)).withHint("Give it a value.").at(Nodes.position(insert));
            }
        }
    }

    private static MillraceException notNull(String column) {
        return new MillraceException(ErrorCode.NULL_NOT_ALLOWED, "column \"" + column + "\" must not be NULL");
    }
}
