package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a step gets to the disk. While the disk is full the views stay where they are, it is tried again from time to
 * time, and whoever needs a further step is told why there is none. For the thread of the dataflow.
 */
final class RecordWait {
    private static final Logger LOGGER = LoggerFactory.getLogger(RecordWait.class);
    /** Between two attempts, when nobody asks. */
    static final long MICROS = 100_000;

    private @Nullable MillraceException obstacle;

    /**
     * Whether the step is on disk by now.
     *
     * @param position of the step before it
     * @throws MillraceException when it never will be
     */
    boolean isOver(Step step, long position) {
        MillraceException cause = step.record().await();
        if (cause == null) {
            if (obstacle != null) {
                LOGGER.info("the views go on after position {}", position);
            }
            obstacle = null;
            return true;
        }
        if (obstacle == null) {
            LOGGER.error("the views wait at position {}: {}", position, cause.primary());
        }
        obstacle = new MillraceException(
                        ErrorCode.DISK_FULL, "the views wait at position " + position + ": " + cause.primary())
                .withHint(
                        "Free some space on the disk of the data directory, for instance by dropping a stream that nobody"
                                + " needs; then the views go on.");
        return false;
    }

    /** @throws MillraceException DISK_FULL when a step cannot be written for now */
    void check() {
        if (obstacle != null) {
            throw obstacle;
        }
    }

    /** What keeps a step from the disk for now; null: nothing. */
    @Nullable
    MillraceException obstacle() {
        return obstacle;
    }
}
