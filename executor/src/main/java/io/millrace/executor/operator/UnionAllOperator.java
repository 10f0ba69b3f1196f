package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.time.Watermarks;

/** Linear: passes on the deltas of all its inputs. Bounded inputs come one after another, each by a port of its own. */
public final class UnionAllOperator {
    private final Operator output;
    private final int inputs;
    private int open;
    private int atEndOfStep;

    /** @param inputs how many ports are going to be taken */
    public UnionAllOperator(int inputs, Operator output) {
        this.output = output;
        this.inputs = inputs;
        open = inputs;
    }

    /** @param isLast whether this input comes after all others: by it the operators downstream are counted and closed */
    public Operator port(boolean isLast) {
        return new Port(isLast);
    }

    private final class Port extends Transform {
        private final boolean isLast;

        Port(boolean isLast) {
            super(UnionAllOperator.this.output);
            this.isLast = isLast;
        }

        @Override
        public void push(Batch batch) {
            output.push(batch);
        }

        /** The watermarks of one input do not hold for all. */
        @Override
        public void advance(Watermarks watermarks) {}

        /** What is downstream sees the end of a step once, after all inputs have seen it. */
        @Override
        public void endStep() {
            if (++atEndOfStep == inputs) {
                atEndOfStep = 0;
                super.endStep();
            }
        }

        @Override
        public void finish() {
            if (--open == 0) {
                super.finish();
            }
        }

        @Override
        public long stateBytes() {
            return isLast ? super.stateBytes() : 0;
        }

        @Override
        public void close() {
            if (isLast) {
                super.close();
            }
        }
    }
}
