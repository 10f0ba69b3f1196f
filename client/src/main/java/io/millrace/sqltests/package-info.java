/** Runs SQL files: sqllogictest as it is found in the wild, and steps for continuous queries. */
@NullMarked
package io.millrace.sqltests;

import org.jspecify.annotations.NullMarked;
