package io.millrace.executor.dataflow;

/**
 * What was there when the engine started.
 *
 * @param checkpoint its position; -1 when none was used
 * @param views that there were
 * @param restoredViews of them, those whose state the checkpoint had
 * @param repeatedSteps that were made again after it
 * @param position after them
 * @param millis that it took
 */
public record RecoveryStatus(
        long checkpoint, int views, int restoredViews, long repeatedSteps, long position, long millis) {
    static final RecoveryStatus NONE = new RecoveryStatus(-1, 0, 0, 0, 0, 0);
}
