package io.millrace.sqltests.oracle.generate;

import io.millrace.sqltests.oracle.query.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes one to four tables and streams; columns of one name have one type, so that joins can share them. */
public final class TableGenerator {
    private static final int MOST_ROWS = 9;
    private static final List<SampleTable.Column> COLUMNS = List.of(
            new SampleTable.Column("i", ValueType.INTEGER, false),
            new SampleTable.Column("j", ValueType.INTEGER, false),
            new SampleTable.Column("b", ValueType.BIGINT, false),
            new SampleTable.Column("d", ValueType.DOUBLE, false),
            new SampleTable.Column("m", ValueType.DECIMAL, false),
            new SampleTable.Column("s", ValueType.VARCHAR, false),
            new SampleTable.Column("u", ValueType.VARCHAR, false),
            new SampleTable.Column("f", ValueType.BOOLEAN, false),
            new SampleTable.Column("e", ValueType.DATE, false),
            new SampleTable.Column("ts", ValueType.TIMESTAMP, false));

    private final Random random;

    public TableGenerator(Random random) {
        this.random = random;
    }

    public List<SampleTable> tables() {
        List<SampleTable> tables = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            tables.add(table("t" + (tables.size() + 1)));
        }
        return tables;
    }

    private SampleTable table(String name) {
        List<SampleTable.Column> shuffled = new ArrayList<>(COLUMNS);
        Collections.shuffle(shuffled, random);
        boolean stream = random.nextInt(3) == 0;
        int width = 1 + random.nextInt(5);
        int key = stream || random.nextBoolean() ? -1 : random.nextInt(width);
        List<SampleTable.Column> columns = new ArrayList<>();
        for (SampleTable.Column column : shuffled.subList(0, width)) {
            boolean notNull = columns.size() == key || random.nextInt(5) == 0;
            columns.add(new SampleTable.Column(column.name(), column.type(), notNull));
        }
        return new SampleTable(name, stream, columns, key, rows(columns, key));
    }

    private List<List<Object>> rows(List<SampleTable.Column> columns, int key) {
        List<List<Object>> rows = new ArrayList<>();
        Set<Object> keys = new HashSet<>();
        int count = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(MOST_ROWS);
        for (int i = 0; i < count; i++) {
            List<Object> row = new ArrayList<>();
            for (SampleTable.Column column : columns) {
                row.add(!column.notNull() && random.nextInt(5) == 0 ? null : value(column.type()));
            }
            if (key < 0 || keys.add(row.get(key))) {
                rows.add(row);
                if (key < 0 && random.nextInt(6) == 0) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private Object value(ValueType type) {
        return type.samples().get(random.nextInt(type.samples().size()));
    }
}
