package io.millrace.planner;

import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
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
