package io.millrace.sqltests.oracle.view;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** What scenarios have come to. */
final class Tally {
    private static final String NOT_SUPPORTED = "0A000";

    private final Map<String, Integer> refused = new TreeMap<>();
    private final Map<String, Integer> invalid = new TreeMap<>();
    private final Map<String, Integer> followed = new TreeMap<>();
    private final Map<String, Integer> messages = new TreeMap<>();
    private int made;
    private int undecided;
    private int restarted;
    private int restored;

    /** A view has been created. */
    void viewMade() {
        made++;
    }

    /** A definition has been refused. */
    void notMade(SQLException failure) {
        boolean isRefused = NOT_SUPPORTED.equals(failure.getSQLState());
        (isRefused ? refused : invalid).merge(reason(failure), 1, Integer::sum);
    }

    void followed(Step.Opening step) {
        String kind = step instanceof Step.Listen listen
                ? listen.emission().name()
                : step.target().startsWith("(") ? "QUERY" : "RELATION";
        followed.merge(kind, 1, Integer::sum);
    }

    void restarted(ViewServer.Recovery recovery) {
        restarted += recovery.views();
        restored += recovery.restored();
    }

    /** In percent of the views that a restart found: those that were restored from a checkpoint. */
    double restoredShare() {
        return 100.0 * restored / Math.max(1, restarted);
    }

    /** Somebody's query has met an error where it would not, were it run once. */
    void undecided() {
        undecided++;
    }

    int undecidedFollowers() {
        return undecided;
    }

    int followers() {
        return followed.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** @param what was tried */
    void failed(SQLException failure, String what) {
        messages.merge(failure.getSQLState() + " " + what + " " + plain(failure), 1, Integer::sum);
    }

    int made() {
        return made;
    }

    /** What it was that is not supported, and how many definitions had it. */
    Map<String, Integer> refused() {
        return refused;
    }

    /** In percent of all definitions: those that are no SQL, or name what is not there. */
    double invalidShare() {
        return share(invalid.values().stream().mapToInt(Integer::intValue).sum());
    }

    /** In percent of all definitions. */
    double share(int count) {
        int all = made
                + refused.values().stream().mapToInt(Integer::intValue).sum()
                + invalid.values().stream().mapToInt(Integer::intValue).sum();
        return 100.0 * count / Math.max(1, all);
    }

    /** How often somebody followed something, by its kind. */
    Map<String, Integer> followed() {
        return followed;
    }

    /** Without names and numbers. */
    private static String reason(SQLException failure) {
        return plain(failure).replaceAll("\"[^\"]*\"", "…").replaceAll("'[^']*'", "…");
    }

    private static String plain(SQLException failure) {
        return failure.getMessage().replaceFirst("^line \\d+, column \\d+: ", "");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(made + " views, in restarts: " + restored + " of " + restarted
                + " restored\nfollowed: " + followed + ", undecided: " + undecided
                + "\nrefused: " + refused + "\ninvalid: " + invalid + "\n");
        messages.forEach((message, count) ->
                text.append(count).append(" x ").append(message).append('\n'));
        return text.toString();
    }
}
