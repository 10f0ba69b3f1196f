package io.millrace.jdbc;

import java.sql.Connection;

/** The levels of isolation of JDBC. */
final class Isolation {
    private Isolation() {}

    /** Whether transactions can be asked for at this level. */
    static boolean isLevel(int level) {
        return level == Connection.TRANSACTION_READ_UNCOMMITTED
                || level == Connection.TRANSACTION_READ_COMMITTED
                || level == Connection.TRANSACTION_REPEATABLE_READ
                || level == Connection.TRANSACTION_SERIALIZABLE;
    }
}
