package io.millrace.planner;

import io.millrace.plan.WindowSpec;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * What every spelling of a window becomes before validation: (table, DESCRIPTOR(time, partition …), size, slide,
 * offset), the last three BIGINT literals in microseconds.
 */
final class WindowTableFunction extends SqlWindowTableFunction {
    static final WindowTableFunction TUMBLE = new WindowTableFunction("$TUMBLE_WINDOW", WindowSpec.Kind.TUMBLE);
    static final WindowTableFunction HOP = new WindowTableFunction("$HOP_WINDOW", WindowSpec.Kind.HOP);
    static final WindowTableFunction CUMULATE = new WindowTableFunction("$CUMULATE_WINDOW", WindowSpec.Kind.CUMULATE);
    /** Of the rows with equal values in the columns that stand after the time in DESCRIPTOR. */
    static final WindowTableFunction SESSION = new WindowTableFunction("$SESSION_WINDOW", WindowSpec.Kind.SESSION);
    /** Of the rows that the query around it puts in one group. */
    static final WindowTableFunction GROUPED_SESSION =
            new WindowTableFunction("$GROUPED_SESSION_WINDOW", WindowSpec.Kind.SESSION);

    static final List<WindowTableFunction> ALL = List.of(TUMBLE, HOP, CUMULATE, SESSION, GROUPED_SESSION);

    /** Those whose rows may be left out before they are assigned to windows; of grouped sessions they must be. */
    static final Set<SqlOperator> MOVABLE = Set.of(TUMBLE, HOP, CUMULATE, GROUPED_SESSION);

    static final String START = "window_start";
    static final String END = "window_end";
    static final String TIME = "window_time";
    static final List<String> COLUMNS = List.of(START, END, TIME);
    static final int PRECISION = 3;

    private final WindowSpec.Kind kind;

    private WindowTableFunction(String name, WindowSpec.Kind kind) {
        super(name, new Operands());
        this.kind = kind;
    }

    static WindowTableFunction of(WindowSpec.Kind kind, boolean isGrouped) {
        return switch (kind) {
            case TUMBLE -> TUMBLE;
            case HOP -> HOP;
            case CUMULATE -> CUMULATE;
            case SESSION -> isGrouped ? GROUPED_SESSION : SESSION;
        };
    }

    WindowSpec.Kind windowKind() {
        return kind;
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
        return WindowTableFunction::rowType;
    }

    private static RelDataType rowType(SqlOperatorBinding binding) {
        RelDataType input = binding.getOperandType(0);
        RelDataTypeFactory.Builder builder = binding.getTypeFactory().builder();
        builder.kind(input.getStructKind()).addAll(input.getFieldList());
        for (String column : COLUMNS) {
            builder.add(column, SqlTypeName.TIMESTAMP, PRECISION);
        }
        return builder.build();
    }

    /** The arguments come from us, so all of them are right. */
    private static final class Operands implements SqlOperandMetadata {
        private static final List<String> NAMES = List.of("DATA", "TIMECOL", "SIZE", "SLIDE", "OFFSET");

        @Override
        public List<RelDataType> paramTypes(RelDataTypeFactory factory) {
            return java.util.Collections.nCopies(NAMES.size(), factory.createSqlType(SqlTypeName.ANY));
        }

        @Override
        public List<String> paramNames() {
            return NAMES;
        }

        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            return true;
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.of(NAMES.size());
        }

        @Override
        public String getAllowedSignatures(SqlOperator operator, String name) {
            return name + "(TABLE name, DESCRIPTOR(column), ...)";
        }
    }
}
