package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.parser.ast.SqlAlterStream;
import io.millrace.parser.ast.SqlCreateQueryObject;
import io.millrace.parser.ast.SqlCreateRelation;
import io.millrace.parser.ast.SqlDescribe;
import io.millrace.parser.ast.SqlDropObject;
import io.millrace.parser.ast.SqlSubscribe;
import io.millrace.parser.ast.SqlWindowClause;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Takes the schema's name away where it is written: {@code public.orders} is {@code orders}, and {@code public.orders.id}
 * is {@code orders.id}. In an expression {@code public.id} stays what it is, a column of an alias.
 */
final class SchemaNames extends SqlBasicVisitor<@Nullable Void> {
    private SchemaNames() {}

    /** Changes the names in place. */
    static void simplify(SqlNode statement) {
        statement.accept(new SchemaNames());
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlSelect select) {
            relation(select.getFrom());
        } else if (call instanceof SqlInsert insert) {
            relation(insert.getTargetTable());
        } else if (call instanceof SqlUpdate update) {
            relation(update.getTargetTable());
        } else if (call instanceof SqlDelete delete) {
            relation(delete.getTargetTable());
        } else if (call instanceof SqlCreateRelation create) {
            relation(create.name());
        } else if (call instanceof SqlCreateQueryObject create) {
            relation(create.name());
        } else if (call instanceof SqlDescribe describe) {
            relation(describe.name());
        } else if (call instanceof SqlAlterStream alter) {
            relation(alter.name());
        } else if (call instanceof SqlDropObject drop) {
            relation(drop.name());
        } else if (call.getKind() == SqlKind.EXPLICIT_TABLE || call instanceof SqlSubscribe) {
            relation(call.getOperandList().get(0));
        }
        return super.visit(call);
    }

    @Override
    public @Nullable Void visit(SqlIdentifier name) {
        if (name.names.size() > 2) {
            simplify(name);
        }
        return null;
    }

    private void relation(@Nullable SqlNode node) {
        if (node instanceof SqlIdentifier name) {
            simplify(name);
        } else if (node instanceof SqlJoin join) {
            relation(join.getLeft());
            relation(join.getRight());
        } else if (node instanceof SqlWindowClause window) {
            relation(window.table());
        } else if (node instanceof SqlCall call
                && (node.getKind() == SqlKind.AS || node.getKind() == SqlKind.SNAPSHOT)) {
            relation(call.operand(0));
        }
    }

    private static void simplify(SqlIdentifier name) {
        if (name.names.size() < 2 || !name.names.get(0).equalsIgnoreCase(CatalogSnapshot.SCHEMA)) {
            return;
        }
        List<SqlParserPos> positions = new ArrayList<>();
        for (int i = 1; i < name.names.size(); i++) {
            positions.add(name.getComponentParserPosition(i));
        }
        name.setNames(List.copyOf(name.names.subList(1, name.names.size())), positions);
    }
}
