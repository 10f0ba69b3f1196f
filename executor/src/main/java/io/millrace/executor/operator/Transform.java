package io.millrace.executor.operator;

import io.millrace.executor.time.Watermarks;

/** An operator that passes everything but rows straight on. */
abstract class Transform implements Operator {
    final Operator output;

    Transform(Operator output) {
        this.output = output;
    }

    @Override
    public void advance(Watermarks watermarks) {
        output.advance(watermarks);
    }

    @Override
    public void endStep() {
        output.endStep();
    }

    @Override
    public void finish() {
        output.finish();
    }

    @Override
    public long stateBytes() {
        return output.stateBytes();
    }

    @Override
    public boolean isDone() {
        return output.isDone();
    }

    @Override
    public void close() {
        output.close();
    }
}
