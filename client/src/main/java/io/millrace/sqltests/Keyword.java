package io.millrace.sqltests;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a record does, with what stands below its first line. */
enum Keyword {
    STATEMENT(Body.SQL_AND_MAYBE_RESULTS),
    QUERY(Body.SQL_AND_MAYBE_RESULTS),
    HALT(Body.NONE),
    HASH_THRESHOLD(Body.NONE),
    CONTROL(Body.NONE),
    SUBTEST(Body.NONE),

    SHOW(Body.RESULTS),
    CLOCK(Body.NONE),
    ADVANCE(Body.NONE),
    OPEN(Body.SQL),
    EXPECT(Body.RESULTS),
    QUIET(Body.NONE),
    END(Body.NONE),
    ERROR(Body.NONE),
    CLOSE(Body.NONE);

    private static final Map<String, Keyword> BY_WORD =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Keyword::word, keyword -> keyword));

    private final Body body;

    /** What stands below the first line of a record. */
    enum Body {
        NONE,
        SQL,
        RESULTS,
        SQL_AND_MAYBE_RESULTS
    }

    Keyword(Body body) {
        this.body = body;
    }

    static @Nullable Keyword of(String word) {
        return BY_WORD.get(word);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Body body() {
        return body;
    }

    /** Whether it needs a clock that can be moved. */
    boolean movesTime() {
        return this == CLOCK || this == ADVANCE;
    }

    /** Whether it only looks, so that what follows does not depend on it. */
    boolean onlyReads() {
        return this == QUERY || this == SHOW;
    }

    /** Whether it tells how the file is to be read, and tests nothing. */
    boolean isControl() {
        return this == HALT || this == HASH_THRESHOLD || this == CONTROL || this == SUBTEST;
    }
}
