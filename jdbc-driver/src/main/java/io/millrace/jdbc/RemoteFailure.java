package io.millrace.jdbc;

import java.sql.SQLException;

/** Carries a SQLException through those methods of Avatica that declare none. */
final class RemoteFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RemoteFailure(SQLException failure) {
        super(failure.getMessage(), failure);
    }

    /** A call that may throw a SQLException. */
    interface Call<T> {
        T call() throws SQLException;
    }

    static <T> T carry(Call<T> call) {
        try {
            return call.call();
        } catch (SQLException failure) {
            throw new RemoteFailure(failure);
        }
    }

    /** Runs a library method and turns what it throws into SQLExceptions. */
    static <T> T translate(Call<T> call) throws SQLException {
        try {
            return call.call();
        } catch (RuntimeException thrown) {
            throw SqlErrors.of(thrown);
        }
    }
}
