package io.millrace.sqltests.oracle;

import io.millrace.sqltests.oracle.generate.SampleTable;
import io.millrace.sqltests.oracle.query.Query;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** Makes a case smaller as long as it shows the same fault. */
final class Shrinker {
    private final Predicate<Case> isFaulty;
    private int tries;

    Shrinker(Predicate<Case> isFaulty, int tries) {
        this.isFaulty = isFaulty;
        this.tries = tries;
    }

    Case shrink(Case faulty) {
        Case best = faulty;
        for (Case smaller = better(best); smaller != null; smaller = better(best)) {
            best = smaller;
        }
        return best;
    }

    private Case better(Case best) {
        Iterator<Query> queries = best.query().smaller().iterator();
        while (queries.hasNext()) {
            Case smaller = new Case(best.tables(), queries.next());
            if (holds(smaller)) {
                return smaller;
            }
        }
        for (int table = 0; table < best.tables().size(); table++) {
            List<List<Object>> rows = best.tables().get(table).rows();
            for (int row = 0; row < rows.size(); row++) {
                Case smaller = new Case(withoutRow(best.tables(), table, row), best.query());
                if (holds(smaller)) {
                    return smaller;
                }
            }
        }
        return null;
    }

    private boolean holds(Case smaller) {
        try {
            return tries-- > 0 && isFaulty.test(smaller);
        } catch (RuntimeException notSound) { // what was taken out is used elsewhere
            return false;
        }
    }

    private static List<SampleTable> withoutRow(List<SampleTable> tables, int table, int row) {
        List<SampleTable> fewer = new ArrayList<>(tables);
        List<List<Object>> rows = new ArrayList<>(tables.get(table).rows());
        rows.remove(row);
        fewer.set(table, tables.get(table).withRows(rows));
        return fewer;
    }
}
