package io.millrace.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;

/** Writes the clauses that several statements share. */
final class Clauses {
    private Clauses() {}

    static void create(SqlWriter writer, boolean replace, String type, boolean ifNotExists, SqlNode name) {
        writer.keyword(replace ? "CREATE OR REPLACE" : "CREATE");
        writer.keyword(type);
        if (ifNotExists) {
            writer.keyword("IF NOT EXISTS");
        }
        name.unparse(writer, 0, 0);
    }

    static void list(SqlWriter writer, List<? extends SqlNode> nodes) {
        SqlWriter.Frame frame = writer.startList("(", ")");
        for (SqlNode node : nodes) {
            writer.sep(",");
            node.unparse(writer, 0, 0);
        }
        writer.endList(frame);
    }

    static void with(SqlWriter writer, SqlNodeList options) {
        if (!options.isEmpty()) {
            writer.keyword("WITH");
            list(writer, options);
        }
    }

    /** The options as their own type; the grammar puts nothing else into such a list. */
    static List<SqlOption> options(SqlNodeList options) {
        return options.getList().stream().map(SqlOption.class::cast).toList();
    }
}
