package io.millrace.sqltests.oracle.query;

import static io.millrace.sqltests.oracle.query.ValueType.BOOLEAN;
import static io.millrace.sqltests.oracle.query.ValueType.VARCHAR;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** The operations that are true, false or unknown. */
final class Conditions {
    private Conditions() {}

    static List<Operation> all() {
        List<Operation> operations = new ArrayList<>(logic());
        for (ValueType left : ValueType.values()) {
            for (ValueType right : ValueType.values()) {
                if (left == right || (left.isNumeric() && right.isNumeric())) {
                    comparisons(operations, left, right);
                }
            }
            ofOneType(operations, left);
        }
        for (String pattern : List.of("a%", "%b", "_", "%t''s%")) {
            String regex = pattern.replace("''", "'").replace("%", ".*").replace("_", ".");
            operations.add(Operation.strict(
                    "(%s LIKE '" + pattern.replace("%", "%%") + "')",
                    BOOLEAN,
                    List.of(VARCHAR),
                    values -> values.get(0).toString().matches(regex)));
        }
        return operations;
    }

    private static List<Operation> logic() {
        List<ValueType> one = List.of(BOOLEAN);
        List<ValueType> two = List.of(BOOLEAN, BOOLEAN);
        return List.of(
                Operation.strict("(NOT %s)", BOOLEAN, one, values -> !(Boolean) values.get(0)),
                new Operation("(%s AND %s)", BOOLEAN, two, values -> and(values.get(0), values.get(1))),
                new Operation("(%s OR %s)", BOOLEAN, two, values -> or(values.get(0), values.get(1))),
                new Operation("(%s AND %s)", BOOLEAN, two, values -> and(values.get(0), values.get(1))),
                new Operation("(%s OR %s)", BOOLEAN, two, values -> or(values.get(0), values.get(1))),
                test("TRUE", true),
                test("FALSE", false),
                test("UNKNOWN", null),
                negated("TRUE", true),
                negated("FALSE", false),
                negated("UNKNOWN", null));
    }

    private static Operation test(String name, Boolean truth) {
        return new Operation(
                "(%s IS " + name + ")", BOOLEAN, List.of(BOOLEAN), values -> Objects.equals(values.get(0), truth));
    }

    private static Operation negated(String name, Boolean truth) {
        return new Operation(
                "(%s IS NOT " + name + ")", BOOLEAN, List.of(BOOLEAN), values -> !Objects.equals(values.get(0), truth));
    }

    static Boolean and(Object left, Object right) {
        if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
            return false;
        }
        return left == null || right == null ? null : Boolean.TRUE;
    }

    static Boolean or(Object left, Object right) {
        if (Boolean.TRUE.equals(left) || Boolean.TRUE.equals(right)) {
            return true;
        }
        return left == null || right == null ? null : Boolean.FALSE;
    }

    static Boolean not(Object value) {
        return value == null ? null : (Boolean) !((Boolean) value);
    }

    private static void comparisons(List<Operation> operations, ValueType left, ValueType right) {
        List<ValueType> types = List.of(left, right);
        for (Comparison comparison : Comparison.values()) {
            operations.add(new Operation(
                    "(%s " + comparison.sql() + " %s)",
                    BOOLEAN,
                    types,
                    values -> comparison.test(values.get(0), values.get(1))));
        }
        operations.add(new Operation("(%s IS DISTINCT FROM %s)", BOOLEAN, types, values -> !same(values)));
        operations.add(new Operation("(%s IS NOT DISTINCT FROM %s)", BOOLEAN, types, Conditions::same));
    }

    private static boolean same(List<Object> values) {
        Object left = values.get(0);
        Object right = values.get(1);
        return left == null || right == null ? left == right : ValueOrder.compare(left, right) == 0;
    }

    private static void ofOneType(List<Operation> operations, ValueType type) {
        operations.add(new Operation("(%s IS NULL)", BOOLEAN, List.of(type), values -> values.get(0) == null));
        operations.add(new Operation("(%s IS NOT NULL)", BOOLEAN, List.of(type), values -> values.get(0) != null));
        if (type == BOOLEAN) {
            return;
        }
        List<ValueType> three = List.of(type, type, type);
        Function<List<Object>, Object> in = values -> or(
                Comparison.EQUAL.test(values.get(0), values.get(1)),
                Comparison.EQUAL.test(values.get(0), values.get(2)));
        operations.add(new Operation("(%s IN (%s, %s))", BOOLEAN, three, in));
        operations.add(new Operation("(%s NOT IN (%s, %s))", BOOLEAN, three, values -> not(in.apply(values))));
        Function<List<Object>, Object> between = values -> and(
                Comparison.GREATER_OR_EQUAL.test(values.get(0), values.get(1)),
                Comparison.LESS_OR_EQUAL.test(values.get(0), values.get(2)));
        operations.add(new Operation("(%s BETWEEN %s AND %s)", BOOLEAN, three, between));
        operations.add(
                new Operation("(%s NOT BETWEEN %s AND %s)", BOOLEAN, three, values -> not(between.apply(values))));
    }

    /** The comparisons that are unknown when a side is NULL. */
    enum Comparison {
        EQUAL("=", sign -> sign == 0),
        NOT_EQUAL("<>", sign -> sign != 0),
        LESS("<", sign -> sign < 0),
        LESS_OR_EQUAL("<=", sign -> sign <= 0),
        GREATER(">", sign -> sign > 0),
        GREATER_OR_EQUAL(">=", sign -> sign >= 0);

        private final String sql;
        private final IntPredicate test;

        Comparison(String sql, IntPredicate test) {
            this.sql = sql;
            this.test = test;
        }

        String sql() {
            return sql;
        }

        Boolean test(Object left, Object right) {
            return left == null || right == null ? null : (Boolean) test.test(ValueOrder.compare(left, right));
        }
    }
}
