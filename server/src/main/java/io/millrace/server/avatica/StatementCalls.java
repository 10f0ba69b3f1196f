package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.plan.OutputColumn;
import io.millrace.server.session.Session;
import io.millrace.server.statement.ExecuteOptions;
import io.millrace.server.statement.PreparedSql;
import io.millrace.server.statement.StatementExecutor;
import io.millrace.server.statement.StatementResult;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.Service.ResultSetResponse;
import org.jspecify.annotations.Nullable;

/** Prepares and executes for one request. */
final class StatementCalls {
    /** The most rows of a frame in Avatica's own form. */
    static final int MAX_FRAME_ROWS = 10_000;

    private final ClientRegistry clients;
    private final StatementExecutor executor;
    private final Call call;

    StatementCalls(ClientRegistry clients, StatementExecutor executor, Call call) {
        this.clients = clients;
        this.executor = executor;
        this.call = call;
    }

    Meta.StatementHandle prepare(Service.PrepareRequest request) {
        ClientConnection connection = clients.connection(request.connectionId);
        PreparedSql prepared = executor.prepare(connection.session(), sql(request.sql));
        OpenStatement statement = clients.newStatement(request.connectionId, call.peer());
        statement.prepared(prepared, Math.max(0, request.maxRowCount));
        return new Meta.StatementHandle(request.connectionId, statement.id(), Signatures.of(prepared));
    }

    ResultSetResponse prepareAndExecute(OpenStatement statement, Service.PrepareAndExecuteRequest request) {
        Session session = clients.connection(request.connectionId).session();
        PreparedSql prepared = executor.prepare(session, sql(request.sql));
        statement.prepared(prepared, Math.max(0, request.maxRowCount));
        return execute(request.connectionId, statement, List.of(List.of()), request.maxRowsInFirstFrame);
    }

    ResultSetResponse execute(
            String connectionId,
            OpenStatement statement,
            List<? extends List<? extends @Nullable Object>> parameters,
            int firstFrameRows) {
        PreparedSql prepared = statement.prepared();
        StatementResult outcome = execute(connectionId, statement, prepared, parameters, 0);
        if (outcome instanceof StatementResult.Update update) {
            return new ResultSetResponse(connectionId, statement.id(), false, null, null, update.count(), null);
        }
        OpenResult result = new OpenResult(((StatementResult.Rows) outcome).cursor());
        statement.result(result);
        call.rows().take(result);
        ResultFrame first =
                firstFrameRows == 0 ? ResultFrame.empty(0, false) : result.take(0, frameRows(firstFrameRows));
        return new ResultSetResponse(
                connectionId,
                statement.id(),
                false,
                isKnown(prepared, result.columns()) ? null : Signatures.of(prepared, result.columns()),
                RowFrames.of(first, result.columns(), call.json()),
                -1,
                null);
    }

    private boolean isKnown(PreparedSql prepared, List<OutputColumn> columns) {
        return call.limits().columnsKnown() && columns.equals(prepared.output());
    }

    private StatementResult execute(
            String connectionId,
            OpenStatement statement,
            PreparedSql prepared,
            List<? extends List<? extends @Nullable Object>> parameters,
            int append) {
        ClientConnection connection = clients.connection(connectionId);
        if (prepared.kind() != PreparedSql.Kind.QUERY) {
            connection.checkWritable();
        }
        statement.dropResult();
        StatementResult outcome = executor.execute(
                connection.session(),
                prepared,
                parameters,
                new ExecuteOptions(
                        call.limits().maxRows(statement.maxRows()),
                        call.limits().timeoutMillis(),
                        producer(connection, prepared, append),
                        call.limits().resume()));
        call.warnings().add(outcome.warnings());
        return outcome;
    }

    private @Nullable ProducerSequence producer(ClientConnection connection, PreparedSql prepared, int append) {
        AppendNumber own = call.append();
        if (own != null) {
            return numbered(connection, prepared, own, append);
        }
        RequestNumber request = call.number();
        return request == null ? null : ProducerSequence.of(request.producer(), request.number(), append);
    }

    private static ProducerSequence numbered(
            ClientConnection connection, PreparedSql prepared, AppendNumber number, int append) {
        ConnectionProducer producer = connection.producer();
        if (producer == null || prepared.kind() != PreparedSql.Kind.UPDATE) {
            throw new MillraceException(
                    ErrorCode.INVALID_PARAMETER,
                    producer == null
                            ? "a connection without a producer cannot number what it writes"
                            : "only a statement that changes rows can have a number");
        }
        return producer.sequence(number, append);
    }

    /** Executes a prepared statement once per row of parameters, as one. */
    long[] executeBatch(
            String connectionId, OpenStatement statement, List<? extends List<? extends @Nullable Object>> rows) {
        PreparedSql prepared = statement.prepared();
        checkBatchable(prepared);
        if (rows.isEmpty()) {
            return new long[0];
        }
        StatementResult outcome = execute(connectionId, statement, prepared, rows, 0);
        if (!(outcome instanceof StatementResult.Update update)) {
            return new long[] {count(outcome)};
        }
        return update.counts().stream().mapToLong(Long::longValue).toArray();
    }

    /** Executes several statements, one after the other. */
    long[] executeBatch(OpenStatement statement, Service.PrepareAndExecuteBatchRequest request) {
        List<String> commands = request.sqlCommands;
        if (commands.size() > ProducerSequence.MAX_STEPS) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED, "a batch can have at most " + ProducerSequence.MAX_STEPS + " statements");
        }
        Session session = clients.connection(request.connectionId).session();
        long[] counts = new long[commands.size()];
        for (int i = 0; i < counts.length; i++) {
            PreparedSql prepared = executor.prepare(session, commands.get(i));
            checkBatchable(prepared);
            counts[i] = count(execute(request.connectionId, statement, prepared, List.of(List.of()), i));
        }
        return counts;
    }

    private static void checkBatchable(PreparedSql prepared) {
        if (prepared.kind() == PreparedSql.Kind.QUERY) {
            throw new MillraceException(ErrorCode.INVALID_STATEMENT, "a query cannot be part of a batch");
        }
    }

    private static long count(StatementResult outcome) {
        if (outcome instanceof StatementResult.Update update) {
            return update.count();
        }
        ((StatementResult.Rows) outcome).cursor().close();
        throw MillraceException.internal("a statement of a batch gave rows");
    }

    /** A client's wish, where a negative number means no limit, within ours. */
    static int frameRows(int wished) {
        return wished <= 0 ? MAX_FRAME_ROWS : Math.min(wished, MAX_FRAME_ROWS);
    }

    /** The protocol leaves an empty text out. */
    private static String sql(@Nullable String text) {
        return text == null ? "" : text;
    }
}
