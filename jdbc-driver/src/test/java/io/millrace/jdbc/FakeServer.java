package io.millrace.jdbc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.Service.Request;
import org.apache.calcite.avatica.remote.Service.Response;
import org.apache.calcite.avatica.remote.TypedValue;

/**
 * The server's side of the protocol, with a language of its own: {@code results} are opened by their name, {@code
 * INSERT} counts, {@code FAIL} fails, {@code HANG} answers when it is cancelled.
 */
final class FakeServer implements AutoCloseable {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Service.RpcMetadataResponse RPC = new Service.RpcMetadataResponse("fake");

    final Map<String, FakeResult> results = new ConcurrentHashMap<>();
    /** What was inserted: it outlives a restart, like the log. */
    final List<List<Object>> inserted = Collections.synchronizedList(new ArrayList<>());

    final Map<String, long[]> insertedByRequest = new ConcurrentHashMap<>();
    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    final Map<String, String> properties = new ConcurrentHashMap<>();
    final AtomicInteger repliesToLose = new AtomicInteger();
    final AtomicInteger executions = new AtomicInteger();
    volatile String authorization;

    private final ProtobufTranslationImpl translation = new ProtobufTranslationImpl();
    private final Map<String, Map<Integer, FakeStatement>> connections = new ConcurrentHashMap<>();
    private final AtomicInteger statementIds = new AtomicInteger();
    private ExecutorService threads;
    private HttpServer http;
    private int port;

    static final class FakeStatement {
        String sql;
        volatile FakeResult running;
    }

    FakeServer() {
        start();
    }

    String url() {
        return "jdbc:millrace://localhost:" + port;
    }

    Connection connect(String... properties) throws SQLException {
        return DriverManager.getConnection(url() + (properties.length == 0 ? "" : "?" + String.join("&", properties)));
    }

    FakeResult result(String name, FakeColumn... columns) {
        FakeResult result = new FakeResult(List.of(columns));
        results.put(name, result);
        return result;
    }

    int openStatements() {
        return connections.values().stream().mapToInt(Map::size).sum();
    }

    int openConnections() {
        return connections.size();
    }

    void start() {
        try {
            http = HttpServer.create(new InetSocketAddress("localhost", port), 1000);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        port = http.getAddress().getPort();
        threads = Executors.newCachedThreadPool();
        http.setExecutor(threads);
        http.createContext("/", exchange -> answer(exchange, this::avatica));
        http.createContext("/millrace/fetch", exchange -> answer(exchange, this::fetch));
        http.createContext("/millrace/cancel", exchange -> answer(exchange, this::cancel));
        http.start();
    }

    void stop() {
        http.stop(0);
        threads.shutdownNow();
        connections.clear();
        statementIds.set(0);
    }

    @Override
    public void close() {
        stop();
    }

    private interface Endpoint {
        byte[] answer(HttpExchange exchange, byte[] body) throws Exception;
    }

    private void answer(HttpExchange exchange, Endpoint endpoint) {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            byte[] reply;
            try {
                reply = endpoint.answer(exchange, body);
            } catch (SQLException refused) {
                reply = FakeResult.error(refused);
            }
            if (repliesToLose.get() > 0
                    && exchange.getRequestHeaders().containsKey("X-Millrace-Request")
                    && repliesToLose.getAndDecrement() > 0) {
                return;
            }
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
        } catch (Exception stopped) {
            // the socket closes without an answer
        }
    }

    // rows

    private FakeStatement statement(DataInputStream in) throws IOException, SQLException {
        if (in.readByte() != 1) {
            throw new SQLException("version", "08P01");
        }
        Map<Integer, FakeStatement> statements = connections.get(in.readUTF());
        if (statements == null) {
            throw new SQLException("no such connection", "08003");
        }
        FakeStatement statement = statements.get(in.readInt());
        if (statement == null) {
            throw new SQLException("no such statement", "26000");
        }
        return statement;
    }

    private byte[] fetch(HttpExchange exchange, byte[] body) throws Exception {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
        FakeStatement statement = statement(in);
        FakeResult running = statement.running;
        if (running == null) {
            throw new SQLException("no result", "34000");
        }
        requests.add("fetch");
        return running.fetch(in.readLong(), in.readInt(), in.readInt());
    }

    private byte[] cancel(HttpExchange exchange, byte[] body) throws Exception {
        FakeStatement statement = statement(new DataInputStream(new ByteArrayInputStream(body)));
        requests.add("cancel");
        FakeResult running = statement.running;
        if (running != null) {
            running.fail("57014", "query cancelled");
        }
        return new byte[] {1, 0};
    }

    // control

    private byte[] avatica(HttpExchange exchange, byte[] body) throws Exception {
        Request request = translation.parseRequest(body);
        requests.add(request.getClass().getSimpleName());
        Response response;
        try {
            response = respond(request, exchange.getRequestHeaders().getFirst("X-Millrace-Request"));
        } catch (SQLException refused) {
            response = error(refused.getMessage(), refused.getErrorCode(), refused.getSQLState());
        }
        return translation.serializeResponse(response);
    }

    private static Service.ErrorResponse error(String message, int code, String state) {
        return new Service.ErrorResponse(
                List.of("at io.millrace.Secret"), message, code, state, AvaticaSeverity.ERROR, RPC);
    }

    private Map<Integer, FakeStatement> connection(String id) throws SQLException {
        Map<Integer, FakeStatement> statements = connections.get(id);
        if (statements == null) {
            throw new SQLException("no such connection", "08003", 1);
        }
        return statements;
    }

    private Response respond(Request request, String requestId) throws Exception {
        if (request instanceof Service.OpenConnectionRequest open) {
            connections.put(open.connectionId, new ConcurrentHashMap<>());
            if (open.info != null) {
                properties.putAll(open.info);
            }
            return new Service.OpenConnectionResponse(RPC);
        }
        if (request instanceof Service.CloseConnectionRequest close) {
            Map<Integer, FakeStatement> closed = connections.remove(close.connectionId);
            if (closed != null) {
                closed.values().forEach(FakeServer::end);
            }
            return new Service.CloseConnectionResponse(RPC);
        }
        if (request instanceof Service.ConnectionSyncRequest sync) {
            connection(sync.connectionId);
            return new Service.ConnectionSyncResponse(
                    new ConnectionPropertiesImpl(true, false, 0, null, "public"), RPC);
        }
        if (request instanceof Service.CreateStatementRequest create) {
            int id = statementIds.incrementAndGet();
            connection(create.connectionId).put(id, new FakeStatement());
            return new Service.CreateStatementResponse(create.connectionId, id, RPC);
        }
        if (request instanceof Service.CloseStatementRequest close) {
            FakeStatement closed = connection(close.connectionId).remove(close.statementId);
            if (closed != null) {
                end(closed);
            }
            return new Service.CloseStatementResponse(RPC);
        }
        if (request instanceof Service.PrepareRequest prepare) {
            int id = statementIds.incrementAndGet();
            FakeStatement statement = new FakeStatement();
            statement.sql = prepare.sql;
            connection(prepare.connectionId).put(id, statement);
            return new Service.PrepareResponse(
                    new Meta.StatementHandle(prepare.connectionId, id, signature(prepare.sql)), RPC);
        }
        return run(request, requestId);
    }

    private Response run(Request request, String requestId) throws Exception {
        if (request instanceof Service.PrepareAndExecuteRequest execute) {
            FakeStatement statement = connection(execute.connectionId).get(execute.statementId);
            return executed(statement, execute.connectionId, execute.statementId, execute.sql, requestId, List.of());
        }
        if (request instanceof Service.ExecuteRequest execute) {
            Meta.StatementHandle handle = execute.statementHandle;
            FakeStatement statement = connection(handle.connectionId).get(handle.id);
            List<Object> row =
                    execute.parameterValues.stream().map(v -> v.value).collect(Collectors.toList());
            return executed(statement, handle.connectionId, handle.id, null, requestId, row);
        }
        if (request instanceof Service.ExecuteBatchRequest batch) {
            FakeStatement statement = connection(batch.connectionId).get(batch.statementId);
            if (statement == null) {
                return new Service.ExecuteBatchResponse(batch.connectionId, batch.statementId, new long[0], true, RPC);
            }
            long[] counts = insertedByRequest.computeIfAbsent(requestId, id -> {
                for (Requests.UpdateBatch update : batch.getProtoUpdateBatches()) {
                    inserted.add(update.getParameterValuesList().stream()
                            .map(value -> TypedValue.fromProto(value).value)
                            .collect(Collectors.toList()));
                }
                return IntStream.range(0, batch.getProtoUpdateBatches().size())
                        .mapToLong(i -> 1)
                        .toArray();
            });
            return new Service.ExecuteBatchResponse(batch.connectionId, batch.statementId, counts, false, RPC);
        }
        if (request instanceof Service.PrepareAndExecuteBatchRequest batch) {
            connection(batch.connectionId);
            batch.sqlCommands.forEach(sql -> inserted.add(List.of(sql)));
            return new Service.ExecuteBatchResponse(
                    batch.connectionId,
                    batch.statementId,
                    batch.sqlCommands.stream().mapToLong(sql -> 1).toArray(),
                    false,
                    RPC);
        }
        if (request instanceof Service.TableTypesRequest tables) {
            connection(tables.connectionId);
            Meta.Signature signature = new Meta.Signature(
                    List.of(FakeColumn.varchar("TABLE_TYPE").metaData(0)),
                    "",
                    List.of(),
                    Map.of(),
                    Meta.CursorFactory.ARRAY,
                    Meta.StatementType.SELECT);
            return new Service.ResultSetResponse(
                    tables.connectionId,
                    statementIds.incrementAndGet(),
                    true,
                    signature,
                    Meta.Frame.create(0, true, List.of(new Object[] {"STREAM"}, new Object[] {"VIEW"})),
                    -1,
                    RPC);
        }
        if (request instanceof Service.DatabasePropertyRequest) {
            return new Service.DatabasePropertyResponse(
                    Map.of(Meta.DatabaseProperty.GET_DATABASE_PRODUCT_NAME, "Millrace"), RPC);
        }
        throw new SQLException("not in the fake: " + request.getClass().getSimpleName(), "0A000");
    }

    private Response executed(
            FakeStatement statement,
            String connection,
            int id,
            String newSql,
            String requestId,
            List<Object> parameters)
            throws Exception {
        if (statement == null) {
            return new Service.ExecuteResponse(List.of(), true, RPC);
        }
        if (newSql != null) {
            statement.sql = newSql;
        }
        executions.incrementAndGet();
        String sql = statement.sql;
        if (sql.startsWith("INSERT")) {
            insertedByRequest.computeIfAbsent(requestId, first -> {
                inserted.add(parameters);
                return new long[] {1};
            });
            return new Service.ExecuteResponse(
                    List.of(new Service.ResultSetResponse(connection, id, false, null, null, 1, RPC)), false, RPC);
        }
        if (sql.startsWith("FAIL")) {
            throw new SQLException("line 1:6: unknown column \"x\"", "42703", 0);
        }
        if (sql.startsWith("HANG")) {
            FakeResult hang = new FakeResult(List.of());
            statement.running = hang;
            hang.fetch(0, 1, 20_000);
            throw new SQLException("query cancelled", "57014");
        }
        FakeResult result = results.get(sql);
        if (result == null) {
            throw new SQLException("unknown stream \"" + sql + "\"", "42P01");
        }
        if (!parameters.isEmpty()) {
            result.push(parameters.toArray());
        }
        statement.running = result;
        return new Service.ExecuteResponse(
                List.of(new Service.ResultSetResponse(
                        connection, id, false, signature(sql), new Meta.Frame(0, false, List.of()), -1, RPC)),
                false,
                RPC);
    }

    private Meta.Signature signature(String sql) {
        FakeResult result = results.get(sql);
        int marks = (int) sql.chars().filter(c -> c == '?').count();
        List<AvaticaParameter> parameters = IntStream.range(0, marks)
                .mapToObj(i -> new AvaticaParameter(true, 0, 0, 12, "VARCHAR", "java.lang.String", "p" + i))
                .collect(Collectors.toList());
        return new Meta.Signature(
                result == null
                        ? List.of()
                        : IntStream.range(0, result.columns.size())
                                .mapToObj(i -> result.columns.get(i).metaData(i))
                                .collect(Collectors.toList()),
                sql,
                parameters,
                Map.of(),
                Meta.CursorFactory.ARRAY,
                result == null ? Meta.StatementType.INSERT : Meta.StatementType.SELECT);
    }

    private static void end(FakeStatement statement) {
        FakeResult running = statement.running;
        if (running != null) {
            running.fail("57014", "statement closed");
        }
    }

    /** Waits for something that another thread does. */
    static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not happen in 10 s");
            }
            Thread.onSpinWait();
        }
    }
}
