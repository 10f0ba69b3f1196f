package io.millrace.sqltests.oracle;

import io.millrace.sqltests.oracle.generate.SampleTable;
import io.millrace.sqltests.oracle.query.Query;
import java.util.List;

/** A query over tables. */
record Case(List<SampleTable> tables, Query query) {
    /** As one would type it. */
    String script() {
        StringBuilder script = new StringBuilder();
        for (SampleTable table : tables) {
            if (query.sql().contains(table.name())) {
                script.append(table.create()).append(";\n");
                if (table.insert() != null) {
                    script.append(table.insert()).append(";\n");
                }
            }
        }
        return script.append(query.sql()).append(";\n").toString();
    }
}
