package io.millrace.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;
import org.apache.calcite.avatica.remote.Service.Request;
import org.apache.calcite.avatica.remote.Service.Response;

/** Asks the server in Avatica's protocol, again and again while no answer comes. */
final class RemoteCalls {
    /** Long enough for a big batch; a socket that is half open is noticed then. */
    static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(3);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final HttpTransport transport;
    private final ConnectionSettings settings;
    private final ProtobufTranslation translation = new ProtobufTranslationImpl();

    private volatile Duration answerTimeout = ANSWER_TIMEOUT;

    RemoteCalls(HttpTransport transport, ConnectionSettings settings) {
        this.transport = transport;
        this.settings = settings;
    }

    void setAnswerTimeout(Duration timeout) {
        answerTimeout = timeout;
    }

    /** The answer, whatever it takes within the retry timeout. Every request is one that may be sent twice. */
    Response call(Execution run, Request request) throws SQLException {
        return call(run, request, Map.of());
    }

    /** As {@link #call(Execution, Request)}, with headers besides. */
    Response call(Execution run, Request request, Map<String, String> headers) throws SQLException {
        return call(run, request, headers, answer -> {});
    }

    /** As {@link #call(Execution, Request, Map)}; {@code rest} is given all that the answer says, if it is no failure. */
    Response call(Execution run, Request request, Map<String, String> headers, Consumer<Answer> rest)
            throws SQLException {
        byte[] body = serialize(request);
        Answer answer = persist(run, () -> run.await(transport.post("", body, headers, answerTimeout)));
        Response response = parsed(answer.body());
        rest.accept(answer);
        return response;
    }

    /** The answer to a question of {@link FetchClient#describe}. */
    Response describe(Execution run, byte[] question) throws SQLException {
        return parsed(persist(
                        run, () -> run.await(transport.post("millrace/metadata", question, Map.of(), answerTimeout)))
                .body());
    }

    /** Asks once. */
    Answer callOnce(Execution run, Request request, Duration timeout) throws SQLException, IOException {
        Answer answer = run.await(transport.post("", serialize(request), Map.of(), timeout));
        parsed(answer.body());
        return answer;
    }

    /** Asks once, whatever comes of it, and whether the thread is interrupted or not. */
    void callQuietly(Request request, Duration timeout) throws SQLException {
        byte[] body = serialize(request);
        try {
            transport.undisturbed("", body, timeout);
        } catch (IOException | SQLException unheard) {
            // the caller does not need the answer
        }
    }

    /** Asks the server something, anew each time. */
    interface Attempt<T> {
        /** Fails with an IOException when no answer came. */
        T ask() throws SQLException, IOException;
    }

    /** Repeats what may be repeated until an answer comes, the retry timeout is over, or the run is ended. */
    <T> T persist(Execution run, Attempt<T> attempted) throws SQLException {
        long lostSince = 0;
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return attempted.ask();
            } catch (IOException lost) {
                long now = System.nanoTime();
                if (attempt == 1) {
                    lostSince = now;
                }
                if (!settings.reconnect()
                        || now - lostSince + pause.toNanos()
                                >= settings.retryTimeout().toNanos()) {
                    throw SqlErrors.lost(lost);
                }
            }
            run.pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /** Whether an answer that has been missing for so long is not waited for any more. */
    boolean isTooLate(long nanos) {
        return nanos >= settings.retryTimeout().toNanos();
    }

    /** How long to wait before a further attempt. */
    static Duration pauseBefore(int attempt) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt, 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private byte[] serialize(Request request) throws SQLException {
        try {
            return translation.serializeRequest(request);
        } catch (IOException impossible) {
            throw SqlErrors.of(
                    SqlErrors.INTERNAL, "request cannot be written: " + SqlErrors.text(impossible), impossible);
        }
    }

    private Response parsed(byte[] body) throws SQLException {
        Response response;
        try {
            response = translation.parseResponse(body);
        } catch (IOException | RuntimeException malformed) {
            throw SqlErrors.of(SqlErrors.PROTOCOL, "malformed answer of the server", malformed);
        }
        if (response instanceof ErrorResponse error) {
            throw failure(error);
        }
        return response;
    }

    private static SQLException failure(ErrorResponse error) {
        String message = error.errorMessage == null ? "the server gave no reason" : error.errorMessage;
        if (error.errorCode == ErrorResponse.MISSING_CONNECTION_ERROR_CODE) {
            return new MissingConnectionException(message);
        }
        String state = error.sqlState == null || error.sqlState.equals(ErrorResponse.UNKNOWN_SQL_STATE)
                ? SqlErrors.INTERNAL
                : error.sqlState;
        return SqlErrors.of(state, message, error.errorCode, null);
    }
}
