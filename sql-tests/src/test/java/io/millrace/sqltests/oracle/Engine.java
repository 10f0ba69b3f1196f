package io.millrace.sqltests.oracle;

import io.millrace.sqltests.oracle.generate.SampleTable;
import io.millrace.sqltests.oracle.query.Query;
import java.util.List;

/** What answers queries over tables. */
public interface Engine extends AutoCloseable {
    String name();

    /** Forgets the tables it had. */
    void load(List<SampleTable> tables);

    Answer answer(Query query);

    @Override
    default void close() {}
}
