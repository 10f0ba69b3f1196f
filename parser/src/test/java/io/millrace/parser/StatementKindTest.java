package io.millrace.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.parser.ParsedStatement.Kind;
import io.millrace.parser.ast.SqlContinuousQuery;
import io.millrace.parser.ast.SqlCreateStream;
import io.millrace.parser.ast.SqlCreateTable;
import io.millrace.parser.ast.SqlEmit;
import io.millrace.parser.ast.SqlOption;
import io.millrace.parser.ast.SqlSince;
import io.millrace.parser.ast.SqlSubscribe;
import org.apache.calcite.sql.SqlOrderBy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementKindTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1; | QUERY",
                "VALUES (1) | QUERY",
                "SELECT 1 UNION SELECT 2 ORDER BY 1 | QUERY",
                "WITH a AS (SELECT 1) SELECT * FROM a | QUERY",
                "SELECT * FROM t EMIT CHANGES | QUERY",
                "INSERT INTO t VALUES (1) | INSERT",
                "UPDATE t SET a = 1 | UPDATE",
                "DELETE FROM t | DELETE",
                "SUBSCRIBE t | SUBSCRIBE",
                "CREATE STREAM s (a INT) | CREATE_STREAM",
                "ALTER STREAM s SET (a = 'b') | ALTER_STREAM",
                "ALTER STREAM s RESET (a.b, 'c') | ALTER_STREAM",
                "FLUSH SINKS | FLUSH",
                "CREATE TABLE s (a INT) | CREATE_TABLE",
                "CREATE VIEW v AS SELECT 1 | CREATE_VIEW",
                "CREATE MATERIALIZED VIEW v AS SELECT 1 | CREATE_MATERIALIZED_VIEW",
                "CREATE SINK s INTO (a = 'b') AS SELECT 1 | CREATE_SINK",
                "DROP VIEW v | DROP",
                "SHOW STREAMS | SHOW",
                "DESC t | DESCRIBE",
                "EXPLAIN PLAN FOR SELECT 1 | EXPLAIN",
                "KILL QUERY 1 | KILL_QUERY",
                "flush | FLUSH",
            })
    void isToldFromTheStatement(String sql, Kind kind) {
        assertThat(StatementParser.parse(sql).kind()).isEqualTo(kind);
    }

    @Test
    void continuousClausesWrapEverythingElse() {
        SqlContinuousQuery query = (SqlContinuousQuery)
                StatementParser.parse("SELECT * FROM t ORDER BY a LIMIT 3 EMIT EVERY 2s CHANGES SINCE AFTER POSITION 7")
                        .node();
        assertThat(query.query()).isInstanceOf(SqlOrderBy.class);
        assertThat(query.emit().mode()).isEqualTo(SqlEmit.Mode.EVERY_CHANGES);
        assertThat(query.since().start()).isEqualTo(SqlSince.Start.AFTER_POSITION);
        assertThat(query.since().argument()).hasToString("7");
    }

    @Test
    void aStreamHasColumnsAWatermarkAndOptions() {
        SqlCreateStream stream =
                (SqlCreateStream) StatementParser.parse("CREATE STREAM s (a VARCHAR NOT NULL DEFAULT 'x',"
                                + " ts TIMESTAMP(3), WATERMARK FOR ts AS ts - 5s IDLE TIMEOUT 10s)"
                                + " WITH (connector = 'socket', socket.port = 99, header = false)")
                        .node();
        assertThat(stream.columns()).hasSize(2);
        assertThat(stream.columns().get(0).isNullable()).isFalse();
        assertThat(stream.columns().get(0).defaultValue()).hasToString("'x'");
        assertThat(stream.columns().get(1).isNullable()).isTrue();
        assertThat(stream.watermark().column()).hasToString("ts");
        assertThat(stream.watermark().idleTimeout()).isNotNull();
        assertThat(stream.options()).extracting(SqlOption::key).containsExactly("connector", "socket.port", "header");
        assertThat(stream.options()).extracting(SqlOption::value).containsExactly("socket", "99", "false");
    }

    @Test
    void aKeyIsTheSameWhereverItIsWritten() {
        for (String sql : new String[] {
            "CREATE TABLE t (id INT PRIMARY KEY, a INT)", "CREATE TABLE t (id INT, a INT, PRIMARY KEY (id))"
        }) {
            assertThat(((SqlCreateTable) StatementParser.parse(sql).node()).primaryKey())
                    .hasToString("[id]");
        }
    }

    @Test
    void aSubscriptionHasATargetOptionsAndBounds() {
        SqlSubscribe subscribe = (SqlSubscribe)
                StatementParser.parse("SUBSCRIBE TO v WITH (SNAPSHOT = TRUE) SINCE BEGINNING UP TO POSITION 9")
                        .node();
        assertThat(subscribe.target()).hasToString("v");
        assertThat(subscribe.options().get(0).value()).isEqualTo("true");
        assertThat(subscribe.since().start()).isEqualTo(SqlSince.Start.BEGINNING);
        assertThat(subscribe.upTo()).hasToString("9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BOOLEAN",
                "TINYINT",
                "SMALLINT",
                "INT",
                "INTEGER",
                "BIGINT",
                "REAL",
                "FLOAT",
                "DOUBLE",
                "DOUBLE PRECISION",
                "DECIMAL",
                "DECIMAL(10)",
                "DECIMAL(38, 10)",
                "NUMERIC(5, 2)",
                "VARCHAR",
                "VARCHAR(20)",
                "CHAR(2)",
                "STRING",
                "TEXT",
                "BYTES",
                "VARBINARY",
                "VARBINARY(10)",
                "BINARY(3)",
                "DATE",
                "TIME",
                "TIME(3)",
                "TIMESTAMP",
                "TIMESTAMP(3)",
                "TIMESTAMP(6) NOT NULL",
                "TIMESTAMP WITH LOCAL TIME ZONE",
                "TIMESTAMP(3) WITH LOCAL TIME ZONE",
                "TIMESTAMP_LTZ",
                "TIMESTAMP_LTZ(3)",
                "VARCHAR ARRAY",
                "UUID",
            })
    void typesAreRead(String type) {
        assertThat(StatementParser.parse("CREATE STREAM s (a " + type + ")").node())
                .isNotNull();
        assertThat(StatementParser.parseExpression("CAST(a AS " + type.replace(" NOT NULL", "") + ")"))
                .isNotNull();
    }
}
