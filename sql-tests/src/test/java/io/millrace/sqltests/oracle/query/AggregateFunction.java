package io.millrace.sqltests.oracle.query;

import java.math.BigDecimal;
import java.math.MathContext;
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
    VAR_POP {
        @Override
        Object of(List<Object> values, ValueType type) {
            return values.isEmpty() ? null : rounded(variance(values, 0), type);
        }
    },
    VAR_SAMP {
        @Override
        Object of(List<Object> values, ValueType type) {
            return values.size() < 2 ? null : rounded(variance(values, 1), type);
        }
    },
    STDDEV_POP {
        @Override
        Object of(List<Object> values, ValueType type) {
            return values.isEmpty() ? null : rounded(variance(values, 0).sqrt(DIGITS), type);
        }
    },
    STDDEV_SAMP {
        @Override
        Object of(List<Object> values, ValueType type) {
            return values.size() < 2 ? null : rounded(variance(values, 1).sqrt(DIGITS), type);
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
    private static final MathContext DIGITS = new MathContext(60);

    abstract Object of(List<Object> values, ValueType type);

    /** Of all values or, if one fewer counts, of a sample. */
    private static BigDecimal variance(List<Object> values, int fewer) {
        BigDecimal count = BigDecimal.valueOf(values.size());
        BigDecimal squares = values.stream()
                .map(value -> ValueOrder.exact((Number) value).pow(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return count.multiply(squares)
                .subtract(sum(values).pow(2))
                .divide(count.multiply(BigDecimal.valueOf(values.size() - fewer)), DIGITS);
    }

    private static Object rounded(BigDecimal number, ValueType type) {
        return type == ValueType.DOUBLE
                ? (Object) number.doubleValue()
                : number.setScale(AVERAGE_SCALE, RoundingMode.HALF_UP);
    }

    private static BigDecimal sum(List<Object> values) {
        return values.stream().map(value -> ValueOrder.exact((Number) value)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
