package io.millrace.sqltests;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads Prometheus's text format, version 0.0.4, and refuses all that its specification does not allow. */
final class Exposition {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") (.*)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary|untyped)");
    private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

    private final Map<String, String> types = new HashMap<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Set<String> helped = new HashSet<>();
    private String family = "";

    private Exposition() {}

    static Exposition parse(String text) {
        check(text.endsWith("\n"), "the last line does not end");
        Exposition exposition = new Exposition();
        text.lines().forEach(exposition::line);
        exposition.checkHistograms();
        return exposition;
    }

    /** The value of a series, which is written as in the text, its labels in alphabetical order. */
    double value(String series) {
        Double value = samples.get(series);
        check(value != null, "no series " + series + " among " + samples.keySet());
        return value;
    }

    boolean has(String series) {
        return samples.containsKey(series);
    }

    @Nullable
    String type(String name) {
        return types.get(name);
    }

    Set<String> families() {
        return types.keySet();
    }

    private void line(String line) {
        Matcher help = HELP.matcher(line);
        Matcher type = TYPE.matcher(line);
        if (help.matches()) {
            check(helped.add(help.group(1)), "HELP twice: " + line);
        } else if (type.matches()) {
            family = type.group(1);
            check(types.put(family, type.group(2)) == null, "TYPE twice, or a family in two parts: " + line);
        } else {
            check(!line.startsWith("#"), "neither HELP nor TYPE: " + line);
            sample(line);
        }
    }

    private void sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        check(sample.matches(), "no sample: " + line);
        String name = sample.group(1);
        String type = types.getOrDefault(family, "");
        boolean isPart = type.equals("histogram") || type.equals("summary");
        String base = isPart ? name.replaceFirst("_(bucket|sum|count|max)$", "") : name;
        check(base.equals(family), "a sample outside of its family " + family + ": " + line);
        check(!type.equals("counter") || name.endsWith("_total"), "a counter without _total: " + line);
        String series = name + labels(sample.group(2), line);
        check(samples.put(series, number(sample.group(3))) == null, "twice: " + series);
    }

    private static String labels(@Nullable String text, String line) {
        if (text == null) {
            return "";
        }
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (end < text.length()) {
            check(label.find(end) && label.start() == end, "malformed labels: " + line);
            check(labels.put(label.group(1), label.group(2)) == null, "a label twice: " + line);
            end = label.end();
        }
        StringBuilder canonical = new StringBuilder("{");
        labels.forEach((name, value) -> canonical
                .append(canonical.length() == 1 ? "" : ",")
                .append(name)
                .append("=\"")
                .append(value)
                .append('"'));
        return canonical.append('}').toString();
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** Buckets grow, and the last one, of all observations, is the count. */
    private void checkHistograms() {
        Map<String, Double> last = new HashMap<>();
        samples.forEach((series, value) -> {
            if (series.contains("_bucket{")) {
                String rest = series.replaceFirst("le=\"[^\"]*\",?", "")
                        .replace(",}", "}")
                        .replace("{}", "");
                check(last.getOrDefault(rest, 0.0) <= value, "a bucket is smaller than the one before: " + series);
                last.put(rest, value);
                if (series.contains("le=\"+Inf\"")) {
                    check(value == value(rest.replace("_bucket", "_count")), "not the count: " + series);
                }
            }
        });
    }

    private static void check(boolean isRight, String what) {
        if (!isRight) {
            throw new AssertionError(what);
        }
    }
}
