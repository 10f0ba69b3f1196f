package io.millrace.executor.function;

import static io.millrace.executor.function.Expressions.*;

import com.sun.management.ThreadMXBean;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.Selection;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;

/** Prints the rows per second of processor time of a few kernels, and what they allocate. Run by hand. */
final class KernelSpeed {
    private static final int ROWS = Column.MAX_ROWS;

    private KernelSpeed() {}

    public static void main(String[] arguments) {
        Random random = new Random(1);
        Object[] words = new Object[ROWS];
        Object[] numbers = new Object[ROWS];
        Object[] others = new Object[ROWS];
        Object[] doubles = new Object[ROWS];
        for (int row = 0; row < ROWS; row++) {
            words[row] = random.nextInt(100) == 0 ? "xxERROR" : "word" + (1000 + random.nextInt(9000));
            numbers[row] = (long) random.nextInt(1000);
            others[row] = (long) random.nextInt(1000) + 1;
            doubles[row] = random.nextGaussian();
        }
        ColumnBatch batch = new ColumnBatch(
                ROWS,
                List.of(
                        columnOf(VARCHAR, words),
                        columnOf(BIGINT, numbers),
                        columnOf(BIGINT, others),
                        columnOf(DOUBLE, doubles)));
        Expression word = column(0, VARCHAR);
        Expression a = column(1, BIGINT);
        Expression b = column(2, BIGINT);
        Expression x = column(3, DOUBLE);
        predicate("word LIKE '%ERROR%'", call(ScalarFunction.LIKE, BOOLEAN, word, text("%ERROR%")), batch);
        predicate("word ILIKE '%ERROR%'", call(ScalarFunction.ILIKE, BOOLEAN, word, text("%ERROR%")), batch);
        predicate("word LIKE 'wo%1_'", call(ScalarFunction.LIKE, BOOLEAN, word, text("wo%1_")), batch);
        predicate("word = 'word1234'", call(ScalarFunction.EQUALS, BOOLEAN, word, text("word1234")), batch);
        predicate("a < 500", call(ScalarFunction.LESS, BOOLEAN, a, number(500)), batch);
        predicate("a < b", call(ScalarFunction.LESS, BOOLEAN, a, b), batch);
        predicate("x < 0.5", call(ScalarFunction.LESS, BOOLEAN, x, number(0.5)), batch);
        evaluator("a + 1", call(ScalarFunction.ADD, BIGINT, a, number(1)), batch);
        evaluator("a + b", call(ScalarFunction.ADD, BIGINT, a, b), batch);
        evaluator("a * b", call(ScalarFunction.MULTIPLY, BIGINT, a, b), batch);
        evaluator("a / b", call(ScalarFunction.DIVIDE, BIGINT, a, b), batch);
        evaluator("x * x", call(ScalarFunction.MULTIPLY, DOUBLE, x, x), batch);
        evaluator("UPPER(word)", call(ScalarFunction.UPPER, VARCHAR, word), batch);
        evaluator("EXTRACT(YEAR)", call(ScalarFunction.EXTRACT, BIGINT, text("YEAR"), column(1, TIMESTAMP)), batch);
        Expression condition = call(ScalarFunction.LESS, BOOLEAN, a, number(500));
        evaluator("CASE", call(ScalarFunction.CASE, BIGINT, condition, a, b), batch);
    }

    private static void predicate(String name, Expression condition, ColumnBatch batch) {
        Predicate predicate = compiler().compilePredicate(condition);
        Selection out = new Selection();
        measure(name, () -> predicate.select(batch, null, out));
    }

    private static void evaluator(String name, Expression expression, ColumnBatch batch) {
        Evaluator evaluator = compiler().compile(expression);
        measure(name, () -> evaluator.evaluate(batch, null));
    }

    private static void measure(String name, Runnable batch) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double best = 0;
        double allocated = 0;
        for (int round = 0; round < 6; round++) {
            int batches = 4_000;
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long start = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < batches; i++) {
                batch.run();
            }
            double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
            allocated = (double) (threads.getCurrentThreadAllocatedBytes() - bytes) / batches;
            best = Math.max(best, batches * (double) ROWS / seconds / 1e6);
        }
        System.out.printf("%-24s %8.0f million rows/s %10.1f bytes/batch%n", name, best, allocated);
    }
}
