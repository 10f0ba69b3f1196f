package io.millrace.sqltests.oracle.query;

import java.util.List;
import java.util.function.Function;

/**
 * A scalar function or operator for given types.
 *
 * @param template SQL, with {@code %s} for each argument
 * @param definition the value for arguments, of which any may be null
 */
public record Operation(
        String template, ValueType result, List<ValueType> arguments, Function<List<Object>, Object> definition) {
    /** One that is NULL when an argument is. */
    static Operation strict(
            String template, ValueType result, List<ValueType> arguments, Function<List<Object>, Object> definition) {
        return new Operation(
                template, result, arguments, values -> values.contains(null) ? null : definition.apply(values));
    }

    @Override
    public String toString() {
        return template + ": " + result;
    }
}
