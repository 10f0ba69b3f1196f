package io.millrace.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/** The operator of one kind of node: makes such a node again from its operands, so that trees can be rewritten. */
final class NodeOperator extends SqlSpecialOperator {
    private final Maker maker;

    NodeOperator(String name, SqlKind kind, Maker maker) {
        super(name, kind);
        this.maker = maker;
    }

    @Override
    public SqlCall createCall(
            @Nullable SqlLiteral functionQualifier, SqlParserPos position, @Nullable SqlNode... operands) {
        return maker.make(position, new Operands(operands));
    }

    /** Makes a node from what its operand list holds. */
    interface Maker {
        SqlCall make(SqlParserPos position, Operands operands);
    }

    /** Typed reading of an operand list. */
    static final class Operands {
        private final @Nullable SqlNode[] nodes;

        Operands(@Nullable SqlNode[] nodes) {
            this.nodes = nodes;
        }

        static List<SqlNode> of(@Nullable SqlNode... nodes) {
            return ImmutableNullableList.copyOf(nodes);
        }

        static SqlLiteral flag(boolean flag) {
            return SqlLiteral.createBoolean(flag, SqlParserPos.ZERO);
        }

        static SqlLiteral symbol(Enum<?> symbol) {
            return SqlLiteral.createSymbol(symbol, SqlParserPos.ZERO);
        }

        @Nullable
        SqlNode optional(int index) {
            return nodes[index];
        }

        SqlNode node(int index) {
            SqlNode node = nodes[index];
            if (node == null) {
                throw new IllegalArgumentException("operand " + index + " is missing");
            }
            return node;
        }

        SqlIdentifier name(int index) {
            return (SqlIdentifier) node(index);
        }

        SqlNodeList list(int index) {
            return (SqlNodeList) node(index);
        }

        boolean flag(int index) {
            return ((SqlLiteral) node(index)).booleanValue();
        }

        <E extends Enum<E>> E symbol(int index, Class<E> type) {
            return ((SqlLiteral) node(index)).getValueAs(type);
        }
    }
}
