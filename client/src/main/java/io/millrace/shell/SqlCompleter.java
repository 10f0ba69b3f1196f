package io.millrace.shell;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Proposes names and keywords for the word at the cursor: relations where one must stand, columns of those that the
 * statement names, and the columns of one behind its name, or alias, and a point.
 */
final class SqlCompleter implements Completer {
    private static final Pattern RELATION_NEXT = Pattern.compile(
            "(?is).*\\b(?:FROM|JOIN|INTO|UPDATE|DESCRIBE|DROP\\s+(?:STREAM|TABLE|(?:MATERIALIZED\\s+)?VIEW))\\s+\\S*");
    /** A relation, and perhaps its alias. */
    private static final Pattern NAMED =
            Pattern.compile("(?i)\\b(?:FROM|JOIN|INTO|UPDATE|,)\\s*(\"[^\"]+\"|\\w+)(?:\\s+(?:AS\\s+)?(\\w+))?");

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final NameCatalog names;

    SqlCompleter(NameCatalog names) {
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word = line.word().substring(0, line.wordCursor());
        String before = line.line().substring(0, line.cursor());
        try {
            for (String proposal : proposals(before, line.line(), word)) {
                candidates.add(new Candidate(proposal));
            }
        } catch (SQLException unreachable) {
            // then nothing is proposed; the next statement will tell why
        }
    }

    /** @param before the text up to the cursor, which ends with {@code word} */
    List<String> proposals(String before, String text, String word) throws SQLException {
        if (before.stripLeading().startsWith("\\")) {
            return before.strip().contains(" ") || before.endsWith(" ")
                    ? quoted(names.relations().keySet())
                    : ShellCommand.NAMES;
        }
        int point = word.lastIndexOf('.');
        if (point > 0) {
            return columnsBehind(word.substring(0, point), text);
        }
        if (RELATION_NEXT.matcher(before).matches()) {
            return quoted(names.relations().keySet());
        }
        Set<String> all = new LinkedHashSet<>();
        for (Map.Entry<String, List<String>> relation : names.relations().entrySet()) {
            if (mentioned(text).containsValue(relation.getKey().toLowerCase(Locale.ROOT))) {
                all.addAll(quoted(relation.getValue()));
            }
        }
        all.addAll(quoted(names.relations().keySet()));
        names.functions().forEach(function -> all.add(inCaseOf(word, function)));
        names.keywords().forEach(keyword -> all.add(inCaseOf(word, keyword)));
        return List.copyOf(all);
    }

    private List<String> columnsBehind(String qualifier, String text) throws SQLException {
        String relation = mentioned(text).getOrDefault(key(qualifier), key(qualifier));
        List<String> columns = new ArrayList<>();
        for (Map.Entry<String, List<String>> known : names.relations().entrySet()) {
            if (known.getKey().toLowerCase(Locale.ROOT).equals(relation)) {
                quoted(known.getValue()).forEach(column -> columns.add(qualifier + "." + column));
            }
        }
        return columns;
    }

    /** The relations that a statement names, by name and by alias, in lower case. */
    private static Map<String, String> mentioned(String text) {
        Map<String, String> mentioned = new java.util.HashMap<>();
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            String relation = key(named.group(1));
            mentioned.put(relation, relation);
            if (named.group(2) != null) {
                mentioned.putIfAbsent(key(named.group(2)), relation);
            }
        }
        return mentioned;
    }

    private static String key(String name) {
        return name.replace("\"", "").toLowerCase(Locale.ROOT);
    }

    private static List<String> quoted(Iterable<String> names) {
        List<String> quoted = new ArrayList<>();
        for (String name : names) {
            quoted.add(PLAIN_NAME.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"');
        }
        return quoted;
    }

    /** Who types in lower case gets lower case. */
    private static String inCaseOf(String word, String keyword) {
        boolean isLower = !word.isEmpty() && word.equals(word.toLowerCase(Locale.ROOT));
        return isLower ? keyword.toLowerCase(Locale.ROOT) : keyword;
    }
}
