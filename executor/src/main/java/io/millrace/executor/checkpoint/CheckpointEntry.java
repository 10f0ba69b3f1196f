package io.millrace.executor.checkpoint;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the state of one view is.
 *
 * @param viewId of the view
 * @param plan a hash of its plan: another plan has another state
 * @param files the positions of the checkpoints whose files hold it: the first everything, the others what had changed
 */
public record CheckpointEntry(long viewId, long plan, List<Long> files) {
    public CheckpointEntry {
        files = List.copyOf(files);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(viewId);
        out.writeLong(plan);
        out.writeInt(files.size());
        for (long file : files) {
            out.writeLong(file);
        }
    }

    static CheckpointEntry read(DataInputStream in) throws IOException {
        long viewId = in.readLong();
        long plan = in.readLong();
        int count = in.readInt();
        List<Long> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(in.readLong());
        }
        return new CheckpointEntry(viewId, plan, files);
    }
}
