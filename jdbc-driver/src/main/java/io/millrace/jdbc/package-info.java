/** A JDBC driver whose result sets stream: Avatica for control and metadata, columnar frames for rows. */
@NullMarked
package io.millrace.jdbc;

import org.jspecify.annotations.NullMarked;
