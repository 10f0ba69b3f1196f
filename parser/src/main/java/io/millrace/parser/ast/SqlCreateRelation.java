package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlCreate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The definition of something that holds rows of its own: a stream or a table. */
public abstract sealed class SqlCreateRelation extends SqlCreate permits SqlCreateStream, SqlCreateTable {
    private final String keyword;
    private final SqlIdentifier name;
    private final RelationElements elements;
    private final SqlNodeList options;

    SqlCreateRelation(
            NodeOperator operator,
            String keyword,
            SqlParserPos position,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            RelationElements elements,
            SqlNodeList options) {
        super(operator, position, replace, ifNotExists);
        this.keyword = keyword;
        this.name = name;
        this.elements = elements;
        this.options = options;
    }

    public boolean isReplace() {
        return getReplace();
    }

    public boolean isIfNotExists() {
        return ifNotExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    public List<SqlColumnDefinition> columns() {
        return elements.columns().getList().stream()
                .map(SqlColumnDefinition.class::cast)
                .toList();
    }

    public @Nullable SqlWatermark watermark() {
        return elements.watermark();
    }

    /** The columns of the key, wherever it was written; empty without one. */
    public List<SqlIdentifier> primaryKey() {
        return elements.primaryKey().getList().stream()
                .map(SqlIdentifier.class::cast)
                .toList();
    }

    /** The place of the parentheses with the columns. */
    public SqlParserPos elementsPosition() {
        return elements.columns().getParserPosition();
    }

    /** What stands after WITH, in order. */
    public List<SqlOption> options() {
        return Clauses.options(options);
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(
                Operands.flag(getReplace()),
                Operands.flag(ifNotExists),
                name,
                elements.columns(),
                elements.watermark(),
                elements.primaryKey(),
                options);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        Clauses.create(writer, getReplace(), keyword, ifNotExists, name);
        SqlWriter.Frame frame = writer.startList("(", ")");
        for (SqlNode column : elements.columns()) {
            writer.sep(",");
            column.unparse(writer, 0, 0);
        }
        SqlWatermark watermark = elements.watermark();
        if (watermark != null) {
            writer.sep(",");
            watermark.unparse(writer, 0, 0);
        }
        if (!elements.primaryKey().isEmpty()) {
            writer.sep(",");
            writer.keyword("PRIMARY KEY");
            Clauses.list(writer, elements.primaryKey());
        }
        writer.endList(frame);
        Clauses.with(writer, options);
    }
}
