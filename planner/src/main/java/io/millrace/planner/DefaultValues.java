package io.millrace.planner;

import io.millrace.catalog.TableDefinition;
import io.millrace.plan.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The default values of columns, for people to read. */
public final class DefaultValues {
    private DefaultValues() {}

    /** SQL for the default value of a column; null when it has none. */
    public static @Nullable String text(TableDefinition table, int column) {
        Expression value = table.defaults().get(column);
        return value == null ? null : ExpressionPrinter.print(value, List.of());
    }
}
