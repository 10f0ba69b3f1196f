package io.millrace.executor.dataflow;

/**
 * Into how many parts the rows of a step are divided, while the views are behind: fewer rows when steps take long, as far as that makes
 * them shorter. For the thread of the dataflow.
 */
final class StepSize {
    static final long LONG_NANOS = 8_000_000;

    /** After dividing has not helped, so many steps are made before it is tried again. */
    private static final int STEPS_BETWEEN_TRIES = 16;

    private final int most;
    private int parts;
    private long before;
    private int rests;

    /** @param most parts of the largest step */
    StepSize(int most) {
        this.most = most;
        parts = most;
    }

    /** So many parts the next step takes. */
    int parts() {
        return parts;
    }

    /**
     * A step has been made of that many.
     *
     * @param nanos that the views took for it
     */
    void taken(long nanos) {
        boolean isUseless = before > 0 && nanos > before - before / 4;
        before = 0;
        if (isUseless) { // what takes long is not the rows, but what each step costs
            parts = Math.min(most, 2 * parts);
            rests = STEPS_BETWEEN_TRIES;
        } else if (nanos > LONG_NANOS) {
            if (rests == 0 && parts > 1) {
                parts /= 2;
                before = nanos;
            }
        } else if (parts < most && nanos / parts * (parts + 1) < LONG_NANOS) {
            parts++;
        }
        rests = Math.max(0, rests - 1);
    }
}
