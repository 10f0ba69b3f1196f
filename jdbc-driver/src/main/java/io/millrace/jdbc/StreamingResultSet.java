package io.millrace.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.jspecify.annotations.Nullable;

/** Rows of a query as they come. Any thread may close it; {@link #next} in another one then fails at once. */
final class StreamingResultSet extends LabelledResultSet {
    private final RunningStatement owner;
    private final FrameFeed feed;

    private volatile boolean closed;

    StreamingResultSet(
            RunningStatement owner,
            AvaticaStatement statement,
            QueryState state,
            Meta.Signature signature,
            ResultSetMetaData metaData,
            TimeZone timeZone,
            FrameFeed feed)
            throws SQLException {
        super(statement, state, signature, metaData, timeZone);
        this.owner = owner;
        this.feed = feed;
        execute2(new ColumnarCursor(feed), signature.columns);
    }

    @Override
    public boolean next() throws SQLException {
        checkOpen();
        try {
            return super.next();
        } catch (RuntimeException failed) {
            throw SqlErrors.of(failed);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        owner.resultClosed(this);
    }

    /** Closes this side only: the statement is closing, and tells the server. */
    void closeHere() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (closed) {
            // a statement or connection that was closed, or cancelled, is the better reason
            feed.check();
            throw End.RESULT_CLOSED.exception();
        }
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        super.setFetchSize(FetchSizes.check(rows));
        feed.setFetchSize(rows);
    }

    @Override
    public @Nullable Object getObject(int columnIndex) throws SQLException {
        return getObject(columnIndex, Object.class);
    }
}
