package io.millrace.sqltests;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server did not do as a record says. */
final class WrongResultException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable List<String> corrected;

    WrongResultException(String message) {
        this(message, null);
    }

    /** @param corrected the lines that would be right below {@code ----} */
    WrongResultException(String message, @Nullable List<String> corrected) {
        super(message);
        this.corrected = corrected;
    }

    static WrongResultException rows(List<String> expected, List<String> actual, List<String> corrected) {
        return new WrongResultException("- expected, + given\n" + RowDiff.of(expected, actual), corrected);
    }

    static WrongResultException end(String expected, String actual) {
        return new WrongResultException("not the expected end\n- " + expected + "\n+ " + actual);
    }

    @Nullable
    List<String> corrected() {
        return corrected;
    }
}
