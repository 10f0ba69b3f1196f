package io.millrace.planner.rule;

import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** Lets a sub-query refer to another outer row, whose columns are some of those of the old one. */
final class OuterReferences extends RexShuttle {
    private final RexBuilder builder;
    private final Set<CorrelationId> from;
    private final RelDataType rowType;
    private final CorrelationId to;
    private final int shift;

    private OuterReferences(
            RexBuilder builder, Set<CorrelationId> from, RelDataType rowType, CorrelationId to, int shift) {
        this.builder = builder;
        this.from = from;
        this.rowType = rowType;
        this.to = to;
        this.shift = shift;
    }

    /** @param shift the number, in the old row, of the first column of the new one */
    static RexNode moved(
            RexBuilder builder,
            RexNode query,
            Set<CorrelationId> from,
            RelDataType rowType,
            CorrelationId to,
            int shift) {
        return query.accept(new OuterReferences(builder, from, rowType, to, shift));
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
        if (access.getReferenceExpr() instanceof RexCorrelVariable variable && from.contains(variable.id)) {
            return builder.makeFieldAccess(
                    builder.makeCorrel(rowType, to), access.getField().getIndex() - shift);
        }
        return super.visitFieldAccess(access);
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery operands = (RexSubQuery) super.visitSubQuery(query);
        return operands.clone(operands.rel.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode node) {
                return super.visit(node).accept(OuterReferences.this);
            }
        }));
    }
}
