package io.millrace.sqltests.oracle.query;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** The aggregates, over the values of a group that are not NULL. */
public enum AggregateFunction {
    COUNT {
        @Override
        Object of(List<Object> values, ValueType type) {
            return (long) values.size();
        }
    },
    SUM {
        @Override
        Object of(List<Object> values, ValueType type) {
            return values.isEmpty() ? null : Operations.number(sum(values), type);
        }
    },
    AVG {
        @Override
        Object of(List<Object> values, ValueType type) {
            if (values.isEmpty()) {
                return null;
            }
            return type == ValueType.DOUBLE
                    ? (Object) (sum(values).doubleValue() / values.size())
                    : sum(values).divide(BigDecimal.valueOf(values.size()), AVERAGE_SCALE, RoundingMode.HALF_UP);
        }
    },
    MIN {
        @Override
        Object of(List<Object> values, ValueType type) {
            return values.stream().min(ValueOrder::compare).orElse(null);
        }
    },
    MAX {
        @Override
        Object of(List<Object> values, ValueType type) {
            return values.stream().max(ValueOrder::compare).orElse(null);
        }
    },
    EVERY {
        @Override
        Object of(List<Object> values, ValueType type) {
            return values.isEmpty() ? null : (Object) !values.contains(false);
        }
    },
    SOME {
        @Override
        Object of(List<Object> values, ValueType type) {
            return values.isEmpty() ? null : (Object) values.contains(true);
        }
    };

    private static final int AVERAGE_SCALE = 6;

    abstract Object of(List<Object> values, ValueType type);

    private static BigDecimal sum(List<Object> values) {
        return values.stream().map(value -> ValueOrder.exact((Number) value)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
