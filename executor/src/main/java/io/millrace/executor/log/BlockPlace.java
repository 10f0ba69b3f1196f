package io.millrace.executor.log;

/** Where in a log a block stands; see {@link BlockCodec}. */
record BlockPlace(long lsn, long durableLsn, long firstRow) {}
