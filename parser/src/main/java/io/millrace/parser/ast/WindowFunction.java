package io.millrace.parser.ast;

import java.util.List;

/** The windows that rows can be assigned to. */
public enum WindowFunction {
    TUMBLE("TUMBLE(size)", "SIZE"),
    HOP("HOP(size, slide)", "SIZE", "SLIDE"),
    CUMULATE("CUMULATE(size, step)", "SIZE", "STEP"),
    SESSION("SESSION(gap)", "GAP");

    private final String form;
    private final List<String> parameters;

    WindowFunction(String form, String... parameters) {
        this.form = form;
        this.parameters = List.of(parameters);
    }

    /** How it is written after WINDOW. */
    public String form() {
        return form;
    }

    /** The names of its durations, in their order after WINDOW. */
    public List<String> parameters() {
        return parameters;
    }
}
