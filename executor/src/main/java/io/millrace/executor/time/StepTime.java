package io.millrace.executor.time;

import io.millrace.executor.function.EvaluationContext;

/** The time of the current step of one circuit. */
public final class StepTime implements EvaluationContext {
    private long micros;
    private long position;

    public StepTime(long micros) {
        this.micros = micros;
    }

    public void set(long newMicros) {
        micros = newMicros;
    }

    /** Tells where the query reads. */
    public void position(long newPosition) {
        position = newPosition;
    }

    @Override
    public long currentTimestamp() {
        return micros;
    }

    @Override
    public long readPosition() {
        return position;
    }
}
