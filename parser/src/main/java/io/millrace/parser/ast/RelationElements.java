package io.millrace.parser.ast;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What stands in the parentheses of CREATE STREAM and CREATE TABLE. */
public record RelationElements(
        SqlNodeList columns, @Nullable SqlWatermark watermark, SqlNodeList primaryKey) {
    /** Collects the elements in the order in which they are written. */
    public static final class Builder {
        private final List<SqlNode> columns = new ArrayList<>();
        private @Nullable SqlWatermark watermark;
        private @Nullable SqlNodeList primaryKey;

        public void column(SqlColumnDefinition column) {
            columns.add(column);
        }

        public void watermark(SqlWatermark definition) {
            if (watermark != null) {
                throw Positions.syntaxError("WATERMARK is given twice", null, definition.getParserPosition());
            }
            watermark = definition;
        }

        /** Takes the columns of PRIMARY KEY, written beside a column or by itself. */
        public void primaryKey(SqlNodeList key, SqlParserPos position) {
            if (primaryKey != null) {
                throw Positions.syntaxError(
                        "PRIMARY KEY is given twice",
                        "A key of several columns is written PRIMARY KEY (a, b) after the columns",
                        position);
            }
            primaryKey = key;
        }

        public RelationElements build(SqlParserPos position) {
            if (columns.isEmpty()) {
                throw Positions.syntaxError("a stream or table needs a column", null, position);
            }
            return new RelationElements(
                    new SqlNodeList(columns, position), watermark, primaryKey == null ? SqlNodeList.EMPTY : primaryKey);
        }
    }
}
