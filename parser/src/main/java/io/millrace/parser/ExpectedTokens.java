package io.millrace.parser;

import io.millrace.parser.impl.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says in a few words what could have stood in a place. */
final class ExpectedTokens {
    private static final int MOST = 6;
    /** Named first when there are many, in this order. */
    private static final List<String> FAMILIAR = List.of(
            ")", ",", "(", "=", "=>", "AS", "FROM", "WHERE", "GROUP", "ORDER", "LIMIT", "EMIT", "SELECT", "VALUES");

    /** What only leads to statements that are refused by name. */
    private static final Set<String> REFUSED = Set.of("INDEX", "TRIGGER", "UNIQUE", "CHECK", "REINDEX", "TRUNCATE");

    private ExpectedTokens() {}

    /** Returns ", expected …", or nothing when so much is possible that it would not help. */
    static String describe(ParseException failure) {
        Set<String> images = new TreeSet<>();
        for (int[] sequence : failure.expectedTokenSequences) {
            images.add(failure.tokenImage[sequence[0]]);
        }
        REFUSED.forEach(word -> images.remove(quoted(word)));
        List<String> shown = new ArrayList<>();
        boolean isName = images.contains("<IDENTIFIER>");
        if (isName) {
            shown.add(images.contains("<UNSIGNED_INTEGER_LITERAL>") ? "an expression" : "a name");
        }
        FAMILIAR.stream().filter(token -> images.contains(quoted(token))).forEach(token -> shown.add(quoted(token)));
        if (!isName && images.size() <= MOST) {
            images.stream()
                    .map(ExpectedTokens::plain)
                    .filter(image -> !shown.contains(image))
                    .forEach(shown::add);
        }
        if (shown.isEmpty()) {
            return "";
        }
        return shown.stream().limit(MOST).collect(Collectors.joining(", ", ", expected ", ""));
    }

    private static String quoted(String token) {
        return '"' + token + '"';
    }

    private static String plain(String image) {
        return switch (image) {
            case "<EOF>" -> "the end of the statement";
            case "<QUOTED_STRING>" -> "a string";
            case "<UNSIGNED_INTEGER_LITERAL>" -> "a number";
            case "<DURATION_LITERAL>" -> "a duration";
            default -> image;
        };
    }
}
