package io.millrace.planner.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.tools.RelBuilderFactory;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Rows that no window needs do not reach it:
 *
 * <pre>
 * Filter(word = 'x' AND window_end &gt; t)       Filter(window_end &gt; t)
 *   Window(input)                        =&gt;     Window
 *                                                Filter(word = 'x')
 *                                                  input
 * </pre>
 */
public final class FilterWindowTransposeRule extends RelOptRule {
    private final Set<SqlOperator> movable;

    /** @param movable the functions that give a row the same windows whatever other rows there are */
    public FilterWindowTransposeRule(RelBuilderFactory builder, Set<SqlOperator> movable) {
        super(
                operand(LogicalFilter.class, operand(LogicalTableFunctionScan.class, any())),
                builder,
                "FilterWindowTransposeRule");
        this.movable = Set.copyOf(movable);
    }

    @Override
    public boolean matches(RelOptRuleCall call) {
        TableFunctionScan window = call.rel(1);
        return window.getInputs().size() == 1
                && window.getCall() instanceof RexCall function
                && movable.contains(function.getOperator());
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        Filter filter = call.rel(0);
        TableFunctionScan window = call.rel(1);
        RelNode input = window.getInput(0);
        ImmutableBitSet inputColumns = ImmutableBitSet.range(input.getRowType().getFieldCount());
        List<RexNode> below = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            (inputColumns.contains(RelOptUtil.InputFinder.bits(condition)) ? below : above).add(condition);
        }
        if (below.isEmpty()) {
            return;
        }
        var rexBuilder = filter.getCluster().getRexBuilder();
        RelNode filtered = LogicalFilter.create(input, RexUtil.composeConjunction(rexBuilder, below));
        RelNode moved = window.copy(
                window.getTraitSet(),
                List.of(filtered),
                window.getCall(),
                window.getElementType(),
                window.getRowType(),
                window.getColumnMappings());
        call.transformTo(
                above.isEmpty() ? moved : LogicalFilter.create(moved, RexUtil.composeConjunction(rexBuilder, above)));
    }
}
