package io.millrace.executor.dataflow;

import io.millrace.executor.checkpoint.CheckpointStore;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * How states are saved.
 *
 * @param disk one thread, which writes them
 * @param interval between the begins of two checkpoints
 * @param inputBytes one begins sooner when views have taken so much of the logs
 */
public record Checkpoints(CheckpointStore store, Executor disk, Duration interval, long inputBytes) {}
