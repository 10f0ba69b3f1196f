package io.millrace.planner;

import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.ListScope;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** The validator with our settings; a question mark whose type nothing tells is VARCHAR. */
final class MillraceValidator extends SqlValidatorImpl {
    private static final Config CONFIG = Config.DEFAULT
            .withConformance(new Conformance())
            .withDefaultNullCollation(NullCollation.HIGH)
            .withIdentifierExpansion(true);

    MillraceValidator(SqlOperatorTable operators, SqlValidatorCatalogReader catalog, RelDataTypeFactory types) {
        super(operators, catalog, types, CONFIG);
    }

    @Override
    protected void inferUnknownTypes(RelDataType inferred, SqlValidatorScope scope, SqlNode node) {
        RelDataType type = inferred;
        if (node instanceof SqlDynamicParam && inferred.equals(unknownType)) {
            type = typeFactory.createTypeWithNullability(typeFactory.createSqlType(SqlTypeName.VARCHAR), true);
        }
        super.inferUnknownTypes(type, scope, node);
    }

    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode operand) {
        PlanningBudget.current().check();
        return super.deriveType(scope, operand);
    }

    /** Refuses too wide a row before its stars are expanded. */
    @Override
    protected RelDataType validateSelectList(SqlNodeList items, SqlSelect select, RelDataType targetRowType) {
        PlanningBudget.current().columns(leastWidth(items, select), Nodes.position(items));
        RelDataType type = super.validateSelectList(items, select, targetRowType);
        PlanningBudget.current().columns(type.getFieldCount(), Nodes.position(items));
        return type;
    }

    /** How many columns the items become, or fewer: {@code t.*} counts as one here. */
    private long leastWidth(SqlNodeList items, SqlSelect select) {
        long stars = items.stream()
                .filter(item -> item instanceof SqlIdentifier name && name.isStar() && name.names.size() == 1)
                .count();
        long width = 0;
        if (stars > 0 && getFromScope(select) instanceof ListScope from) {
            for (SqlValidatorNamespace child : from.getChildren()) {
                width += child.getRowType().getFieldCount();
            }
        }
        return items.size() - stars + stars * width;
    }

    /** As liberal as can be, but for columns that are neither grouped nor aggregated. */
    private static final class Conformance extends SqlDelegatingConformance {
        Conformance() {
            super(SqlConformanceEnum.BABEL);
        }

        @Override
        public boolean isNonStrictGroupBy() {
            return false;
        }

        /** Otherwise an unknown column is taken for an alias that refers to itself. */
        @Override
        public SelectAliasLookup isSelectAlias() {
            return SelectAliasLookup.UNSUPPORTED;
        }
    }

    static SqlConformance conformance() {
        return CONFIG.conformance();
    }
}
