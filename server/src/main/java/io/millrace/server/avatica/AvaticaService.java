package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** Avatica's requests, but for fetches, which may have to wait: see {@link AvaticaEndpoint}. Made per request. */
final class AvaticaService implements Service {
    /** Tells a client that opened a connection in which epoch it is the producer that it named. */
    private static final String EPOCH = "X-Millrace-Epoch";

    private final ClientRegistry clients;
    private final MetadataResults metadata;
    private final StatementCalls statements;
    private final Call call;

    AvaticaService(ClientRegistry clients, MetadataResults metadata, StatementCalls statements, Call call) {
        this.clients = clients;
        this.metadata = metadata;
        this.statements = statements;
        this.call = call;
    }

    @Override
    public OpenConnectionResponse apply(OpenConnectionRequest request) {
        int epoch = clients.open(request.connectionId, call.peer(), request.info);
        if (epoch > 0) {
            call.headers().put(EPOCH, List.of(Integer.toString(epoch)));
        }
        return new OpenConnectionResponse();
    }

    @Override
    public CloseConnectionResponse apply(CloseConnectionRequest request) {
        clients.close(request.connectionId);
        return new CloseConnectionResponse();
    }

    @Override
    public ConnectionSyncResponse apply(ConnectionSyncRequest request) {
        return new ConnectionSyncResponse(
                clients.connection(request.connectionId).synchronize(request.connProps), null);
    }

    @Override
    public CreateStatementResponse apply(CreateStatementRequest request) {
        OpenStatement statement = clients.newStatement(request.connectionId, call.peer());
        return new CreateStatementResponse(request.connectionId, statement.id(), null);
    }

    @Override
    public CloseStatementResponse apply(CloseStatementRequest request) {
        clients.connection(request.connectionId).closeStatement(request.statementId);
        return new CloseStatementResponse();
    }

    @Override
    public PrepareResponse apply(PrepareRequest request) {
        return new PrepareResponse(statements.prepare(request), null);
    }

    @Override
    public ExecuteResponse apply(PrepareAndExecuteRequest request) {
        OpenStatement statement = clients.findStatement(request.connectionId, request.statementId, call.peer());
        if (statement == null) {
            // nothing was done yet, so the client may make a new statement and try again
            return new ExecuteResponse(null, true, null);
        }
        return new ExecuteResponse(List.of(statements.prepareAndExecute(statement, request)), false, null);
    }

    @Override
    public ExecuteResponse apply(ExecuteRequest request) {
        String connectionId = request.statementHandle.connectionId;
        OpenStatement statement = clients.findStatement(connectionId, request.statementHandle.id, call.peer());
        if (statement == null) {
            return new ExecuteResponse(null, true, null);
        }
        List<@Nullable Object> row = ParameterValues.row(statement.prepared().parameters(), request.parameterValues);
        int firstFrameRows = (int) Math.max(-1, Math.min(request.maxRowCount, Integer.MAX_VALUE));
        return new ExecuteResponse(
                List.of(statements.execute(connectionId, statement, List.of(row), firstFrameRows)), false, null);
    }

    @Override
    public ExecuteBatchResponse apply(PrepareAndExecuteBatchRequest request) {
        OpenStatement statement = clients.findStatement(request.connectionId, request.statementId, call.peer());
        long[] counts = statement == null ? null : statements.executeBatch(statement, request);
        return new ExecuteBatchResponse(request.connectionId, request.statementId, counts, counts == null, null);
    }

    @Override
    public ExecuteBatchResponse apply(ExecuteBatchRequest request) {
        OpenStatement statement = clients.findStatement(request.connectionId, request.statementId, call.peer());
        long[] counts = statement == null
                ? null
                : statements.executeBatch(request.connectionId, statement, rows(statement, request));
        return new ExecuteBatchResponse(request.connectionId, request.statementId, counts, counts == null, null);
    }

    private static List<List<@Nullable Object>> rows(OpenStatement statement, ExecuteBatchRequest request) {
        var types = statement.prepared().parameters();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        if (!request.hasProtoUpdateBatches()) {
            for (List<TypedValue> values : request.parameterValues) {
                rows.add(ParameterValues.row(types, values));
            }
            return rows;
        }
        for (Requests.UpdateBatch batch : request.getProtoUpdateBatches()) {
            List<TypedValue> values = new ArrayList<>(batch.getParameterValuesCount());
            for (Common.TypedValue value : batch.getParameterValuesList()) {
                values.add(TypedValue.fromProto(value));
            }
            rows.add(ParameterValues.row(types, values));
        }
        return rows;
    }

    @Override
    public FetchResponse apply(FetchRequest request) {
        throw MillraceException.internal("a fetch that does not wait");
    }

    @Override
    public SyncResultsResponse apply(SyncResultsRequest request) {
        clients.connection(request.connectionId);
        throw new MillraceException(ErrorCode.UNDEFINED_CURSOR, "the result is gone")
                .withHint("Execute the statement again.");
    }

    @Override
    public CommitResponse apply(CommitRequest request) {
        clients.connection(request.connectionId).session().transaction().close();
        return AvaticaCodec.empty("commit", CommitResponse.class);
    }

    @Override
    public RollbackResponse apply(RollbackRequest request) {
        clients.connection(request.connectionId).session().transaction().close();
        return AvaticaCodec.empty("rollback", RollbackResponse.class);
    }

    @Override
    public ResultSetResponse apply(CatalogsRequest request) {
        return metadata.catalogs(table(request.connectionId));
    }

    @Override
    public ResultSetResponse apply(SchemasRequest request) {
        return metadata.schemas(table(request.connectionId), request.schemaPattern);
    }

    @Override
    public ResultSetResponse apply(TablesRequest request) {
        return metadata.tables(
                table(request.connectionId), request.schemaPattern, request.tableNamePattern, request.typeList);
    }

    @Override
    public ResultSetResponse apply(TableTypesRequest request) {
        return metadata.tableTypes(table(request.connectionId));
    }

    @Override
    public ResultSetResponse apply(TypeInfoRequest request) {
        return metadata.typeInfo(table(request.connectionId));
    }

    @Override
    public ResultSetResponse apply(ColumnsRequest request) {
        return metadata.columns(
                table(request.connectionId),
                request.schemaPattern,
                request.tableNamePattern,
                request.columnNamePattern);
    }

    private MetadataTable.Target table(String connectionId) {
        ClientConnection connection = clients.connection(connectionId);
        return new MetadataTable.Target(connectionId, connection.newStatementId());
    }

    @Override
    public DatabasePropertyResponse apply(DatabasePropertyRequest request) {
        clients.connection(request.connectionId);
        return new DatabasePropertyResponse(metadata.databaseProperties(), null);
    }

    @Override
    public void setRpcMetadata(RpcMetadataResponse ignored) {
        throw MillraceException.internal("the service has no metadata of its own");
    }
}
