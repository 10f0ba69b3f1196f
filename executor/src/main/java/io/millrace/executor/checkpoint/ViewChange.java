package io.millrace.executor.checkpoint;

/**
 * What a step changed in a view, in short: the same changes give the same, whatever their order.
 *
 * @param viewId of the view
 * @param rows how many changes
 * @param hash of all of them, each as often as its weight says
 */
public record ViewChange(long viewId, long rows, long hash) {}
