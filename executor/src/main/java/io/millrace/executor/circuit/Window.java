package io.millrace.executor.circuit;

import io.millrace.executor.operator.Windowed;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowSpec;

/** The windows of one operator of a circuit. */
record Window(WindowSpec spec, TimeAttribute attribute, Windowed operator) {}
