package io.millrace.catalog;

import io.millrace.plan.Expression;

/**
 * {@code WATERMARK FOR column AS expression [IDLE TIMEOUT d] [MAX FUTURE SKEW d]}.
 *
 * @param timeColumn index of the time column in the stream
 * @param expression over the stream's columns; a timestamp; monotone in the time column
 * @param delay by which the expression trails the time column when it is {@code column - constant}; -1 otherwise; in
 *     microseconds
 * @param idleTimeout after which the watermark of a silent stream moves on; in microseconds
 * @param maxFutureSkew a row further ahead of its append time does not move the watermark; in microseconds
 */
public record WatermarkDefinition(
        int timeColumn, Expression expression, long delay, long idleTimeout, long maxFutureSkew) {}
