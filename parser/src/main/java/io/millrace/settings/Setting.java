package io.millrace.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a component of a record a setting; see the package. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** Words in lower case, with dots between area and name: {@code log.slow-statement}. */
    String key();

    /** The default, as it would be written in the file; empty for a family of keys. */
    String value();

    /** What it does, without a full stop. */
    String description();

    /** The least number, or the least count of bytes or milliseconds. */
    long min() default 0;

    /** The greatest number, or the greatest count of bytes or milliseconds. */
    long max() default Long.MAX_VALUE;

    /** A short name on the command line, such as {@code --port}; empty: only {@code --set}. */
    String option() default "";
}
