package io.millrace.sqltests.oracle;

import io.millrace.sqltests.oracle.generate.SampleTable;
import io.millrace.sqltests.oracle.query.NoAnswerException;
import io.millrace.sqltests.oracle.query.Query;
import io.millrace.sqltests.oracle.query.Relation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers by what SQL defines: all pairs of a join tried one by one, a sub-query computed anew for each row. */
public final class Definition implements Engine {
    private final Map<String, Relation> relations = new HashMap<>();

    @Override
    public String name() {
        return "definition";
    }

    @Override
    public void load(List<SampleTable> tables) {
        relations.clear();
        tables.forEach(table -> relations.put(table.name(), table.relation()));
    }

    @Override
    public Answer answer(Query query) {
        try {
            return Answer.of(query.answer(relations));
        } catch (NoAnswerException failure) {
            return Answer.failed("none", failure.getMessage());
        }
    }
}
