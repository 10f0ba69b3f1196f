package io.millrace.parser;

import io.millrace.error.MillraceException;
import io.millrace.parser.ParsedStatement.Kind;
import io.millrace.parser.ast.Positions;
import io.millrace.parser.ast.SqlAlterStream;
import io.millrace.parser.ast.SqlContinuousQuery;
import io.millrace.parser.ast.SqlCreateMaterializedView;
import io.millrace.parser.ast.SqlCreateSink;
import io.millrace.parser.ast.SqlCreateStream;
import io.millrace.parser.ast.SqlCreateTable;
import io.millrace.parser.ast.SqlCreateView;
import io.millrace.parser.ast.SqlDescribe;
import io.millrace.parser.ast.SqlDropObject;
import io.millrace.parser.ast.SqlExplainStatement;
import io.millrace.parser.ast.SqlFlush;
import io.millrace.parser.ast.SqlKillQuery;
import io.millrace.parser.ast.SqlShow;
import io.millrace.parser.ast.SqlSubscribe;
import java.util.Map;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUpdate;

/** Tells the kind of a statement from the class of its node. */
final class StatementKinds {
    private static final Map<Class<? extends SqlNode>, Kind> KINDS = Map.ofEntries(
            Map.entry(SqlContinuousQuery.class, Kind.QUERY),
            Map.entry(SqlInsert.class, Kind.INSERT),
            Map.entry(SqlUpdate.class, Kind.UPDATE),
            Map.entry(SqlDelete.class, Kind.DELETE),
            Map.entry(SqlSubscribe.class, Kind.SUBSCRIBE),
            Map.entry(SqlCreateStream.class, Kind.CREATE_STREAM),
            Map.entry(SqlCreateTable.class, Kind.CREATE_TABLE),
            Map.entry(SqlCreateView.class, Kind.CREATE_VIEW),
            Map.entry(SqlCreateMaterializedView.class, Kind.CREATE_MATERIALIZED_VIEW),
            Map.entry(SqlCreateSink.class, Kind.CREATE_SINK),
            Map.entry(SqlAlterStream.class, Kind.ALTER_STREAM),
            Map.entry(SqlDropObject.class, Kind.DROP),
            Map.entry(SqlShow.class, Kind.SHOW),
            Map.entry(SqlDescribe.class, Kind.DESCRIBE),
            Map.entry(SqlExplainStatement.class, Kind.EXPLAIN),
            Map.entry(SqlKillQuery.class, Kind.KILL_QUERY),
            Map.entry(SqlFlush.class, Kind.FLUSH));

    private StatementKinds() {}

    static Kind of(SqlNode node) {
        Kind kind = KINDS.get(node.getClass());
        // SELECT, VALUES, UNION and the like
        if (kind == null && node.isA(SqlKind.QUERY)) {
            kind = Kind.QUERY;
        }
        if (kind == null) {
            throw MillraceException.notSupported(
                    node.getKind().name().replace('_', ' '), Positions.start(node.getParserPosition()));
        }
        return kind;
    }
}
