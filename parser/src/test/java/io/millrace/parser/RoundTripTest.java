package io.millrace.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.dialect.CalciteSqlDialect;
import org.apache.calcite.util.Litmus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT word, COUNT(*) FROM lines WINDOW HOP(30s,10s) WHERE word LIKE '%ERROR%'",
                "SELECT COUNT(*) FROM lines l WINDOW TUMBLE(500ms) GROUP BY l.word EMIT CHANGES",
                "SELECT COUNT(*) FROM lines AS l WINDOW TUMBLE(SIZE => 1h, OFFSET => 5m, ON => ts)",
                "SELECT COUNT(*) FROM lines WINDOW TUMBLE(1h, ON ts)",
                "SELECT COUNT(*) FROM lines WINDOW TUMBLE(1h ON ts)",
                "SELECT COUNT(*) FROM lines WINDOW SESSION(GAP => INTERVAL '1' MINUTE, ON => ts)",
                "SELECT COUNT(*) FROM lines WINDOW CUMULATE(1d, 1h)",
                "SELECT COUNT(*) FROM lines WINDOW CUMULATE(SIZE => 1d, STEP => 1h, OFFSET 1h)",
                "SELECT COUNT(*) FROM a WINDOW TUMBLE(1m) JOIN b AS c WINDOW TUMBLE(1m ON t2) ON a.x = c.x",
                "SELECT SUM(x) OVER w FROM a WINDOW TUMBLE(1m) WHERE x > 0 WINDOW w AS (PARTITION BY y)",
                "SELECT SUM(x) OVER w FROM a WINDOW w AS (PARTITION BY y)",
                "SELECT COUNT(*) FROM (SELECT * FROM a) AS s WINDOW TUMBLE(1m)",
                "SELECT STREAM * FROM lines",
                "SELECT * FROM lines EMIT CHANGES",
                "SELECT * FROM lines EMIT FINAL",
                "SELECT * FROM lines EMIT ON WINDOW CLOSE",
                "SELECT * FROM lines EMIT EVERY 10s",
                "SELECT * FROM lines EMIT EVERY 1500ms CHANGES",
                "SELECT * FROM lines SINCE NOW",
                "SELECT * FROM lines l SINCE BEGINNING EMIT CHANGES",
                "SELECT * FROM lines EMIT CHANGES SINCE BEGINNING",
                "SELECT * FROM lines ORDER BY a LIMIT 10 SINCE TIMESTAMP '2026-01-01 00:00:00' EMIT CHANGES",
                "SELECT * FROM lines SINCE TIMESTAMP NOW() - 1h",
                "SELECT * FROM lines SINCE AFTER POSITION 42",
                "SELECT * FROM lines SINCE AFTER POSITION ?",
                "SELECT a FROM t UNION ALL SELECT b FROM u EMIT CHANGES",
                "WITH x AS (SELECT * FROM t) SELECT * FROM x EMIT CHANGES",
                "INSERT INTO t SELECT * FROM lines EMIT CHANGES",
                "INSERT INTO lines VALUES ('a', TIMESTAMP '2026-01-01 00:00:00'), ('b', ?)",
                "INSERT INTO lines (word) VALUES ('a')",
                "UPDATE items SET price = price * 2 WHERE id = 1",
                "DELETE FROM items WHERE id = 1",
                "SELECT 1e5, 1.5, 10, ts - 5s, ts + 500ms FROM t",
                "CREATE STREAM lines (word VARCHAR, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)",
                "CREATE OR REPLACE STREAM lines (word VARCHAR)",
                "CREATE STREAM IF NOT EXISTS lines (word STRING NOT NULL, n INT NULL DEFAULT 3, ts TIMESTAMP(3),"
                        + " WATERMARK FOR ts AS ts - 5s IDLE TIMEOUT 10s MAX FUTURE SKEW 5m)"
                        + " WITH (connector = 'socket', socket.port = 9999, 'a.b' = 'c', mode = append)",
                "CREATE TABLE items (id INT PRIMARY KEY, name VARCHAR, price DECIMAL(10,2))",
                "CREATE TABLE items (id INT, name VARCHAR, PRIMARY KEY (id, name)) WITH (a = 'b')",
                "CREATE MATERIALIZED VIEW v AS SELECT word, COUNT(*) FROM lines GROUP BY word",
                "CREATE OR REPLACE MATERIALIZED VIEW v (a, b) AS SELECT 1, 2 FROM t",
                "CREATE VIEW IF NOT EXISTS v AS SELECT * FROM t WINDOW TUMBLE(1m) EMIT CHANGES",
                "CREATE SINK s INTO (connector = 'kafka', topic = 'x') AS SELECT * FROM v EMIT CHANGES",
                "DROP STREAM lines",
                "DROP TABLE IF EXISTS t",
                "DROP VIEW v CASCADE",
                "DROP MATERIALIZED VIEW IF EXISTS v CASCADE",
                "DROP SINK s",
                "SHOW STREAMS",
                "SHOW TABLES",
                "SHOW VIEWS",
                "SHOW SINKS",
                "SHOW QUERIES",
                "SHOW WATERMARKS",
                "DESCRIBE lines",
                "DESC lines",
                "EXPLAIN SELECT * FROM t",
                "EXPLAIN ANALYZE SELECT * FROM t EMIT CHANGES",
                "EXPLAIN PLAN FOR SELECT * FROM t",
                "EXPLAIN INSERT INTO t VALUES (1)",
                "KILL QUERY 7",
                "KILL QUERY 'q-7'",
                "FLUSH",
                "SUBSCRIBE v",
                "SUBSCRIBE TO v WITH (SNAPSHOT = TRUE, PROGRESS = FALSE) SINCE AFTER POSITION 5 UP TO POSITION 9",
                "SUBSCRIBE (SELECT * FROM v WHERE a > 1) SINCE BEGINNING",
                "SELECT * FROM TABLE(HOP(TABLE lines PARTITION BY k, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '30' SECOND))",
                "SELECT * FROM TABLE(HOP(DATA => TABLE lines, TIMECOL => DESCRIPTOR(ts), SLIDE => 10s, SIZE => 30s))",
                "SELECT * FROM HOP(TABLE lines, DESCRIPTOR(ts), 10s, 30s)",
                "SELECT * FROM TABLE(LATE_ROWS(TABLE lines))",
                "SELECT word, ROW_NUMBER() OVER (PARTITION BY word ORDER BY ts) AS n FROM lines QUALIFY n = 1",
                "VALUES (1, 'a'), (2, 'b')",
            })
    void comesBackTheSameAfterBeingWrittenOut(String sql) {
        SqlNode node = StatementParser.parse(sql).node();
        String written = node.toSqlString(CalciteSqlDialect.DEFAULT).getSql();
        SqlNode again = StatementParser.parse(written).node();
        assertThat(again.equalsDeep(node, Litmus.IGNORE)).as(written).isTrue();
        assertThat(again.toSqlString(CalciteSqlDialect.DEFAULT).getSql()).isEqualTo(written);
    }
}
