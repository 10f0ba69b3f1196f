package io.millrace.executor.dataflow;

import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.Pipeline;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StreamScan;
import io.millrace.plan.TableScan;
import io.millrace.plan.Values;
import java.util.HashSet;
import java.util.Set;

/**
 * What a pipeline of a view reads.
 *
 * @param id of the stream, table or view
 */
record Feed(Pipeline pipeline, Kind kind, long id) {
    /** Kinds of sources. */
    enum Kind {
        STREAM,
        TABLE,
        VIEW,
        VALUES
    }

    static Feed of(Pipeline pipeline) {
        PlanNode source = pipeline.source();
        if (source instanceof StreamScan scan) {
            return new Feed(pipeline, Kind.STREAM, scan.streamId());
        }
        if (source instanceof TableScan scan) {
            Kind kind = scan.source() == TableScan.Source.TABLE ? Kind.TABLE : Kind.VIEW;
            return new Feed(pipeline, kind, scan.tableId());
        }
        if (source instanceof Values) {
            return new Feed(pipeline, Kind.VALUES, 0);
        }
        throw MillraceException.internal("a view cannot read " + source);
    }

    /** The views that a plan reads. */
    static Set<Long> viewsOf(PlanNode node) {
        Set<Long> views = new HashSet<>();
        if (node instanceof TableScan scan && scan.source() != TableScan.Source.TABLE) {
            views.add(scan.tableId());
        }
        node.inputs().forEach(input -> views.addAll(viewsOf(input)));
        return views;
    }

    /** The streams and tables that a plan reads. */
    static Set<Long> logsOf(PlanNode node) {
        Set<Long> logs = new HashSet<>();
        if (node instanceof StreamScan scan) {
            logs.add(scan.streamId());
        } else if (node instanceof TableScan scan && scan.source() == TableScan.Source.TABLE) {
            logs.add(scan.tableId());
        }
        node.inputs().forEach(input -> logs.addAll(logsOf(input)));
        return logs;
    }

    boolean hasLog() {
        return kind == Kind.STREAM || kind == Kind.TABLE;
    }
}
