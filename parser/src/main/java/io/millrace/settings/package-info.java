/**
 * Settings: typed, documented, and read from one file.
 *
 * <p>A setting is one component of a record, with its key, its default and its description beside it:
 *
 * <pre>{@code
 * public record LimitSettings(
 *         @Setting(key = "limits.connections", value = "2000", min = 1, description = "open connections of clients")
 *                 int connections,
 *         @Setting(key = "limits.idle", value = "30m", description = "after which a silent connection is closed")
 *                 Duration idle) {}
 * }</pre>
 *
 * <p>That line is all: the record's class stands in the one {@link io.millrace.settings.SettingsSchema} of the server,
 * from which come the check of the file's keys, {@code --print-config}, the table in the documentation and
 * {@code sys.settings}. The type of the component is the type of the setting: {@code int}, {@code long},
 * {@code boolean}, {@code String}, {@code Path}, {@code Duration}, {@link io.millrace.settings.ByteSize}, an enum; an
 * {@code Optional} of these, which an empty value leaves empty; or a {@code Map<String, …>} for a family of keys that
 * ends with {@code .*}. What concerns several settings at once is checked in the record's constructor.
 */
@NullMarked
package io.millrace.settings;

import org.jspecify.annotations.NullMarked;
