package io.millrace.server.avatica;

import io.millrace.planner.FunctionCatalog;
import io.millrace.planner.FunctionDescription;
import io.millrace.planner.FunctionDescription.Family;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.avatica.Meta.DatabaseProperty;

/** What {@code DatabaseMetaData} tells about the product. */
final class ProductProperties {
    static final Map<DatabaseProperty, Object> ALL = all();

    private ProductProperties() {}

    private static Map<DatabaseProperty, Object> all() {
        Map<DatabaseProperty, Object> all = new EnumMap<>(DatabaseProperty.class);
        all.put(DatabaseProperty.GET_DATABASE_PRODUCT_NAME, "Millrace");
        all.put(DatabaseProperty.GET_DATABASE_PRODUCT_VERSION, version());
        all.put(DatabaseProperty.GET_DATABASE_MAJOR_VERSION, 0);
        all.put(DatabaseProperty.GET_DATABASE_MINOR_VERSION, 1);
        all.put(DatabaseProperty.GET_DEFAULT_TRANSACTION_ISOLATION, MetadataResults.TRANSACTION_ISOLATION);
        all.put(
                DatabaseProperty.GET_S_Q_L_KEYWORDS,
                "BEGINNING,CHANGES,CUMULATE,DESCRIBE,EMIT,EXPLAIN,FLUSH,HOP,IDLE,ILIKE,KILL,LIMIT,QUALIFY,QUERIES,"
                        + "SHOW,SINCE,SKEW,STREAM,STREAMS,SUBSCRIBE,TUMBLE,WATERMARK,WATERMARKS");
        all.put(DatabaseProperty.GET_NUMERIC_FUNCTIONS, functions(Set.of(Family.NUMBERS), "TRUNCATE"));
        all.put(
                DatabaseProperty.GET_STRING_FUNCTIONS,
                functions(Set.of(Family.STRINGS, Family.REGULAR_EXPRESSIONS), "LCASE", "UCASE", "LOCATE"));
        all.put(DatabaseProperty.GET_SYSTEM_FUNCTIONS, functions(Set.of(Family.CONDITIONS), "IFNULL"));
        all.put(
                DatabaseProperty.GET_TIME_DATE_FUNCTIONS,
                functions(Set.of(Family.DATES_AND_TIMES), "CURDATE", "NOW", "HOUR", "MINUTE", "SECOND"));
        return Collections.unmodifiableMap(all);
    }

    /** @param escapes what can be written in {@code {fn ...}} besides */
    private static String functions(Set<Family> families, String... escapes) {
        Set<String> names = new TreeSet<>(List.of(escapes));
        for (FunctionDescription function : FunctionCatalog.functions()) {
            if (function.kind() == FunctionDescription.Kind.SCALAR && families.contains(function.family())) {
                names.add(function.name());
            }
        }
        return String.join(",", names);
    }

    private static String version() {
        String version = ProductProperties.class.getPackage().getImplementationVersion();
        return version == null ? "0.1" : version;
    }
}
