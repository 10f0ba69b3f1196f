package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.ColumnDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.ast.SqlColumnDefinition;
import io.millrace.parser.ast.SqlCreateRelation;
import io.millrace.parser.ast.SqlOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** What the definitions of streams and of tables have in common. */
final class Definitions {
    private Definitions() {}

    static String name(SqlIdentifier name) {
        if (!name.isSimple()) {
            throw MillraceException.notSupported("a schema", Nodes.position(name));
        }
        return name.getSimple();
    }

    /** Names and types, checked. */
    static List<ColumnDefinition> columns(SqlCreateRelation create) {
        List<ColumnDefinition> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SqlColumnDefinition column : create.columns()) {
            String name = column.name().getSimple();
            if (name.isBlank()) {
                throw wrong("a column needs a name", "Give it one.", column);
            }
            if (!names.add(CatalogSnapshot.key(name))) {
                throw wrong("column \"" + name + "\" is defined twice", "Names are not case-sensitive.", column);
            }
            columns.add(
                    new ColumnDefinition(name, TypeSpecs.dataType(column.type()).withNullable(column.isNullable())));
        }
        PlanningBudget.current().columns(columns.size(), Nodes.position(create));
        return columns;
    }

    /** What stands after WITH, keys in lower case. */
    static Map<String, String> options(SqlCreateRelation create) {
        return options(create.options());
    }

    /** What stands in parentheses, keys in lower case. */
    static Map<String, String> options(List<SqlOption> options) {
        Map<String, String> values = new LinkedHashMap<>();
        for (SqlOption option : options) {
            if (values.put(option.key().toLowerCase(Locale.ROOT), option.value()) != null) {
                throw wrong("option \"" + option.key() + "\" is given twice", "Leave one out.", option);
            }
        }
        return values;
    }

    private static MillraceException wrong(String message, String hint, SqlNode place) {
        return new MillraceException(ErrorCode.INVALID_STATEMENT, message, hint, Nodes.position(place), null);
    }
}
