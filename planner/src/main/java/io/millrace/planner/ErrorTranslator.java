package io.millrace.planner;

import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.Relation;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.SystemTable;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.error.SourcePosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.jspecify.annotations.Nullable;

/** Calcite's failures with our codes and words. */
final class ErrorTranslator {
    /** A message of Calcite's; {@code text} may take its groups as $1, $2. */
    private record Rule(
            Pattern pattern,
            ErrorCode code,
            String text,
            @Nullable String hint) {
        Rule(String pattern, ErrorCode code, String text) {
            this(Pattern.compile(pattern, Pattern.DOTALL), code, text, null);
        }

        Rule(String pattern, ErrorCode code, String text, String hint) {
            this(Pattern.compile(pattern, Pattern.DOTALL), code, text, hint);
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "Column '(.*?)' not found in any table.*",
                    ErrorCode.UNDEFINED_COLUMN,
                    "column \"$1\" does not exist"),
            new Rule(
                    "Column '(.*?)' not found in table '(.*?)'.*",
                    ErrorCode.UNDEFINED_COLUMN,
                    "column \"$1\" of \"$2\" does not exist"),
            new Rule(
                    "Unknown (?:identifier|field) '(.*?)'.*",
                    ErrorCode.UNDEFINED_COLUMN,
                    "column \"$1\" does not exist"),
            new Rule(
                    "Column '(.*?)' is ambiguous.*",
                    ErrorCode.INVALID_STATEMENT,
                    "column \"$1\" is ambiguous",
                    "Write the table before it."),
            new Rule(
                    "(?:Object|Table) '(.*?)' not found.*",
                    ErrorCode.UNDEFINED_OBJECT,
                    "there is no \"$1\" in FROM",
                    "A table with an alias is called by it."),
            new Rule(
                    "No match found for function signature (\\w+)\\((.*)\\)",
                    ErrorCode.UNDEFINED_FUNCTION,
                    "function \"$1\" does not exist for the arguments ($2)",
                    "Check its name and the types of its arguments."),
            new Rule(
                    "Invalid number of arguments to function '(.*?)'. Was expecting (\\d+) arguments.*",
                    ErrorCode.UNDEFINED_FUNCTION,
                    "function \"$1\" takes $2 arguments"),
            new Rule(
                    "Cannot apply '(.*?)' to arguments of type '(.*?)'\\. *(?:Supported form\\(s\\): (.*))?",
                    ErrorCode.TYPE_MISMATCH,
                    "\"$1\" cannot be applied to $2",
                    "Cast the operands to types that agree."),
            new Rule(
                    "Expression '(.*?)' is not being grouped",
                    ErrorCode.INVALID_STATEMENT,
                    "\"$1\" must be in GROUP BY or inside an aggregate",
                    "Add it to GROUP BY, or aggregate it."),
            new Rule(
                    "Cast function cannot convert value of type (.*) to type (.*)",
                    ErrorCode.TYPE_MISMATCH,
                    "cannot cast type $1 to type $2"),
            new Rule(
                    "Aggregate expression is illegal in (.*) clause",
                    ErrorCode.INVALID_STATEMENT,
                    "an aggregate cannot stand in $1",
                    "Write the condition in HAVING."),
            new Rule(
                    "Aggregate expressions cannot be nested",
                    ErrorCode.INVALID_STATEMENT,
                    "aggregates cannot be nested"),
            new Rule(
                    "Ordinal out of range",
                    ErrorCode.INVALID_STATEMENT,
                    "the number in ORDER BY or GROUP BY is not a position in the select list"),
            new Rule(
                    "WHERE clause must be a condition",
                    ErrorCode.TYPE_MISMATCH,
                    "the condition of WHERE must be BOOLEAN"),
            new Rule("Expected a boolean type", ErrorCode.TYPE_MISMATCH, "the condition of CASE must be BOOLEAN"),
            new Rule("(.*) clause must be a condition", ErrorCode.TYPE_MISMATCH, "the condition of $1 must be BOOLEAN"),
            new Rule(
                    "(Values passed to IN operator must have compatible types|Illegal mixing of types in .*"
                            + "|.*ncompatible types.*|Values in expression list must have compatible types"
                            + "|Cannot infer return type for .*|.*must be comparable.*)",
                    ErrorCode.TYPE_MISMATCH,
                    "$1",
                    "Cast the values to one type."),
            new Rule(
                    "Illegal (DATE|TIME|TIMESTAMP)( WITH LOCAL TIME ZONE)? literal '?(.*?)'?: not in format '(.*)'",
                    ErrorCode.INVALID_DATETIME,
                    "invalid $1 literal: \"$3\"",
                    "Write a time that exists, in the form $4."),
            new Rule(
                    "Numeric literal '(.*)' out of range",
                    ErrorCode.NUMERIC_OUT_OF_RANGE,
                    "the number $1 is out of range",
                    "A DECIMAL has 38 digits at most."),
            new Rule("Unknown datatype name '(.*?)'.*", ErrorCode.INVALID_STATEMENT, "type \"$1\" does not exist"));

    private ErrorTranslator() {}

    /** Never fails; what it does not know becomes an internal error. */
    static MillraceException translate(RuntimeException failure, Collection<Relation> relations) {
        SourcePosition position = null;
        Throwable reason = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MillraceException known) {
                return known.position() == null ? known.at(position) : known;
            }
            if (cause instanceof CalciteContextException context && context.getPosLine() > 0) {
                position = new SourcePosition(context.getPosLine(), context.getPosColumn());
            }
            if (cause instanceof CalciteException
                    || cause instanceof org.apache.calcite.sql.validate.SqlValidatorException) {
                reason = cause;
            }
        }
        if (reason instanceof CalciteContextException context && context.getCause() == null && position == null) {
            return internal(failure);
        }
        if (!(reason instanceof CalciteException)
                && !(reason instanceof org.apache.calcite.sql.validate.SqlValidatorException)) {
            return internal(failure);
        }
        return known(
                String.valueOf(reason.getMessage()).replace("$DATE_TRUNC", "DATE_TRUNC"), position, failure, relations);
    }

    private static MillraceException known(
            String message,
            @Nullable SourcePosition position,
            RuntimeException failure,
            Collection<Relation> relations) {
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern().matcher(message);
            if (matcher.matches()) {
                String text = matcher.replaceFirst(rule.text().replace("\"", "\\\""));
                String hint = rule.hint() == null ? null : matcher.replaceFirst(rule.hint());
                if (rule.code() == ErrorCode.UNDEFINED_COLUMN) {
                    hint = columnHint(matcher.group(1), relations);
                }
                return new MillraceException(rule.code(), text, hint, position, failure);
            }
        }
        String text = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
        boolean sentence = text.length() > 1 && Character.isLowerCase(text.charAt(1));
        String primary = sentence ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
        return new MillraceException(ErrorCode.INVALID_STATEMENT, primary, null, position, failure);
    }

    private static @Nullable String columnHint(String typed, Collection<Relation> relations) {
        List<String> names = new ArrayList<>(WindowTableFunction.COLUMNS);
        names.add(StreamDefinition.ROWTIME);
        for (Relation relation : relations) {
            relation.columns().stream().map(ColumnDefinition::name).forEach(names::add);
        }
        String near = Names.nearest(typed, names);
        if (near != null && !near.equalsIgnoreCase(typed)) {
            return "Did you mean \"" + near + "\"?";
        }
        if (relations.size() != 1) {
            return null;
        }
        Relation only = relations.iterator().next();
        String schema = only instanceof SystemTable ? SystemTable.SCHEMA + "." : "";
        return "DESCRIBE " + schema + only.name() + " lists the columns.";
    }

    static MillraceException internal(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String first = message.lines().findFirst().orElse("");
        return new MillraceException(ErrorCode.INTERNAL_ERROR, "internal error: the planner failed: " + first, failure);
    }
}
