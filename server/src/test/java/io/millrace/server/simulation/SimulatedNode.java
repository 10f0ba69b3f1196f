package io.millrace.server.simulation;

/** A file or a directory. */
sealed interface SimulatedNode permits SimulatedFile, SimulatedDirectory {}
