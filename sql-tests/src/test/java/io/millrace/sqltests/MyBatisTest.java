package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** MyBatis with its own pool. */
@Timeout(60)
class MyBatisTest {
    private ClientServer millrace;
    private PooledDataSource pool;
    private SqlSessionFactory sessions;

    /** A row. */
    public record Event(Long id, String name, BigDecimal price, LocalDateTime moment) {}

    /** The statements. */
    public interface Events {
        @Insert("INSERT INTO events (id, name, price, moment) VALUES (#{id}, #{name}, #{price}, #{moment})")
        int add(Event event);

        @Select("SELECT id, name, price, moment FROM events WHERE id >= #{least} ORDER BY id")
        List<Event> from(@Param("least") long least);

        @Select("SELECT STREAM id, name, price, moment FROM events WHERE id > #{after}")
        @Options(fetchSize = 100)
        Cursor<Event> follow(@Param("after") long after);

        @Select("SELECT COUNT(*) FROM events")
        long count();

        @Insert("CREATE TABLE stock (item VARCHAR PRIMARY KEY, n INTEGER)")
        void createStock();

        @Insert("<script>INSERT INTO stock VALUES <foreach collection='items' item='item' separator=','>"
                + "(#{item}, 0)</foreach></script>")
        int stock(@Param("items") List<String> items);

        @Update("UPDATE stock SET n = n + #{more} WHERE item = #{item}")
        int more(@Param("item") String item, @Param("more") int more);

        @Delete("DELETE FROM stock WHERE n = 0")
        int clear();

        @Select("SELECT n FROM stock WHERE item = #{item}")
        Integer number(String item);
    }

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        millrace = new ClientServer(data);
        pool = new PooledDataSource("io.millrace.jdbc.MillraceDriver", millrace.url(), null, null);
        Configuration configuration = new Configuration(new Environment("test", new JdbcTransactionFactory(), pool));
        configuration.addMapper(Events.class);
        sessions = new SqlSessionFactoryBuilder().build(configuration);
    }

    @AfterEach
    void stop() throws Exception {
        pool.forceCloseAll();
        millrace.close();
    }

    @Test
    void mapsRows() {
        LocalDateTime noon = LocalDateTime.of(2026, 1, 2, 12, 0, 0, 5_000_000);
        try (SqlSession session = sessions.openSession(true)) {
            Events events = session.getMapper(Events.class);
            assertThat(events.add(new Event(1L, "a", new BigDecimal("1.25"), noon)))
                    .isEqualTo(1);
            assertThat(events.add(new Event(2L, null, null, null))).isEqualTo(1);
            assertThat(events.from(1))
                    .containsExactly(new Event(1L, "a", new BigDecimal("1.25"), noon), new Event(2L, null, null, null));
        }
    }

    @Test
    void insertsABatch() {
        try (SqlSession session = sessions.openSession(ExecutorType.BATCH, true)) {
            Events events = session.getMapper(Events.class);
            for (long id = 0; id < 500; id++) {
                events.add(new Event(id, "n", BigDecimal.ONE, null));
            }
            assertThat(session.flushStatements().get(0).getUpdateCounts()).hasSize(500);
            assertThat(events.count()).isEqualTo(500);
        }
    }

    @Test
    void changesATable() {
        try (SqlSession session = sessions.openSession(true)) {
            Events events = session.getMapper(Events.class);
            events.createStock();
            assertThat(events.stock(List.of("bolt", "nut", "pin"))).isEqualTo(3);
            assertThat(events.more("nut", 4)).isEqualTo(1);
            assertThat(events.more("none", 4)).isZero();
            assertThat(events.clear()).isEqualTo(2);
            assertThat(events.number("nut")).isEqualTo(4);
            assertThat(events.number("bolt")).isNull();
        }
    }

    @Test
    void followsAContinuousQuery() throws Exception {
        try (SqlSession session = sessions.openSession(true);
                Cursor<Event> rows = session.getMapper(Events.class).follow(1)) {
            Iterator<Event> iterator = rows.iterator();
            millrace.feed(1, 2, 3);
            assertThat(iterator.next().id()).isEqualTo(2);
            assertThat(iterator.next().id()).isEqualTo(3);
        }
        millrace.server.awaitRunningQueries(0);
    }
}
