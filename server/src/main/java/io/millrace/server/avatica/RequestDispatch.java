package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.calcite.avatica.remote.Service;

/** Calls the method of a service that a request is for; Avatica's own way to do so is not public. */
final class RequestDispatch {
    private final Map<Class<?>, BiFunction<Service, Service.Request, Service.Response>> methods = new HashMap<>();

    RequestDispatch() {
        add(Service.OpenConnectionRequest.class, Service::apply);
        add(Service.CloseConnectionRequest.class, Service::apply);
        add(Service.ConnectionSyncRequest.class, Service::apply);
        add(Service.CreateStatementRequest.class, Service::apply);
        add(Service.CloseStatementRequest.class, Service::apply);
        add(Service.PrepareRequest.class, Service::apply);
        add(Service.PrepareAndExecuteRequest.class, Service::apply);
        add(Service.ExecuteRequest.class, Service::apply);
        add(Service.PrepareAndExecuteBatchRequest.class, Service::apply);
        add(Service.ExecuteBatchRequest.class, Service::apply);
        add(Service.SyncResultsRequest.class, Service::apply);
        add(Service.CommitRequest.class, Service::apply);
        add(Service.RollbackRequest.class, Service::apply);
        add(Service.CatalogsRequest.class, Service::apply);
        add(Service.SchemasRequest.class, Service::apply);
        add(Service.TablesRequest.class, Service::apply);
        add(Service.TableTypesRequest.class, Service::apply);
        add(Service.TypeInfoRequest.class, Service::apply);
        add(Service.ColumnsRequest.class, Service::apply);
        add(Service.DatabasePropertyRequest.class, Service::apply);
    }

    private <T extends Service.Request> void add(
            Class<T> kind, BiFunction<Service, T, ? extends Service.Response> method) {
        methods.put(kind, (service, request) -> method.apply(service, kind.cast(request)));
    }

    Service.Response apply(Service service, Service.Request request) {
        var method = methods.get(request.getClass());
        if (method == null) {
            throw new MillraceException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "a request of kind " + request.getClass().getSimpleName() + " is not known here");
        }
        return method.apply(service, request);
    }
}
