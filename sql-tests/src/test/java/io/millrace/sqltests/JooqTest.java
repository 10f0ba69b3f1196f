package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** jOOQ, in the dialects that come closest. */
@Timeout(60)
class JooqTest {
    private static final Table<Record> EVENTS = table(name("events"));
    private static final Field<Long> ID = field(name("id"), SQLDataType.BIGINT);
    private static final Field<String> NAME = field(name("name"), SQLDataType.VARCHAR);
    private static final Field<BigDecimal> PRICE = field(name("price"), SQLDataType.DECIMAL(10, 2));

    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private ClientServer millrace;
    private Connection connection;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        millrace = new ClientServer(data);
        connection = DriverManager.getConnection(millrace.url());
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        millrace.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "POSTGRES"})
    void insertsAndReads(SQLDialect dialect) {
        DSLContext jooq = DSL.using(connection, dialect);
        assertThat(jooq.insertInto(EVENTS, ID, NAME, PRICE)
                        .values(1L, "a", new BigDecimal("1.50"))
                        .values(2L, "b", new BigDecimal("2.25"))
                        .execute())
                .isEqualTo(2);
        assertThat(jooq.select(ID, NAME, PRICE)
                        .from(EVENTS)
                        .where(PRICE.gt(new BigDecimal("2")).and(NAME.like("b%")))
                        .fetch()
                        .formatCSV())
                .isEqualTo("id,name,price\n2,b,2.25\n");
        assertThat(jooq.select(count(), sum(PRICE))
                        .from(EVENTS)
                        .fetchOne()
                        .valuesRow()
                        .toString())
                .isEqualTo("(2, 3.75)");
        assertThat(jooq.select(ID).from(EVENTS).orderBy(ID.desc()).limit(1).fetch(ID))
                .containsExactly(2L);
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "POSTGRES"})
    void insertsABatch(SQLDialect dialect) {
        DSLContext jooq = DSL.using(connection, dialect);
        int[] counts = jooq.batch(jooq.insertInto(EVENTS, ID, NAME).values((Long) null, null))
                .bind(1L, "a")
                .bind(2L, null)
                .execute();
        assertThat(counts).containsExactly(1, 1);
        assertThat(jooq.batch("INSERT INTO events (id) VALUES (3)", "INSERT INTO events (id) VALUES (4)")
                        .execute())
                .containsExactly(1, 1);
        assertThat(jooq.fetchCount(EVENTS)).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "POSTGRES"})
    void changesATable(SQLDialect dialect) {
        DSLContext jooq = DSL.using(connection, dialect);
        Table<Record> stock = table(name("stock"));
        Field<Integer> number = field(name("n"), SQLDataType.INTEGER);
        jooq.execute("CREATE TABLE stock (id BIGINT PRIMARY KEY, n INTEGER)");
        assertThat(jooq.insertInto(stock, ID, number)
                        .values(1L, 5)
                        .values(2L, 7)
                        .values(3L, null)
                        .execute())
                .isEqualTo(3);
        assertThat(jooq.update(stock)
                        .set(number, number.plus(10))
                        .where(ID.in(2L, 3L))
                        .execute())
                .isEqualTo(2);
        assertThat(jooq.deleteFrom(stock).where(number.isNull()).execute()).isEqualTo(1);
        jooq.insertInto(EVENTS, ID, NAME).values(2L, "two").values(9L, "nine").execute();
        assertThat(jooq.select(field(name("stock", "n")), field(name("events", "name")))
                        .from(stock)
                        .leftJoin(EVENTS)
                        .on(field(name("events", "id"), SQLDataType.BIGINT)
                                .eq(field(name("stock", "id"), SQLDataType.BIGINT)))
                        .orderBy(field(name("stock", "id")))
                        .fetch()
                        .formatCSV())
                .isEqualTo("n,name\n5,\"\"\n17,two\n");
        assertThatThrownBy(() -> jooq.insertInto(stock, ID).values(1L).execute())
                .isInstanceOf(IntegrityConstraintViolationException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "POSTGRES"})
    void readsAContinuousQuery(SQLDialect dialect) throws Exception {
        DSLContext jooq = DSL.using(connection, dialect);
        try (Cursor<Record> cursor = jooq.resultQuery("SELECT STREAM id, name FROM events WHERE id > ?", 1L)
                .fetchLazy()) {
            millrace.feed(1, 2, 3);
            assertThat(cursor.fetchNext(2).getValues(0)).isEqualTo(List.of(2L, 3L));
        }
        millrace.server.awaitRunningQueries(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFAULT"})
    void findsOutWhatThereIs(SQLDialect dialect) {
        DSLContext jooq = DSL.using(connection, dialect);
        Table<?> events = jooq.meta().getTables("events").get(0);
        assertThat(events.getQualifiedName().toString()).isEqualTo("\"public\".\"events\"");
        assertThat(events.fieldStream().map(Field::getName).toList()).containsExactly("id", "name", "price", "moment");
        assertThat(events.field("price").getDataType().scale()).isEqualTo(2);
        assertThat(events.field("id").getDataType().nullable()).isFalse();
        // what the metadata names can be read by that name
        jooq.insertInto(EVENTS, ID).values(7L).execute();
        assertThat(jooq.selectFrom(events).fetch().getValues("id")).isEqualTo(List.of(7L));
        assertThat(jooq.meta().getSchemas())
                .extracting(schema -> schema.getName())
                .contains("public");
    }
}
