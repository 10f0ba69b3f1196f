package io.millrace.executor.time;

import io.millrace.executor.function.EvaluationContext;

/** The time of the current step of one circuit. */
public final class StepTime implements EvaluationContext {
    private long micros;

    public StepTime(long micros) {
        this.micros = micros;
    }

    public void set(long newMicros) {
        micros = newMicros;
    }

    @Override
    public long currentTimestamp() {
        return micros;
    }
}
