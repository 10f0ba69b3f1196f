package io.millrace.executor.checkpoint;

import io.millrace.error.MillraceException;
import io.millrace.executor.log.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks all checkpoints of a data directory, which nobody has open. */
public final class CheckpointVerifier {
    private CheckpointVerifier() {}

    /** @param object what they are, for findings */
    public static List<Finding> verify(Path directory, String object) throws IOException {
        CheckpointStore store = new CheckpointStore(directory);
        List<Finding> findings = new ArrayList<>();
        List<Long> present = store.positions();
        Set<Long> parts = new HashSet<>();
        int newer = 0;
        for (long position : present) { // the newest first
            Path path = store.path(position);
            try {
                CheckpointFile file = store.open(position);
                file.verify();
                List<Finding> missing = new ArrayList<>();
                for (CheckpointEntry entry : file.entries()) {
                    entry.files().stream()
                            .filter(part -> !present.contains(part))
                            .forEach(part -> missing.add(new Finding(
                                    object,
                                    path,
                                    0,
                                    "the state of view number " + entry.viewId() + " is also in "
                                            + store.path(part).getFileName() + ", which is missing")));
                }
                boolean isOnlyPart = newer >= CheckpointStore.KEPT && parts.contains(position);
                if (!isOnlyPart) { // what only it needed has been deleted
                    findings.addAll(missing);
                }
                if (missing.isEmpty()) {
                    newer++;
                    file.entries().forEach(entry -> parts.addAll(entry.files()));
                }
            } catch (MillraceException damaged) {
                newer++;
                findings.add(
                        damaged.getCause() instanceof DamagedPlace place
                                ? new Finding(object, path, place.offset(), "it " + place.getMessage())
                                : new Finding(object, path, 0, damaged.primary()));
            }
        }
        return findings;
    }
}
