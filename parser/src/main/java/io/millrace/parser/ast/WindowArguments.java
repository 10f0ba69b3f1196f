package io.millrace.parser.ast;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Collects what stands in the parentheses of {@code WINDOW HOP(…)}, by position or by name. */
public final class WindowArguments {
    private static final String OFFSET = "OFFSET";

    private final WindowFunction function;
    private final SqlIdentifier functionName;
    private final Map<String, SqlNode> durations = new HashMap<>();

    private int positional;
    private boolean named;
    private @Nullable SqlIdentifier timeColumn;

    public WindowArguments(SqlIdentifier functionName) {
        this.functionName = functionName;
        this.function = function(functionName);
    }

    /** Takes the next positional duration. */
    public void add(SqlNode duration) {
        if (named) {
            throw Positions.syntaxError(
                    "positional arguments come before named ones", hint(), duration.getParserPosition());
        }
        List<String> parameters = function.parameters();
        if (positional >= parameters.size()) {
            throw Positions.syntaxError("too many arguments for " + function, hint(), duration.getParserPosition());
        }
        put(parameters.get(positional++), duration, duration.getParserPosition());
    }

    /** Takes {@code name => duration}. */
    public void add(String name, SqlNode duration, SqlParserPos position) {
        named = true;
        String parameter = name.toUpperCase(Locale.ROOT);
        if (!parameter.equals(OFFSET) && !function.parameters().contains(parameter)) {
            throw Positions.syntaxError(function + " has no argument \"" + name + "\"", hint(), position);
        }
        put(parameter, duration, position);
    }

    /** Takes {@code ON column}. */
    public void timeColumn(SqlIdentifier column) {
        if (timeColumn != null) {
            throw Positions.syntaxError("ON is given twice", null, column.getParserPosition());
        }
        timeColumn = column;
    }

    /** Puts the windows over {@code table}; every argument but ON and OFFSET must be there. */
    public SqlWindowClause over(SqlNode table, SqlParserPos position) {
        for (String parameter : function.parameters()) {
            if (!durations.containsKey(parameter)) {
                throw Positions.syntaxError(
                        function + " needs its argument " + parameter, hint(), functionName.getParserPosition());
            }
        }
        return new SqlWindowClause(
                position,
                table,
                function,
                durations.get("SIZE"),
                durations.get("SLIDE"),
                durations.get("STEP"),
                durations.get("GAP"),
                timeColumn,
                durations.get(OFFSET));
    }

    private void put(String parameter, SqlNode duration, SqlParserPos position) {
        if (durations.putIfAbsent(parameter, duration) != null) {
            throw Positions.syntaxError(parameter + " is given twice", null, position);
        }
    }

    private String hint() {
        return "It is written WINDOW " + function.form() + ", such as WINDOW " + example();
    }

    private String example() {
        return switch (function) {
            case TUMBLE -> "TUMBLE(30s)";
            case HOP -> "HOP(30s, 10s): windows of 30s, one every 10s";
            case CUMULATE -> "CUMULATE(1h, 5m)";
            case SESSION -> "SESSION(30s)";
        };
    }

    private static WindowFunction function(SqlIdentifier name) {
        for (WindowFunction function : WindowFunction.values()) {
            if (function.name().equalsIgnoreCase(name.getSimple())) {
                return function;
            }
        }
        throw Positions.syntaxError(
                "unknown window \"" + name.getSimple() + "\"",
                "The windows are TUMBLE, HOP, CUMULATE and SESSION",
                name.getParserPosition());
    }
}
