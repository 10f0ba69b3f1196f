package io.millrace.executor.column;

import io.millrace.executor.work.QueryScope;
import io.millrace.plan.DataType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Grows a {@link StringColumn}. */
final class StringColumnBuilder extends ColumnBuilder {
    private static final byte[] NO_BYTES = {};
    private static final int[] NO_OFFSETS = {0};

    private byte[] bytes = NO_BYTES;
    private int[] offsets = NO_OFFSETS;

    StringColumnBuilder(DataType type) {
        super(type);
    }

    @Override
    public void appendBytes(byte[] from, int start, int length) {
        int end = offsets[size];
        reserve(1);
        reserveBytes((long) end + length);
        System.arraycopy(from, start, bytes, end, length);
        offsets[++size] = end + length;
    }

    @Override
    public long sizeBytes() {
        return offsets[size] + (size + 1) * 4L + nullBytes();
    }

    @Override
    void appendPlaceholder() {
        reserve(1);
        offsets[size + 1] = offsets[size];
        size++;
    }

    @Override
    void appendCanonical(Object value) {
        if (value instanceof List<?> elements && type.isArray()) {
            appendArray(elements);
            return;
        }
        byte[] encoded;
        if (value instanceof String text) {
            encoded = text.getBytes(StandardCharsets.UTF_8);
        } else if (value instanceof byte[] binary) {
            encoded = binary;
        } else {
            throw wrongValue(value);
        }
        appendBytes(encoded, 0, encoded.length);
    }

    private void appendArray(List<?> elements) {
        ColumnBuilder builder = ColumnBuilder.of(type.elementType());
        elements.forEach(builder::appendValue);
        Column values = builder.build();
        ArrayWriter writer = new ArrayWriter(type.elementType());
        for (int i = 0; i < values.size(); i++) {
            writer.append(values, i);
        }
        writer.finish(this);
    }

    @Override
    void appendRow(Column source, int row) {
        StringColumn strings = (StringColumn) source;
        appendBytes(strings.bytes, strings.offsets[row], strings.length(row));
    }

    @Override
    void appendRows(Column source, int count) {
        if (count == 0) {
            return;
        }
        StringColumn strings = (StringColumn) source;
        int first = strings.offsets[0];
        int length = strings.offsets[count] - first;
        int end = offsets[size];
        reserve(count);
        reserveBytes((long) end + length);
        System.arraycopy(strings.bytes, first, bytes, end, length);
        int shift = end - first;
        for (int i = 1; i <= count; i++) {
            offsets[size + i] = strings.offsets[i] + shift;
        }
        size += count;
    }

    @Override
    void appendRows(Column source, int[] rows, int count) {
        StringColumn strings = (StringColumn) source;
        reserve(count);
        long total = offsets[size];
        for (int i = 0; i < count; i++) {
            total += strings.length(rows[i]);
        }
        reserveBytes(total);
        int end = offsets[size];
        for (int i = 0; i < count; i++) {
            int start = strings.offsets[rows[i]];
            int length = strings.offsets[rows[i] + 1] - start;
            System.arraycopy(strings.bytes, start, bytes, end, length);
            end += length;
            offsets[size + i + 1] = end;
        }
        size += count;
    }

    @Override
    Column viewColumn(long @Nullable [] viewedNulls) {
        return new StringColumn(bytes, offsets, viewedNulls, size);
    }

    @Override
    Column buildColumn(long @Nullable [] builtNulls) {
        Column column = new StringColumn(bytes, offsets, builtNulls, size);
        bytes = NO_BYTES;
        offsets = NO_OFFSETS;
        return column;
    }

    @Override
    void reserve(int more) {
        long needed = (long) size + more + 1;
        if (needed > offsets.length) {
            offsets = Arrays.copyOf(offsets, grown(offsets.length, needed));
        }
    }

    private void reserveBytes(long needed) {
        if (needed > bytes.length) {
            int larger = grown(bytes.length, needed);
            QueryScope.allocate(larger);
            bytes = Arrays.copyOf(bytes, larger);
        }
    }
}
