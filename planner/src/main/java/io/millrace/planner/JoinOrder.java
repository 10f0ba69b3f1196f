package io.millrace.planner;

import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.Expression;
import io.millrace.plan.JoinKind;
import io.millrace.plan.PlanNode;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins several inputs, two at a time: always the pair that is expected to give the fewest rows, and never two that no
 * condition connects while there are two that one does. Equal choices are made in the order of the inputs.
 */
final class JoinOrder {
    /** A condition and the inputs that it reads. */
    private record Connection(Expression condition, BitSet inputs) {
        boolean isEquality() {
            return condition instanceof Call call
                    && (call.function() == ScalarFunction.EQUALS
                            || call.function() == ScalarFunction.IS_NOT_DISTINCT_FROM);
        }

        /** Whether it can be tried once these two are joined, and not before. */
        boolean connects(Part left, Part right) {
            return inputs.intersects(left.inputs) && inputs.intersects(right.inputs) && isWithin(left, right);
        }

        private boolean isWithin(Part left, Part right) {
            for (int input = inputs.nextSetBit(0); input >= 0; input = inputs.nextSetBit(input + 1)) {
                if (!left.inputs.get(input) && !right.inputs.get(input)) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Inputs that have been joined.
     *
     * @param columns the numbers of its columns
     */
    private record Part(PlanNode node, BitSet inputs, List<Integer> columns, double rows) {}

    private record Choice(int left, int right, boolean isConnected, double rows) {
        boolean isBetterThan(@Nullable Choice other) {
            return other == null || (isConnected == other.isConnected ? rows < other.rows : isConnected);
        }
    }

    private final int columnCount;
    private final int[] inputOf;
    private final List<Part> parts = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private final List<Expression> ofNoInput = new ArrayList<>();

    /** @param conditions over the columns of all inputs, numbered through */
    JoinOrder(List<PlanNode> inputs, List<Expression> conditions) {
        columnCount = inputs.stream().mapToInt(input -> input.rowType().size()).sum();
        inputOf = new int[columnCount];
        int[] first = new int[inputs.size()];
        int column = 0;
        for (int i = 0; i < inputs.size(); i++) {
            first[i] = column;
            column += inputs.get(i).rowType().size();
            Arrays.fill(inputOf, first[i], column, i);
        }
        List<List<Expression>> own = new ArrayList<>();
        inputs.forEach(input -> own.add(new ArrayList<>()));
        for (Expression condition : conditions) {
            BitSet read = inputsOf(condition);
            if (read.cardinality() == 1) {
                int input = read.nextSetBit(0);
                own.get(input).add(ConditionPushDown.shifted(condition, -first[input]));
            } else if (read.isEmpty()) {
                ofNoInput.add(condition);
            } else {
                connections.add(new Connection(condition, read));
            }
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (i == 0 && ofNoInput.stream().anyMatch(Constant.class::isInstance)) {
                own.get(0)
                        .addAll(ofNoInput.stream()
                                .filter(Constant.class::isInstance)
                                .toList());
                ofNoInput.removeIf(Constant.class::isInstance);
            }
            PlanNode node = ConditionPushDown.push(inputs.get(i), own.get(i));
            BitSet self = new BitSet();
            self.set(i);
            List<Integer> columns = new ArrayList<>();
            for (int k = 0; k < node.rowType().size(); k++) {
                columns.add(first[i] + k);
            }
            parts.add(new Part(node, self, columns, RowEstimates.rows(node)));
        }
    }

    private BitSet inputsOf(Expression condition) {
        BitSet read = new BitSet();
        Expressions.used(condition).stream().forEach(column -> read.set(inputOf[column]));
        return read;
    }

    /** @param output over the columns of all inputs */
    PlanNode plan(List<Expression> output, List<String> names) {
        while (parts.size() > 1) {
            PlanningBudget.current().check();
            Choice choice = choose();
            Part right = parts.remove(choice.right);
            Part left = parts.get(choice.left);
            parts.set(choice.left, join(left, right, choice.rows));
        }
        Part all = parts.get(0);
        PlanNode node = FilterProjects.filter(all.node, Expressions.conjunction(ofNoInput));
        int[] mapping = mapping(all.columns);
        return FilterProjects.project(
                node,
                output.stream()
                        .map(column -> Expressions.remap(column, mapping))
                        .toList(),
                names);
    }

    private Choice choose() {
        Choice best = null;
        for (int left = 0; left < parts.size(); left++) {
            for (int right = left + 1; right < parts.size(); right++) {
                Choice choice = choice(left, right);
                if (choice.isBetterThan(best)) {
                    best = choice;
                }
            }
        }
        return java.util.Objects.requireNonNull(best);
    }

    private Choice choice(int left, int right) {
        Part first = parts.get(left);
        Part second = parts.get(right);
        boolean hasKeys = false;
        double selectivity = 1;
        boolean isConnected = false;
        for (Connection connection : connections) {
            if (connection.connects(first, second)) {
                isConnected = true;
                hasKeys |= connection.isEquality();
                selectivity *= connection.isEquality() ? 1 : RowEstimates.selectivity(connection.condition);
            }
        }
        return new Choice(left, right, isConnected, RowEstimates.joined(first.rows, second.rows, hasKeys, selectivity));
    }

    /** The smaller part comes second: it is the one that is kept. */
    private Part join(Part first, Part second, double rows) {
        boolean swap = first.rows < second.rows;
        Part left = swap ? second : first;
        Part right = swap ? first : second;
        List<Integer> columns = new ArrayList<>(left.columns);
        columns.addAll(right.columns);
        int[] mapping = mapping(columns);
        List<Expression> conditions = new ArrayList<>();
        connections.removeIf(connection -> {
            if (!connection.connects(left, right)) {
                return false;
            }
            conditions.add(Expressions.remap(connection.condition, mapping));
            return true;
        });
        BitSet inputs = (BitSet) left.inputs.clone();
        inputs.or(right.inputs);
        return new Part(Joins.join(left.node, right.node, JoinKind.INNER, conditions), inputs, columns, rows);
    }

    private int[] mapping(List<Integer> columns) {
        int[] mapping = new int[columnCount];
        Arrays.fill(mapping, -1);
        for (int i = 0; i < columns.size(); i++) {
            mapping[columns.get(i)] = i;
        }
        return mapping;
    }
}
