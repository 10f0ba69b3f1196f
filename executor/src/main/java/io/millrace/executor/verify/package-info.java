/** What can be done for a data directory that no server uses: finding what is damaged, and cutting it off. */
@NullMarked
package io.millrace.executor.verify;

import org.jspecify.annotations.NullMarked;
