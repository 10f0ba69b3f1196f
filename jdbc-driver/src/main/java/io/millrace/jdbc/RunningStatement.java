package io.millrace.jdbc;

import java.sql.SQLException;

/** A statement whose run may be ended from outside. */
interface RunningStatement {
    /** Its result was closed by the user. */
    void resultClosed(StreamingResultSet result);

    /** Closes it once; the connection tells the server when it is the reason. */
    void close(End reason) throws SQLException;
}
