package io.millrace.executor.function;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.Call;
import io.millrace.plan.ScalarFunction;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32;

/** Digests, hexadecimal digits and Base64 of strings and bytes. */
final class Encodings {
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private Encodings() {}

    static Evaluator text(Call call, ExpressionCompiler compiler) {
        Operand[] operands = compiler.operands(call);
        TextFunction.Kernel kernel = switch (call.function()) {
            case MD5 -> digest("MD5");
            case SHA1 -> digest("SHA-1");
            case SHA256 -> digest("SHA-256");
            case SHA512 -> digest("SHA-512");
            case TO_HEX ->
                operands[0].type.isInteger()
                        ? (x, row, out) -> out.appendAscii(Long.toHexString(x[0].longAt(row)))
                        : (x, row, out) -> appendHex(x[0].bytes, x[0].start(row), x[0].end(row), out);
            case FROM_HEX -> Encodings::appendUnhexed;
            case TO_BASE64 -> Encodings::appendBase64;
            case FROM_BASE64 -> Encodings::appendDecoded;
            default -> throw MillraceException.internal(call.function() + " encodes nothing");
        };
        return new TextFunction(call.type(), kernel, operands);
    }

    static Evaluator checksum(Call call, ExpressionCompiler compiler) {
        CRC32 checksum = new CRC32();
        return new LongFunction(
                call.type(),
                (x, row) -> {
                    checksum.reset();
                    checksum.update(x[0].bytes, x[0].start(row), x[0].length(row));
                    return checksum.getValue();
                },
                compiler.operands(call));
    }

    static ScalarFunction[] texts() {
        return new ScalarFunction[] {
            ScalarFunction.MD5,
            ScalarFunction.SHA1,
            ScalarFunction.SHA256,
            ScalarFunction.SHA512,
            ScalarFunction.TO_HEX,
            ScalarFunction.FROM_HEX,
            ScalarFunction.TO_BASE64,
            ScalarFunction.FROM_BASE64
        };
    }

    private static TextFunction.Kernel digest(String algorithm) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] result = new byte[digest.getDigestLength()];
            return (x, row, out) -> {
                digest.update(x[0].bytes, x[0].start(row), x[0].length(row));
                try {
                    digest.digest(result, 0, result.length);
                } catch (DigestException tooShort) {
                    throw MillraceException.internal("a digest of " + algorithm + " has more bytes than it says");
                }
                appendHex(result, 0, result.length, out);
            };
        } catch (NoSuchAlgorithmException missing) {
            throw MillraceException.notSupported("the digest " + algorithm + " on this Java", null);
        }
    }

    private static void appendHex(byte[] bytes, int start, int end, TextBuffer out) {
        out.reserve(2L * (end - start));
        for (int at = start; at < end; at++) {
            out.bytes[out.length++] = DIGITS[bytes[at] >> 4 & 15];
            out.bytes[out.length++] = DIGITS[bytes[at] & 15];
        }
    }

    private static void appendUnhexed(Operand[] x, int row, TextBuffer out) {
        int length = x[0].length(row);
        boolean valid = length % 2 == 0;
        for (int at = x[0].start(row); valid && at < x[0].end(row); at += 2) {
            int high = Character.digit(x[0].bytes[at], 16);
            int low = Character.digit(x[0].bytes[at + 1], 16);
            valid = high >= 0 && low >= 0;
            out.append((byte) (high << 4 | low));
        }
        if (!valid) {
            throw malformed("hexadecimal digits", x[0].text(row));
        }
    }

    private static void appendBase64(Operand[] x, int row, TextBuffer out) {
        ByteBuffer encoded = Base64.getEncoder().encode(ByteBuffer.wrap(x[0].bytes, x[0].start(row), x[0].length(row)));
        out.append(encoded.array(), encoded.position(), encoded.limit());
    }

    /** White space and line ends are skipped. */
    private static void appendDecoded(Operand[] x, int row, TextBuffer out) {
        try {
            ByteBuffer source = ByteBuffer.wrap(x[0].bytes, x[0].start(row), x[0].length(row));
            boolean lines = false;
            for (int at = x[0].start(row); at < x[0].end(row); at++) {
                lines |= x[0].bytes[at] <= ' ' && x[0].bytes[at] >= 0;
            }
            ByteBuffer decoded = (lines ? Base64.getMimeDecoder() : Base64.getDecoder()).decode(source);
            out.append(decoded.array(), decoded.position(), decoded.limit());
        } catch (IllegalArgumentException malformed) {
            throw malformed("Base64", x[0].text(row));
        }
    }

    private static MillraceException malformed(String form, String text) {
        return new MillraceException(
                ErrorCode.INVALID_PARAMETER, "invalid " + form + ": \"" + EvaluationErrors.shortened(text) + "\"");
    }
}
