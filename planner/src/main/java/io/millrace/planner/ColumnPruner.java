package io.millrace.planner;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.FilterProject;
import io.millrace.plan.GroupingSetsAggregate;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.Join;
import io.millrace.plan.JoinKey;
import io.millrace.plan.Limit;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanVisitor;
import io.millrace.plan.RowType;
import io.millrace.plan.SetOperation;
import io.millrace.plan.Sort;
import io.millrace.plan.SortKey;
import io.millrace.plan.StreamScan;
import io.millrace.plan.SystemScan;
import io.millrace.plan.TableScan;
import io.millrace.plan.UnionAll;
import io.millrace.plan.Values;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowAssign;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Narrows every node to the columns that are wanted above it, so that a scan reads no more than those. */
final class ColumnPruner implements PlanVisitor<ColumnPruner.Pruned> {
    /** A node and where its old columns are now; -1 for those that are gone. */
    record Pruned(PlanNode node, int[] mapping) {
        private static Pruned unchanged(PlanNode node) {
            return new Pruned(node, IntStream.range(0, node.rowType().size()).toArray());
        }
    }

    private final BitSet wanted;

    private ColumnPruner(BitSet wanted) {
        this.wanted = wanted;
    }

    /** All columns of the root are wanted. */
    static PlanNode prune(PlanNode root) {
        BitSet all = new BitSet();
        all.set(0, root.rowType().size());
        return prune(root, all).node();
    }

    private static Pruned prune(PlanNode node, BitSet wanted) {
        return node.accept(new ColumnPruner(wanted));
    }

    @Override
    public Pruned visitStreamScan(StreamScan scan) {
        return scan(
                scan,
                scan.columns(),
                (columns, type) -> new StreamScan(scan.streamId(), scan.streamName(), columns, scan.lateOnly(), type));
    }

    @Override
    public Pruned visitTableScan(TableScan scan) {
        return scan(
                scan,
                scan.columns(),
                (columns, type) ->
                        new TableScan(scan.tableId(), scan.tableName(), scan.source(), columns, scan.key(), type));
    }

    @Override
    public Pruned visitSystemScan(SystemScan scan) {
        return scan(scan, scan.columns(), (columns, type) -> new SystemScan(scan.tableName(), columns, type));
    }

    private Pruned scan(
            PlanNode scan, List<Integer> allColumns, BiFunction<List<Integer>, RowType, PlanNode> narrowed) {
        List<Integer> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        int[] mapping = nothing(scan);
        for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
            mapping[i] = columns.size();
            columns.add(allColumns.get(i));
            fields.add(scan.rowType().fields().get(i));
        }
        return new Pruned(narrowed.apply(columns, new RowType(fields)), mapping);
    }

    @Override
    public Pruned visitValues(Values values) {
        return Pruned.unchanged(values);
    }

    @Override
    public Pruned visitFilterProject(FilterProject node) {
        BitSet read = new BitSet();
        if (node.condition() != null) {
            Expressions.collect(node.condition(), read);
        }
        wanted.stream().forEach(i -> Expressions.collect(node.projections().get(i), read));
        Pruned input = prune(node.input(), read);
        List<Expression> projections = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        int[] mapping = nothing(node);
        for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
            mapping[i] = projections.size();
            projections.add(Expressions.remap(node.projections().get(i), input.mapping()));
            fields.add(node.rowType().fields().get(i));
        }
        Expression condition = node.condition() == null ? null : Expressions.remap(node.condition(), input.mapping());
        FilterProject narrowed = new FilterProject(input.node(), condition, projections, new RowType(fields));
        return new Pruned(FilterProjects.identityOr(narrowed), mapping);
    }

    @Override
    public Pruned visitWindowAssign(WindowAssign node) {
        int size = node.input().rowType().size();
        BitSet read = wanted.get(0, size);
        read.set(node.timeColumn());
        List<Integer> partition = node.partition();
        if (partition != null) {
            partition.forEach(read::set);
        }
        Pruned input = prune(node.input(), read);
        int[] mapping = nothing(node);
        System.arraycopy(input.mapping(), 0, mapping, 0, size);
        List<Field> fields = new ArrayList<>(input.node().rowType().fields());
        for (int i = size; i < node.rowType().size(); i++) {
            mapping[i] = fields.size();
            fields.add(node.rowType().fields().get(i));
        }
        int time = input.mapping()[node.timeColumn()];
        return new Pruned(
                new WindowAssign(
                        input.node(),
                        node.window(),
                        time,
                        node.closedBy(),
                        partition == null ? null : remap(partition, input.mapping()),
                        new RowType(fields)),
                mapping);
    }

    @Override
    public Pruned visitWindowAggregate(WindowAggregate node) {
        BitSet read = read(node.keys(), node.aggregates());
        read.set(node.timeColumn());
        Pruned input = prune(node.input(), read);
        return Pruned.unchanged(new WindowAggregate(
                input.node(),
                node.window(),
                input.mapping()[node.timeColumn()],
                node.timeAttribute(),
                remap(node.keys(), input.mapping()),
                calls(node.aggregates(), input.mapping()),
                node.rowType()));
    }

    @Override
    public Pruned visitHashAggregate(HashAggregate node) {
        int keys = node.keys().size();
        List<AggregateCall> aggregates = new ArrayList<>();
        List<Field> fields = new ArrayList<>(node.rowType().fields().subList(0, keys));
        int[] mapping = nothing(node);
        for (int i = 0; i < keys; i++) {
            mapping[i] = i;
        }
        for (int i = 0; i < node.aggregates().size(); i++) {
            AggregateCall call = node.aggregates().get(i);
            boolean checks = call.function() == AggregateFunction.SINGLE_VALUE;
            if (wanted.get(keys + i) || checks) {
                mapping[keys + i] = keys + aggregates.size();
                aggregates.add(call);
                fields.add(node.rowType().fields().get(keys + i));
            }
        }
        Pruned input = prune(node.input(), read(node.keys(), aggregates));
        HashAggregate narrowed = new HashAggregate(
                input.node(),
                remap(node.keys(), input.mapping()),
                calls(aggregates, input.mapping()),
                new RowType(fields));
        return new Pruned(narrowed, mapping);
    }

    @Override
    public Pruned visitGroupingSets(GroupingSetsAggregate node) {
        Pruned input = prune(node.input(), read(node.keys(), node.aggregates()));
        return Pruned.unchanged(new GroupingSetsAggregate(
                input.node(),
                remap(node.keys(), input.mapping()),
                node.sets(),
                calls(node.aggregates(), input.mapping()),
                node.rowType()));
    }

    @Override
    public Pruned visitJoin(Join node) {
        int leftSize = node.left().rowType().size();
        BitSet read = (BitSet) wanted.clone();
        Expression residual = node.residual();
        if (residual != null) {
            Expressions.collect(residual, read);
        }
        node.keys().forEach(key -> read.set(key.left()));
        node.keys().forEach(key -> read.set(leftSize + key.right()));
        int size = leftSize + node.right().rowType().size();
        Pruned left = prune(node.left(), read.get(0, leftSize));
        Pruned right = prune(node.right(), read.get(leftSize, size));
        int newLeftSize = left.node().rowType().size();
        int[] mapping = new int[size];
        System.arraycopy(left.mapping(), 0, mapping, 0, leftSize);
        for (int i = leftSize; i < size; i++) {
            int column = right.mapping()[i - leftSize];
            mapping[i] = column < 0 ? -1 : newLeftSize + column;
        }
        Join narrowed = new Join(
                left.node(),
                right.node(),
                node.kind(),
                node.keys().stream()
                        .map(key ->
                                new JoinKey(left.mapping()[key.left()], right.mapping()[key.right()], key.nullsEqual()))
                        .toList(),
                residual == null ? null : Expressions.remap(residual, mapping),
                Joins.rowType(left.node().rowType(), right.node().rowType(), node.kind()));
        return new Pruned(narrowed, node.kind().isFilter() ? left.mapping() : mapping);
    }

    /** Inputs keep columns that are gone elsewhere, so what is not wanted is dropped in each. */
    @Override
    public Pruned visitUnionAll(UnionAll node) {
        List<Field> fields = new ArrayList<>();
        int[] mapping = nothing(node);
        for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
            mapping[i] = fields.size();
            fields.add(node.rowType().fields().get(i));
        }
        List<PlanNode> inputs = new ArrayList<>();
        for (PlanNode input : node.inputs()) {
            Pruned pruned = prune(input, wanted);
            List<Expression> columns = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
                int column = pruned.mapping()[i];
                columns.add(new ColumnReference(column, pruned.node().rowType().type(column)));
                names.add(node.rowType().name(i));
            }
            inputs.add(FilterProjects.project(pruned.node(), columns, names));
        }
        return new Pruned(new UnionAll(inputs, new RowType(fields)), mapping);
    }

    /** What is not wanted still tells rows apart. */
    @Override
    public Pruned visitSetOperation(SetOperation node) {
        return Pruned.unchanged(
                new SetOperation(prune(node.left()), prune(node.right()), node.kind(), node.all(), node.rowType()));
    }

    @Override
    public Pruned visitSort(Sort node) {
        BitSet read = (BitSet) wanted.clone();
        node.keys().forEach(key -> read.set(key.column()));
        Pruned input = prune(node.input(), read);
        List<SortKey> keys = node.keys().stream()
                .map(key -> new SortKey(input.mapping()[key.column()], key.descending(), key.nullsFirst()))
                .toList();
        PlanNode sorted = new Sort(
                input.node(), keys, node.offset(), node.fetch(), input.node().rowType());
        return new Pruned(sorted, input.mapping());
    }

    @Override
    public Pruned visitLimit(Limit node) {
        Pruned input = prune(node.input(), wanted);
        return new Pruned(
                new Limit(
                        input.node(), node.offset(), node.fetch(), input.node().rowType()),
                input.mapping());
    }

    private static BitSet read(List<Integer> keys, List<AggregateCall> calls) {
        BitSet read = new BitSet();
        keys.forEach(read::set);
        calls.forEach(call -> call.columns().forEach(read::set));
        return read;
    }

    private static List<Integer> remap(List<Integer> columns, int[] mapping) {
        return columns.stream().map(column -> mapping[column]).toList();
    }

    private static List<AggregateCall> calls(List<AggregateCall> calls, int[] mapping) {
        return calls.stream()
                .map(call -> call.mapped(column -> mapping[column]))
                .toList();
    }

    private static int[] nothing(PlanNode node) {
        int[] mapping = new int[node.rowType().size()];
        java.util.Arrays.fill(mapping, -1);
        return mapping;
    }
}
