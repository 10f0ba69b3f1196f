package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.BeanPropertyRowMapper;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcUtils;

/** Spring's templates. */
@Timeout(60)
class SpringTest {
    private static final String INSERT = "INSERT INTO events (id, name, price, moment) VALUES (?, ?, ?, ?)";

    private ClientServer millrace;
    private DriverManagerDataSource source;
    private JdbcTemplate template;

    /** A row as a bean, named as the columns are. */
    public record Event(long id, String name, BigDecimal price, LocalDateTime moment) {}

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        millrace = new ClientServer(data);
        source = new DriverManagerDataSource(millrace.url());
        template = new JdbcTemplate(source);
    }

    @AfterEach
    void stop() throws Exception {
        millrace.close();
    }

    @Test
    void createsInsertsAndReads() {
        template.execute("CREATE STREAM visits (page VARCHAR, n BIGINT)");
        assertThat(template.update("INSERT INTO visits VALUES (?, ?)", "/home", 3))
                .isEqualTo(1);
        assertThat(template.queryForObject("SELECT n FROM visits WHERE page = ?", Long.class, "/home"))
                .isEqualTo(3);
        assertThat(template.queryForList("SELECT * FROM visits")).containsExactly(Map.of("page", "/home", "n", 3L));
    }

    @Test
    void insertsABatch() {
        LocalDateTime noon = LocalDateTime.of(2026, 1, 2, 12, 0);
        int[] counts = template.batchUpdate(
                INSERT,
                Arrays.asList(
                        new Object[] {1L, "a", new BigDecimal("1.25"), Timestamp.valueOf(noon)},
                        new Object[] {2L, null, null, noon},
                        new Object[] {3, "c", 7, null}));
        assertThat(counts).containsExactly(1, 1, 1);
        List<Event> events = template.query("SELECT * FROM events ORDER BY id", new DataClassRowMapper<>(Event.class));
        assertThat(events)
                .containsExactly(
                        new Event(1, "a", new BigDecimal("1.25"), noon),
                        new Event(2, null, null, noon),
                        new Event(3, "c", new BigDecimal("7.00"), null));
        assertThat(template.batchUpdate(
                        "INSERT INTO events (id) VALUES (4)", "INSERT INTO events (id) VALUES (5), (6)"))
                .containsExactly(1, 2);
    }

    @Test
    void changesATable() {
        template.execute("CREATE TABLE stock (item VARCHAR PRIMARY KEY, n INTEGER NOT NULL DEFAULT 0)");
        assertThat(template.batchUpdate(
                        "INSERT INTO stock VALUES (?, ?)",
                        List.of(new Object[] {"bolt", 5}, new Object[] {"nut", 7}, new Object[] {"pin", 9})))
                .containsExactly(1, 1, 1);
        assertThat(template.update("UPDATE stock SET n = n + ? WHERE n > ?", 10, 5))
                .isEqualTo(2);
        assertThat(template.batchUpdate(
                        "UPDATE stock SET n = ? WHERE item = ?",
                        List.of(new Object[] {1, "bolt"}, new Object[] {2, "none"})))
                .containsExactly(1, 0);
        assertThat(new NamedParameterJdbcTemplate(source)
                        .update("DELETE FROM stock WHERE item IN (:items)", Map.of("items", List.of("nut", "none"))))
                .isEqualTo(1);
        assertThat(template.queryForList("SELECT item, n FROM stock ORDER BY item"))
                .containsExactly(Map.of("item", "bolt", "n", 1), Map.of("item", "pin", "n", 19));
        assertThatThrownBy(() -> template.update("INSERT INTO stock VALUES ('pin', 1)"))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void bindsParametersByName() {
        NamedParameterJdbcTemplate named = new NamedParameterJdbcTemplate(source);
        named.update(
                "INSERT INTO events (id, name) VALUES (:id, :name)",
                new MapSqlParameterSource("id", 5).addValue("name", "five"));
        assertThat(named.queryForList(
                        "SELECT name FROM events WHERE id IN (:ids)", Map.of("ids", List.of(4, 5, 6)), String.class))
                .containsExactly("five");
        JdbcClient client = JdbcClient.create(source);
        assertThat(client.sql("SELECT id FROM events WHERE name = :name")
                        .param("name", "five")
                        .query(Long.class)
                        .single())
                .isEqualTo(5);
    }

    @Test
    void findsTheColumnsOfAnInsertByMetadata() {
        SimpleJdbcInsert insert = new SimpleJdbcInsert(source).withTableName("events");
        assertThat(insert.execute(Map.of("ID", 9, "NAME", "nine"))).isEqualTo(1);
        assertThat(template.queryForMap("SELECT id, name, price FROM events"))
                .containsEntry("id", 9L)
                .containsEntry("name", "nine")
                .containsEntry("price", null);
    }

    @Test
    void asksForKeysOfWhichThereAreNone() {
        GeneratedKeyHolder keys = new GeneratedKeyHolder();
        template.update(
                connection -> {
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO events (id) VALUES (?)", Statement.RETURN_GENERATED_KEYS);
                    insert.setLong(1, 1);
                    return insert;
                },
                keys);
        assertThat(keys.getKeyList()).isEmpty();
    }

    @Test
    void streamsAContinuousQuery() throws Exception {
        try (Stream<Long> ids = template.queryForStream(
                "SELECT STREAM id FROM events WHERE name = ?", (row, number) -> row.getLong(1), "fed")) {
            millrace.feed(1, 2, 3);
            Iterator<Long> rows = ids.iterator();
            assertThat(List.of(rows.next(), rows.next(), rows.next())).containsExactly(1L, 2L, 3L);
        }
        millrace.server.awaitRunningQueries(0);
    }

    @Test
    void endsAContinuousQueryAfterItsRowsOrItsTime() throws Exception {
        template.setMaxRows(2);
        millrace.feed(1, 2, 3);
        assertThat(template.queryForList("SELECT STREAM id FROM events SINCE BEGINNING", Long.class))
                .containsExactly(1L, 2L);
        template.setMaxRows(-1);
        template.setQueryTimeout(1);
        assertThatThrownBy(() -> template.queryForList("SELECT STREAM id FROM events", Long.class))
                .hasRootCauseInstanceOf(java.sql.SQLTimeoutException.class);
        millrace.server.awaitRunningQueries(0);
    }

    @Test
    void translatesErrors() {
        assertThatThrownBy(() -> template.queryForList("SELECT nome FROM events"))
                .isInstanceOf(BadSqlGrammarException.class)
                .rootCause()
                .hasMessageContaining("line 1, column 8");
        assertThatThrownBy(() -> template.update("INSERT INTO events (id) VALUES (NULL)"))
                .isInstanceOf(org.springframework.dao.DataIntegrityViolationException.class);
    }

    @Test
    void findsOutWhatDatabaseItIs() throws Exception {
        assertThat(JdbcUtils.<String>extractDatabaseMetaData(source, metaData -> metaData.getDatabaseProductName()))
                .isEqualTo("Millrace");
        assertThat(template.query("SELECT id, name FROM events", new BeanPropertyRowMapper<>(Bean.class)))
                .isEmpty();
    }

    /** What a bean mapper fills. */
    public static class Bean {
        public void setId(long id) {}

        public void setName(String name) {}
    }
}
