package io.millrace.jdbc;

import static io.millrace.jdbc.RemoteFailure.carry;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.MissingResultsException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.Service.Request;
import org.apache.calcite.avatica.remote.Service.Response;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a connection: metadata, connection properties and the life of statements. When the server no
 * longer knows the connection, it is opened again under a new id, so that the ids of old statements cannot be mistaken
 * for those of new ones.
 */
final class RemoteSession extends MetaImpl {
    private static final int MOST_REOPENINGS = 5;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ConnectionSettings settings;
    private final HttpTransport transport;
    private final RemoteCalls calls;
    private final FetchClient fetches;
    private final RequestIds requestIds = new RequestIds();
    private final KeepAlive keepAlive;

    private final AtomicReference<@Nullable CompletableFuture<Boolean>> reopening = new AtomicReference<>();

    private volatile String connectionId;
    /** In which the server knows the producer; 0 until it does, or when there is none. */
    private volatile int epoch;

    RemoteSession(AvaticaConnection connection, ConnectionSettings settings) {
        super(connection);
        this.settings = settings;
        this.transport = new HttpTransport(settings);
        this.calls = new RemoteCalls(transport, settings);
        this.fetches = new FetchClient(transport, calls);
        this.connectionId = connection.id;
        this.keepAlive = new KeepAlive(settings.keepAlive(), () -> fetches.keepAlive(connectionId));
    }

    ConnectionSettings settings() {
        return settings;
    }

    RemoteCalls calls() {
        return calls;
    }

    FetchClient fetches() {
        return fetches;
    }

    RequestIds requestIds() {
        return requestIds;
    }

    KeepAlive keepAlive() {
        return keepAlive;
    }

    /** Opens the connection for the first time: once, and without waiting for a server that is not there. */
    void open() throws SQLException {
        Duration timeout = settings.connectTimeout().plus(CLOSE_TIMEOUT);
        try {
            epoch = calls.callOnce(new Execution(), openRequest(connectionId), timeout)
                    .epoch();
        } catch (IOException failed) {
            throw SqlErrors.of(
                    SqlErrors.CANNOT_CONNECT,
                    "cannot connect to " + settings.host() + ":" + settings.port() + ": " + SqlErrors.text(failed),
                    failed);
        }
        if (settings.producer() != null && epoch == 0) {
            throw SqlErrors.of(SqlErrors.PROTOCOL, "the server does not know producers");
        }
    }

    /** Opens the connection anew, if no other thread has done it since the id was read; one does it, and the others wait. */
    void reopen(Execution run, String forgottenId, SQLException cause) throws SQLException {
        if (!settings.reconnect()) {
            throw SqlErrors.forgotten(cause);
        }
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        while (forgottenId.equals(connectionId)) {
            CompletableFuture<Boolean> first = reopening.compareAndExchange(null, mine);
            if (first != null) {
                run.join(first);
                continue;
            }
            try {
                reopen(run, forgottenId);
            } catch (SQLException failed) {
                if (SqlErrors.CONNECTION_LOST.equals(failed.getSQLState())) { // and not because this run was ended
                    mine.completeExceptionally(failed);
                }
                throw failed;
            } finally {
                reopening.set(null);
                mine.complete(true);
            }
        }
    }

    private void reopen(Execution run, String forgottenId) throws SQLException {
        if (!forgottenId.equals(connectionId)) {
            return;
        }
        String newId = calls.persist(run, () -> openAnew(run));
        if (connProps.isDirty()) {
            calls.call(run, new Service.ConnectionSyncRequest(newId, connProps));
        }
        connectionId = newId;
    }

    /** A new id each time: if only the answer was lost, the old one is taken. */
    private String openAnew(Execution run) throws SQLException, IOException {
        String id = UUID.randomUUID().toString();
        calls.callOnce(run, openRequest(id), CLOSE_TIMEOUT);
        return id;
    }

    /** A round trip. */
    void ping(Execution run) throws SQLException {
        onConnection(
                run,
                Service.ConnectionSyncResponse.class,
                id -> new Service.ConnectionSyncRequest(id, new ConnectionPropertiesImpl()));
    }

    StatementHandle createStatement(Execution run) throws SQLException {
        Service.CreateStatementResponse created =
                onConnection(run, Service.CreateStatementResponse.class, Service.CreateStatementRequest::new);
        return new StatementHandle(created.connectionId, created.statementId, null);
    }

    StatementHandle prepare(Execution run, String sql) throws SQLException {
        return onConnection(run, Service.PrepareResponse.class, id -> new Service.PrepareRequest(id, sql, -1))
                .statement;
    }

    /** Asks the server once to close; a server that cannot be reached drops by itself what nobody asks for. */
    void closeQuietly(Request request) throws SQLException {
        calls.callQuietly(request, CLOSE_TIMEOUT);
    }

    <R extends Response> R onConnection(Execution execution, Class<R> type, Function<String, Request> request)
            throws SQLException {
        return type.cast(onConnection(execution, (run, id) -> calls.call(run, request.apply(id))));
    }

    /** Asks something of the connection of an id. */
    private interface Question {
        Response ask(Execution run, String connectionId) throws SQLException;
    }

    private Response onConnection(Execution run, Question question) throws SQLException {
        for (int reopenings = 0; ; reopenings++) {
            String id = connectionId;
            try {
                return question.ask(run, id);
            } catch (MissingConnectionException missing) {
                if (reopenings == MOST_REOPENINGS) {
                    throw SqlErrors.forgotten(missing);
                }
                reopen(run, id, missing);
            }
        }
    }

    private Request openRequest(String id) {
        Map<String, String> info = new HashMap<>();
        if (settings.user() != null) {
            info.put("user", settings.user());
        }
        if (settings.producer() != null) {
            info.put("producer", settings.producer());
            info.put("epoch", Integer.toString(epoch)); // goes on in it, unless another has taken over
        }
        return new Service.OpenConnectionRequest(id, info);
    }

    /** Rows of metadata, which come whole. */
    Service.ResultSetResponse rows(Function<String, Request> request) throws SQLException {
        return onConnection(new Execution(), Service.ResultSetResponse.class, request);
    }

    /** The answer to a question that Avatica's protocol does not have. */
    Service.ResultSetResponse describe(MetadataQuestion question, @Nullable String... arguments) throws SQLException {
        return (Service.ResultSetResponse) onConnection(
                new Execution(), (run, id) -> calls.describe(run, FetchClient.describe(id, question, arguments)));
    }

    // Meta

    @Override
    public void openConnection(ConnectionHandle handle, Map<String, String> info) {
        carry(() -> {
            open();
            return true;
        });
    }

    @Override
    public void closeConnection(ConnectionHandle handle) {
        carry(() -> {
            closeQuietly(new Service.CloseConnectionRequest(connectionId));
            transport.close();
            return true;
        });
    }

    @Override
    public ConnectionProperties connectionSync(ConnectionHandle handle, ConnectionProperties changes) {
        return carry(() -> {
            ConnectionProperties state = onConnection(
                            new Execution(),
                            Service.ConnectionSyncResponse.class,
                            id -> new Service.ConnectionSyncRequest(id, changes))
                    .connProps;
            synchronized (this) {
                connProps.merge(changes);
            }
            return state;
        });
    }

    @Override
    public StatementHandle createStatement(ConnectionHandle handle) {
        return carry(() -> createStatement(new Execution()));
    }

    @Override
    public void closeStatement(StatementHandle handle) {
        carry(() -> {
            closeQuietly(new Service.CloseStatementRequest(handle.connectionId, handle.id));
            return true;
        });
    }

    @Override
    public StatementHandle prepare(ConnectionHandle handle, String sql, long maxRowCount) {
        return carry(() -> prepare(new Execution(), sql));
    }

    @Override
    public void commit(ConnectionHandle handle) {
        carry(() -> onConnection(new Execution(), Service.CommitResponse.class, Service.CommitRequest::new));
    }

    @Override
    public void rollback(ConnectionHandle handle) {
        carry(() -> onConnection(new Execution(), Service.RollbackResponse.class, Service.RollbackRequest::new));
    }

    @Override
    public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle handle) {
        return carry(() -> onConnection(
                        new Execution(), Service.DatabasePropertyResponse.class, Service.DatabasePropertyRequest::new)
                .map);
    }

    /** Rows of metadata beyond the first frame. */
    @Override
    public Frame fetch(StatementHandle handle, long offset, int maxRows) throws MissingResultsException {
        Service.FetchResponse response = carry(() -> (Service.FetchResponse)
                calls.call(new Execution(), new Service.FetchRequest(handle.connectionId, handle.id, offset, maxRows)));
        if (response.missingStatement || response.missingResults || response.frame == null) {
            throw new MissingResultsException(handle);
        }
        return response.frame;
    }

    @Override
    public boolean syncResults(StatementHandle handle, QueryState state, long offset) {
        throw neverRunAgain();
    }

    // statements run through StatementRuns, which can end them

    @Override
    @Deprecated
    public ExecuteResult prepareAndExecute(
            StatementHandle handle, String sql, long maxRowCount, PrepareCallback callback) {
        throw neverRunAgain();
    }

    @Override
    public ExecuteResult prepareAndExecute(
            StatementHandle handle, String sql, long maxRowCount, int firstFrame, PrepareCallback callback) {
        throw neverRunAgain();
    }

    @Override
    @Deprecated
    public ExecuteResult execute(StatementHandle handle, List<TypedValue> parameters, long maxRowCount) {
        throw neverRunAgain();
    }

    @Override
    public ExecuteResult execute(StatementHandle handle, List<TypedValue> parameters, int firstFrame)
            throws NoSuchStatementException {
        throw neverRunAgain();
    }

    @Override
    public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle handle, List<String> statements) {
        throw neverRunAgain();
    }

    @Override
    public ExecuteBatchResult executeBatch(StatementHandle handle, List<List<TypedValue>> rows) {
        throw neverRunAgain();
    }

    private static RemoteFailure neverRunAgain() {
        return new RemoteFailure(
                SqlErrors.of(SqlErrors.INTERNAL, "the driver never runs a statement that it was not asked to run"));
    }
}
