package io.millrace.sqltests;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** An empty database for one file; closing it removes what the file has made. */
public interface TestDatabase extends AutoCloseable {
    /** The JDBC URL. */
    String url();

    /** Null when its time runs by itself. */
    @Nullable
    TestClock clock();

    @Override
    void close() throws IOException, SQLException;
}
