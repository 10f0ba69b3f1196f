package io.millrace.executor.function;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Characters (code points) in UTF-8. */
final class Utf8 {
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** What a search may compare in vain. */
    private static final int FEW_BYTES = 4096;

    private Utf8() {}

    /** How many characters lie in a range: its bytes but for those that continue a character. */
    static int length(byte[] bytes, int start, int end) {
        int continued = 0;
        int at = start;
        for (; at + 8 <= end; at += 8) {
            long word = (long) LONG.get(bytes, at);
            continued += Long.bitCount((word >>> 7) & ~(word >>> 6) & ONES);
        }
        for (; at < end; at++) {
            continued += isContinuation(bytes[at]) ? 1 : 0;
        }
        return end - start - continued;
    }

    static boolean isAscii(byte[] bytes, int start, int end) {
        int at = start;
        for (; at + 8 <= end; at += 8) {
            if (((long) LONG.get(bytes, at) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    static boolean isContinuation(byte value) {
        return (value & 0xC0) == 0x80;
    }

    /** Where character number {@code index} (from 0) begins; the end of the range when there are fewer. */
    static int offset(byte[] bytes, int start, int end, long index) {
        int at = start;
        for (long i = 0; i < index && at < end; i++) {
            at = next(bytes, at, end);
        }
        return at;
    }

    /** The start of the character after the one at {@code at}. */
    static int next(byte[] bytes, int at, int end) {
        int next = at + 1;
        while (next < end && isContinuation(bytes[next])) {
            next++;
        }
        return next;
    }

    /** The start of the character before {@code at}. */
    static int previous(byte[] bytes, int at, int start) {
        int previous = at - 1;
        while (previous > start && isContinuation(bytes[previous])) {
            previous--;
        }
        return previous;
    }

    /** The character at {@code at}, which ends before {@code next}. */
    static int decode(byte[] bytes, int at, int next) {
        int lead = bytes[at];
        return switch (next - at) {
            case 1 -> lead & 0x7F;
            case 2 -> (lead & 0x1F) << 6 | (bytes[at + 1] & 0x3F);
            case 3 -> (lead & 0x0F) << 12 | (bytes[at + 1] & 0x3F) << 6 | (bytes[at + 2] & 0x3F);
            default ->
                (lead & 0x07) << 18
                        | (bytes[at + 1] & 0x3F) << 12
                        | (bytes[at + 2] & 0x3F) << 6
                        | (bytes[at + 3] & 0x3F);
        };
    }

    /** Writes a character; returns how many bytes it takes. */
    static int encode(int codePoint, byte[] bytes, int at) {
        if (codePoint < 0x80) {
            bytes[at] = (byte) codePoint;
            return 1;
        }
        if (codePoint < 0x800) {
            bytes[at] = (byte) (0xC0 | codePoint >> 6);
            bytes[at + 1] = (byte) (0x80 | (codePoint & 0x3F));
            return 2;
        }
        if (codePoint < 0x10000) {
            bytes[at] = (byte) (0xE0 | codePoint >> 12);
            bytes[at + 1] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
            bytes[at + 2] = (byte) (0x80 | (codePoint & 0x3F));
            return 3;
        }
        bytes[at] = (byte) (0xF0 | codePoint >> 18);
        bytes[at + 1] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
        bytes[at + 2] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
        bytes[at + 3] = (byte) (0x80 | (codePoint & 0x3F));
        return 4;
    }

    static int trimmedEnd(byte[] bytes, int start, int end) {
        int trimmed = end;
        while (trimmed > start && bytes[trimmed - 1] == ' ') {
            trimmed--;
        }
        return trimmed;
    }

    static int trimmedStart(byte[] bytes, int start, int end) {
        int trimmed = start;
        while (trimmed < end && bytes[trimmed] == ' ') {
            trimmed++;
        }
        return trimmed;
    }

    /** Where the needle first occurs in a range; -1 if it does not. */
    static int indexOf(byte[] bytes, int start, int end, byte[] needle, int needleStart, int needleEnd) {
        int length = needleEnd - needleStart;
        if (length == 0) {
            return start;
        }
        byte first = needle[needleStart];
        long wasted = 0;
        for (int at = start; at <= end - length; at++) {
            if (bytes[at] == first) {
                int matched = Arrays.mismatch(bytes, at, at + length, needle, needleStart, needleEnd);
                if (matched < 0) {
                    return at;
                }
                wasted += matched;
                if (wasted > FEW_BYTES + 4L * (at - start)) { // not a text, but made to be hard to search
                    return ByteSearch.indexOf(bytes, at + 1, end, needle, needleStart, needleEnd);
                }
            }
        }
        return -1;
    }
}
