/** What all code that works for a query may ask, wherever it stands: whether to go on, and whether there is room. */
@NullMarked
package io.millrace.executor.work;

import org.jspecify.annotations.NullMarked;
