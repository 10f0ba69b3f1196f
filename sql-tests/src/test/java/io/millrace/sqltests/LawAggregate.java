package io.millrace.sqltests;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;

/** An aggregate of a {@link LawQuery}: its text, and its value over the rows of a group. */
record LawAggregate(String sql, Function<List<LawModel.Values>, Object> of, boolean isFiltered) {
    private static final List<LawAggregate> ALL = List.of(
            new LawAggregate("COUNT(*)", rows -> (long) rows.size(), false),
            new LawAggregate(
                    "COUNT(v)", rows -> (long) values(rows, LawModel.Values::v).size(), false),
            new LawAggregate(
                    "COUNT(s)", rows -> (long) values(rows, LawModel.Values::s).size(), false),
            new LawAggregate("SUM(v)", rows -> sum(values(rows, LawModel.Values::v), Long::sum), false),
            new LawAggregate("SUM(d)", rows -> sum(values(rows, LawModel.Values::d), Double::sum), false),
            new LawAggregate("SUM(m)", rows -> sum(values(rows, LawModel.Values::m), BigDecimal::add), false),
            new LawAggregate("AVG(v)", rows -> average(values(rows, LawModel.Values::v)), false),
            new LawAggregate("AVG(d)", rows -> average(values(rows, LawModel.Values::d)), false),
            new LawAggregate("MIN(v)", rows -> sum(values(rows, LawModel.Values::v), Math::min), false),
            new LawAggregate("MAX(d)", rows -> sum(values(rows, LawModel.Values::d), Math::max), false),
            new LawAggregate("MIN(m)", rows -> sum(values(rows, LawModel.Values::m), BigDecimal::min), false),
            new LawAggregate("MAX(m)", rows -> sum(values(rows, LawModel.Values::m), BigDecimal::max), false),
            new LawAggregate(
                    "COUNT(DISTINCT v)",
                    rows -> values(rows, LawModel.Values::v).stream().distinct().count(),
                    false),
            new LawAggregate(
                    "SUM(DISTINCT m)",
                    rows -> sum(
                            values(rows, LawModel.Values::m).stream().distinct().toList(), BigDecimal::add),
                    false),
            new LawAggregate(
                    "COUNT(DISTINCT s)",
                    rows -> values(rows, LawModel.Values::s).stream().distinct().count(),
                    false),
            new LawAggregate("MIN(s)", rows -> extreme(rows, -1), false),
            new LawAggregate("MAX(s)", rows -> extreme(rows, 1), false));

    static LawAggregate random(Random random) {
        LawAggregate one = ALL.get(random.nextInt(ALL.size()));
        return random.nextInt(4) == 0 ? new LawAggregate(one.sql + " FILTER (WHERE b > 1)", one.of, true) : one;
    }

    String value(List<LawModel.Values> rows) {
        List<LawModel.Values> counted = !isFiltered
                ? rows
                : rows.stream().filter(row -> row.b() != null && row.b() > 1).toList();
        Object value = of.apply(counted);
        return value == null
                ? "NULL"
                : value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    private static <T> List<T> values(List<LawModel.Values> rows, Function<LawModel.Values, T> column) {
        return rows.stream().map(column).filter(Objects::nonNull).toList();
    }

    private static <T> T sum(List<T> values, java.util.function.BinaryOperator<T> add) {
        return values.stream().reduce(add).orElse(null);
    }

    /** The values are chosen so that every sum is exact. */
    private static Double average(List<? extends Number> values) {
        return values.isEmpty()
                ? null
                : values.stream().mapToDouble(Number::doubleValue).sum() / values.size();
    }

    private static String extreme(List<LawModel.Values> rows, int sign) {
        return values(rows, LawModel.Values::s).stream()
                .max((left, right) -> sign * LawQuery.compareBytes(left, right))
                .orElse(null);
    }
}
