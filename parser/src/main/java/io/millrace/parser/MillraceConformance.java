package io.millrace.parser;

import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** As liberal as Calcite can be, except that columns outside of GROUP BY are refused. */
public final class MillraceConformance extends SqlDelegatingConformance {
    public static final SqlConformance INSTANCE = new MillraceConformance();

    private MillraceConformance() {
        super(SqlConformanceEnum.BABEL);
    }

    /** Otherwise an ungrouped column silently becomes any of its values, and CASE in a grouped query fails. */
    @Override
    public boolean isNonStrictGroupBy() {
        return false;
    }
}
