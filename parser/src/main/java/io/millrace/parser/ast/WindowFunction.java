package io.millrace.parser.ast;

import java.util.List;

/** The windows that rows can be assigned to. */
public enum WindowFunction {
    TUMBLE("TUMBLE(size)"),
    HOP("HOP(size, slide)"),
    CUMULATE("CUMULATE(size, step)"),
    SESSION("SESSION(gap)");

    private final String form;

    WindowFunction(String form) {
        this.form = form;
    }

    /** How it is written after WINDOW. */
    public String form() {
        return form;
    }

    /** The names of its durations, in their order after WINDOW. */
    public List<String> parameters() {
        return switch (this) {
            case TUMBLE -> List.of("SIZE");
            case HOP -> List.of("SIZE", "SLIDE");
            case CUMULATE -> List.of("SIZE", "STEP");
            case SESSION -> List.of("GAP");
        };
    }
}
