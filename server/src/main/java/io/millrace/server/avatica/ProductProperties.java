package io.millrace.server.avatica;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
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
        all.put(DatabaseProperty.GET_NUMERIC_FUNCTIONS, "ABS,CEILING,EXP,FLOOR,LOG,MOD,POWER,ROUND,SIGN,SQRT,TRUNCATE");
        all.put(
                DatabaseProperty.GET_STRING_FUNCTIONS,
                "ASCII,CHAR_LENGTH,CHARACTER_LENGTH,CONCAT,LCASE,LEFT,LTRIM,OCTET_LENGTH,POSITION,REPEAT,REPLACE,"
                        + "RIGHT,RTRIM,SUBSTRING,UCASE");
        all.put(DatabaseProperty.GET_SYSTEM_FUNCTIONS, "IFNULL");
        all.put(DatabaseProperty.GET_TIME_DATE_FUNCTIONS, "CURRENT_DATE,CURRENT_TIMESTAMP,EXTRACT");
        return Collections.unmodifiableMap(all);
    }

    private static String version() {
        String version = ProductProperties.class.getPackage().getImplementationVersion();
        return version == null ? "0.1" : version;
    }
}
