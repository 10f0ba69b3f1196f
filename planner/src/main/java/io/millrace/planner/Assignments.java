package io.millrace.planner;

import io.millrace.catalog.ColumnDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.FilterProject;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.RowType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Which values columns take, and as what. */
final class Assignments {
    private Assignments() {}

    /** The value as the column's type; a constant that does not fit is an error here and now. */
    static Expression assigned(Expression value, ColumnDefinition column, SqlNode node) {
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
        return to.isArray() || (to.isCharacter() && !from.isCharacter() && !from.isInteger());
    }

    /**
     * The query, whose column can be assigned; if that is a constant, it is converted as the constants of VALUES are, and
     * refused if it does not fit.
     */
    static StatementPlan.Query assign(StatementPlan.Query source, int index, ColumnDefinition column, SqlNode node) {
        DataType type = source.root().rowType().type(index);
        if (!isAssignable(type, column.type())) {
            throw mismatch(type, column, node);
        }
        if (source.root() instanceof FilterProject project
                && project.projections().get(index) instanceof Constant constant) {
            Expression value = checked(assigned(constant, column, node), column, node);
            return value instanceof Constant ? with(source, project, index, value) : source;
        }
        return source;
    }

    private static StatementPlan.Query with(
            StatementPlan.Query source, FilterProject project, int index, Expression value) {
        List<Expression> projections = new ArrayList<>(project.projections());
        projections.set(index, value);
        List<Field> fields = new ArrayList<>(project.rowType().fields());
        fields.set(index, new Field(fields.get(index).name(), value.type()));
        List<OutputColumn> output = new ArrayList<>(source.output());
        output.set(index, new OutputColumn(output.get(index).label(), value.type()));
        return new StatementPlan.Query(
                new FilterProject(project.input(), project.condition(), projections, new RowType(fields)),
                output,
                source.continuous(),
                source.start(),
                source.parameters());
    }

    /** A question mark that stands alone takes the type of the column that it is assigned to. */
    static SqlNode typed(SqlNode value, ColumnDefinition column) {
        if (value.getKind() != SqlKind.DYNAMIC_PARAM) {
            return value;
        }
        DataType type = column.type().isCharacter() ? DataType.varchar() : column.type();
        SqlNode spec = SqlTypeUtil.convertTypeToSpec(new SqlTypes().fromDataType(type));
        return SqlStdOperatorTable.CAST.createCall(value.getParserPosition(), value, spec);
    }

    /** Strings may become anything, numbers numbers, times times; anything may become a string. */
    static boolean isAssignable(DataType from, DataType to) {
        if (from.kind() == DataType.Kind.NULL) {
            return true;
        }
        if (from.isArray() || to.isArray()) {
            return from.isArray() && to.isArray() && isAssignable(from.elementType(), to.elementType());
        }
        if (from.kind() == to.kind()) {
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

    static MillraceException mismatch(DataType from, ColumnDefinition column, SqlNode node) {
        return new MillraceException(
                ErrorCode.TYPE_MISMATCH,
                "column \"" + column.name() + "\" is of type " + column.type() + ", but the value is of type " + from,
                "Cast the value.",
                Nodes.position(node),
                null);
    }

    /** Refuses a NULL that is written where none may be. */
    static Expression checked(Expression value, ColumnDefinition column, SqlNode node) {
        if (value instanceof Constant constant
                && constant.value() == null
                && !column.type().nullable()) {
            throw notNull(column.name()).at(Nodes.position(node));
        }
        return value;
    }

    static MillraceException notNull(String column) {
        return new MillraceException(ErrorCode.NULL_NOT_ALLOWED, "column \"" + column + "\" must not be NULL");
    }
}
