package io.millrace.executor.function;

import io.millrace.error.MillraceException;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.ScalarFunction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** LIKE and ILIKE. A constant pattern is parsed once, another whenever it differs from the row before. */
final class LikeCondition extends Condition {
    private final Operand value;
    private final boolean fold;
    private final @Nullable ContainsSearch search;
    private @Nullable LikePattern pattern;
    private final boolean patternConstant;

    private int[] hits = {};
    private byte[] lastPattern = {};
    private byte[] lastEscape = {};

    private LikeCondition(Operand[] operands, boolean fold, @Nullable LikePattern pattern) {
        super(operands);
        value = operands[0];
        this.fold = fold;
        this.pattern = pattern;
        patternConstant = pattern != null;
        search = pattern != null && pattern.form == LikePattern.Form.CONTAINS && !value.constant
                ? new ContainsSearch(pattern.literal)
                : null;
    }

    static Evaluator like(Call call, ExpressionCompiler compiler) {
        Operand[] operands = compiler.operands(call);
        boolean fold = call.function() == ScalarFunction.ILIKE;
        if (fold) {
            operands[0] = new Operand(new TextFunction(
                    DataType.varchar(),
                    (x, row, out) -> CaseFolding.appendFolded(x[0].bytes, x[0].start(row), x[0].end(row), out),
                    operands[0]));
        }
        boolean constant = operands[1].constant && (operands.length < 3 || operands[2].constant);
        return new LikeCondition(operands, fold, constant ? parseConstant(operands, fold) : null);
    }

    /** CONTAINS(value, constant). */
    static Evaluator contains(Operand value, Operand literal) {
        byte[] bytes = Arrays.copyOfRange(literal.bytes, literal.start(0), literal.end(0));
        return new LikeCondition(new Operand[] {value}, false, LikePattern.contains(bytes));
    }

    private static @Nullable LikePattern parseConstant(Operand[] operands, boolean fold) {
        try {
            return LikePattern.parse(operands[1].text(0), operands.length < 3 ? "" : operands[2].text(0), fold);
        } catch (MillraceException invalid) {
            // the first row that needs the pattern raises the error again
            return null;
        }
    }

    @Override
    int selectAll(int rowCount, int[] out) {
        if (search != null) {
            return search.find(value.bytes, value.offsets, rowCount, out);
        }
        int found = 0;
        for (int row = 0; row < rowCount; row++) {
            QueryScope.checkRow(row);
            out[found] = row;
            found += matches(row) ? 1 : 0;
        }
        return found;
    }

    @Override
    int selectFrom(int[] in, int count, int[] out) {
        int found = 0;
        if (search == null || count == 0 || count < (in[count - 1] + 1) / 4) {
            for (int i = 0; i < count; i++) {
                QueryScope.checkRow(i);
                int row = in[i];
                out[found] = row;
                found += matches(row) ? 1 : 0;
            }
            return found;
        }
        int rowCount = in[count - 1] + 1;
        if (hits.length < rowCount) {
            hits = new int[rowCount];
        }
        int hitCount = search.find(value.bytes, value.offsets, rowCount, hits);
        int hit = 0;
        for (int i = 0; i < count && hit < hitCount; i++) {
            int row = in[i];
            while (hit < hitCount && hits[hit] < row) {
                hit++;
            }
            if (hit < hitCount && hits[hit] == row) {
                out[found++] = row;
            }
        }
        return found;
    }

    private boolean matches(int row) {
        LikePattern current = pattern;
        if (!patternConstant) {
            for (Operand operand : operands) {
                if (operand.isNull(row)) {
                    return false;
                }
            }
            current = patternOf(row);
        }
        return current != null && current.matches(value.bytes, value.start(row), value.end(row));
    }

    private LikePattern patternOf(int row) {
        Operand text = operands[1];
        Operand escape = operands.length < 3 ? null : operands[2];
        LikePattern last = pattern;
        boolean same = last != null
                && Arrays.equals(text.bytes, text.start(row), text.end(row), lastPattern, 0, lastPattern.length)
                && (escape == null
                        || Arrays.equals(
                                escape.bytes, escape.start(row), escape.end(row), lastEscape, 0, lastEscape.length));
        if (last != null && same) {
            return last;
        }
        LikePattern parsed = LikePattern.parse(text.text(row), escape == null ? "" : escape.text(row), fold);
        lastPattern = Arrays.copyOfRange(text.bytes, text.start(row), text.end(row));
        lastEscape =
                escape == null ? new byte[0] : Arrays.copyOfRange(escape.bytes, escape.start(row), escape.end(row));
        pattern = parsed;
        return parsed;
    }
}
