package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.Relation;
import io.millrace.catalog.Retention;
import io.millrace.catalog.StreamDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.StatementParser;
import io.millrace.parser.ast.SqlAlterStream;
import io.millrace.parser.ast.SqlCreateStream;
import io.millrace.parser.ast.SqlOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** ALTER STREAM: which options can be changed, and the statement that would have created the stream as it is then. */
public final class AlteredStream {
    private static final Set<String> CHANGEABLE = Set.of(Retention.TIME, Retention.SIZE);

    private AlteredStream() {}

    static StatementPlan plan(SqlAlterStream alter, CatalogSnapshot catalog) {
        Relation relation = Relations.find(alter.name(), catalog);
        if (!(relation instanceof StreamDefinition)) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_OBJECT,
                    "\"" + relation.name() + "\" is a " + relation.noun() + ", not a stream",
                    null,
                    Nodes.position(alter.name()),
                    null);
        }
        alter.set().forEach(option -> check(option.key(), option));
        Set<String> reset = new LinkedHashSet<>();
        for (SqlLiteral key : alter.reset()) {
            String text = key.getValueAs(String.class);
            check(text, key);
            reset.add(text.toLowerCase(Locale.ROOT));
        }
        return new StatementPlan.AlterStream(relation.name(), Definitions.options(alter.set()), reset);
    }

    private static void check(String key, SqlNode place) {
        if (!CHANGEABLE.contains(key.toLowerCase(Locale.ROOT))) {
            throw new MillraceException(
                    ErrorCode.INVALID_PARAMETER,
                    "option \"" + key + "\" of a stream cannot be changed",
                    "Those that can be changed are " + Retention.TIME + " and " + Retention.SIZE + ".",
                    Nodes.position(place),
                    null);
        }
    }

    /** The stream with other options. A stream that had a retention says so, even if it keeps everything from now on. */
    public static StreamDefinition of(StreamDefinition stream, Map<String, String> set, Set<String> reset) {
        Map<String, String> options = new HashMap<>(stream.options());
        boolean hadRetention = CHANGEABLE.stream().anyMatch(options::containsKey);
        options.keySet().removeAll(reset);
        options.putAll(set);
        if (hadRetention && CHANGEABLE.stream().noneMatch(options::containsKey)) {
            options.put(Retention.TIME, Retention.FOREVER_TEXT);
        }
        return new StreamDefinition(
                stream.id(), stream.name(), stream.columns(), stream.watermark(), options, text(stream.sql(), options));
    }

    /** The statement with other options; what was written of those that stay is written as it was. */
    private static String text(String sql, Map<String, String> options) {
        SqlCreateStream create = (SqlCreateStream) StatementParser.parse(sql).node();
        SourceText source = new SourceText(sql);
        Map<String, String> written = new LinkedHashMap<>();
        for (SqlOption option : create.options()) {
            String key = option.key().toLowerCase(Locale.ROOT);
            String value = options.get(key);
            if (value != null) {
                written.put(
                        key,
                        value.equals(option.value()) ? source.exactly(option.getParserPosition()) : option(key, value));
            }
        }
        CHANGEABLE.stream().sorted().forEach(key -> {
            String value = options.get(key);
            if (value != null) {
                written.putIfAbsent(key, option(key, value));
            }
        });
        String begin = source.upTo(create.elementsPosition());
        if (written.isEmpty()) {
            return begin;
        }
        StringJoiner with = new StringJoiner(", ", " WITH (", ")");
        written.values().forEach(with::add);
        return begin + with;
    }

    private static String option(String key, String value) {
        return key + " = '" + value.replace("'", "''") + "'";
    }
}
