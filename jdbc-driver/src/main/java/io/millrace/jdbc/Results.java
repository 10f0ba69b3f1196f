package io.millrace.jdbc;

import java.sql.SQLException;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** Makes of the server's answer to a statement what the statement shows. */
final class Results {
    private Results() {}

    static Service.ResultSetResponse only(Service.ExecuteResponse executed) throws SQLException {
        if (executed.results.size() != 1) {
            throw SqlErrors.of(
                    SqlErrors.PROTOCOL,
                    "the server sent " + executed.results.size() + " results where one was awaited");
        }
        return executed.results.get(0);
    }

    /**
     * Null when the statement gave no rows; the run is finished then. An answer that does not describe its rows is one of
     * which the statement was prepared with the same.
     */
    static @Nullable AvaticaResultSet open(
            MillraceConnection connection,
            RunningStatement owner,
            StatementRuns runs,
            Execution run,
            Service.ResultSetResponse result,
            String sql)
            throws SQLException {
        Meta.Signature signature = result.signature == null ? runs.handle().signature : result.signature;
        if (result.updateCount != -1 || signature == null) {
            run.finish();
            return null;
        }
        AvaticaStatement statement = (AvaticaStatement) owner;
        Meta.Frame first = result.firstFrame;
        QueryState state = new QueryState(sql);
        if (first != null && first.rows.iterator().hasNext()) {
            run.finish();
            return connection.rowsInHand(statement, state, signature, first);
        }
        long maxRows = statement.getLargeMaxRows();
        String token = run.resumeToken();
        ResultProgress progress = token == null || !connection.settings().reconnect()
                ? null
                : new ResultProgress(token, signature.columns.size() < 3 ? "" : signature.columns.get(2).label);
        FrameFeed feed =
                new FrameFeed(runs, run, statement.getFetchSize(), maxRows, first != null && first.done, progress);
        return new StreamingResultSet(
                owner,
                statement,
                state,
                signature,
                connection.metaData(statement, signature),
                connection.getTimeZone(),
                feed);
    }
}
