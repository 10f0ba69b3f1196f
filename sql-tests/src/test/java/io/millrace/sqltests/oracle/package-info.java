/**
 * Random bounded queries, answered by the server and by what SQL defines, written down in
 * {@link io.millrace.sqltests.oracle.query}; Calcite's enumerable engine is a witness.
 */
package io.millrace.sqltests.oracle;
