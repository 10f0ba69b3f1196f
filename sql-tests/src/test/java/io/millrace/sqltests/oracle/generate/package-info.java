/** Random schemas, rows and well-typed queries, each the same for the same seed. */
package io.millrace.sqltests.oracle.generate;
