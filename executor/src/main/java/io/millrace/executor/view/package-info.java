/** Results that people read. */
@NullMarked
package io.millrace.executor.view;

import org.jspecify.annotations.NullMarked;
