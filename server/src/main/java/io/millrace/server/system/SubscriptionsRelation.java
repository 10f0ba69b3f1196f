package io.millrace.server.system;

import io.millrace.catalog.SystemTable;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.dataflow.SubscriptionStatus;
import java.util.List;

/** {@code sys.subscriptions}: who follows which view or query, and how far behind. */
final class SubscriptionsRelation implements SystemRelation {
    private static final SystemTable DEFINITION = new SystemTable(
            "subscriptions",
            List.of(
                    SystemRelation.number("query_id"),
                    SystemRelation.number("view_id"),
                    SystemRelation.text("statement"),
                    SystemRelation.text("client"),
                    SystemRelation.time("started"),
                    SystemRelation.number("position"),
                    SystemRelation.number("waiting_rows"),
                    SystemRelation.number("conflations"),
                    SystemRelation.number("rows_out"),
                    SystemRelation.number("state_bytes")));

    private final StreamEngine engine;

    SubscriptionsRelation(StreamEngine engine) {
        this.engine = engine;
    }

    @Override
    public SystemTable definition() {
        return DEFINITION;
    }

    @Override
    public void read(SystemRows rows) {
        for (SubscriptionStatus status : engine.views().subscriptions()) {
            rows.add(
                    status.queryId(),
                    status.viewId() < 0 ? null : status.viewId(),
                    status.sql(),
                    status.client(),
                    SystemRelation.millis(status.started()),
                    status.position(),
                    status.waitingRows(),
                    status.conflations(),
                    status.rowsOut(),
                    status.stateBytes());
        }
    }
}
