package io.millrace.sqltests.oracle;

import io.millrace.sqltests.oracle.query.Query;

/** What an answer is worth when compared with that of an oracle. */
enum Verdict {
    RIGHT,
    /** 0A000. */
    REFUSED,
    /** The oracle fails too, or does not know. */
    UNDECIDED,
    /** Refused as not being SQL: the generator is wrong, or the validator. */
    INVALID,
    WRONG_ROWS,
    WRONG_ORDER,
    WRONG_ERROR,
    INTERNAL_ERROR;

    static Verdict of(Query query, Answer answer, Answer oracle) {
        if (answer.hasFailed()) {
            return ofError(answer.sqlState(), oracle);
        }
        if (oracle.hasFailed()) {
            return UNDECIDED;
        }
        if (!answer.hasSameRows(oracle)) {
            return WRONG_ROWS;
        }
        return answer.isInOrderOf(query) ? RIGHT : WRONG_ORDER;
    }

    private static Verdict ofError(String sqlState, Answer oracle) {
        if (sqlState.equals("0A000")) {
            return REFUSED;
        }
        if (sqlState.startsWith("22") || sqlState.equals("21000")) {
            return oracle.hasFailed() ? UNDECIDED : WRONG_ERROR;
        }
        return sqlState.startsWith("42") || sqlState.startsWith("54") ? INVALID : INTERNAL_ERROR;
    }

    boolean isFault() {
        return ordinal() >= WRONG_ROWS.ordinal();
    }
}
