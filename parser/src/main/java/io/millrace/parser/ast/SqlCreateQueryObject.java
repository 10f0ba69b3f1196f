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

/** The definition of a view of either kind: a name, columns where they are renamed, and a query. */
public abstract sealed class SqlCreateQueryObject extends SqlCreate permits SqlCreateMaterializedView, SqlCreateView {
    private final String keyword;
    private final SqlIdentifier name;
    private final @Nullable SqlNodeList columns;
    private final SqlNode query;

    SqlCreateQueryObject(
            NodeOperator operator,
            String keyword,
            SqlParserPos position,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            @Nullable SqlNodeList columns,
            SqlNode query) {
        super(operator, position, replace, ifNotExists);
        this.keyword = keyword;
        this.name = name;
        this.columns = columns;
        this.query = query;
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

    /** The names of the columns; empty where the query names them. */
    public List<SqlIdentifier> columns() {
        return columns == null
                ? List.of()
                : columns.getList().stream().map(SqlIdentifier.class::cast).toList();
    }

    public SqlNode query() {
        return query;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(Operands.flag(getReplace()), Operands.flag(ifNotExists), name, columns, query);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        Clauses.create(writer, getReplace(), keyword, ifNotExists, name);
        if (columns != null) {
            Clauses.list(writer, columns);
        }
        writer.keyword("AS");
        query.unparse(writer, 0, 0);
    }
}
