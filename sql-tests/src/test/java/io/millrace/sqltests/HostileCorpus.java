package io.millrace.sqltests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads files of attacks: blocks of a sentence after {@code #}, what is expected, and a text with repetitions. */
final class HostileCorpus {
    private static final Pattern REPETITION = Pattern.compile("\\{\\{(\\d+) (.*?)\\}\\}", Pattern.DOTALL);

    /** @param text as it stands in the file, but for repetitions */
    record Attack(String sentence, List<String> expected, String text) {}

    private HostileCorpus() {}

    static List<Attack> read(String file) throws IOException {
        List<Attack> attacks = new ArrayList<>();
        try (InputStream stream = HostileCorpus.class.getResourceAsStream("/hostile/" + file)) {
            String all = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            String[] blocks = all.split("\n\n");
            for (int i = 1; i < blocks.length; i++) {
                String[] lines = blocks[i].strip().split("\n", 3);
                attacks.add(new Attack(lines[0].substring(2), List.of(lines[1].split("[| ]")), repeated(lines[2])));
            }
        }
        return attacks;
    }

    private static String repeated(String text) {
        return REPETITION.matcher(text).replaceAll(HostileCorpus::repetition);
    }

    private static String repetition(MatchResult found) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Integer.parseInt(found.group(1)); i++) {
            text.append(found.group(2).replace("##", Integer.toString(i + 1)).replace("#", Integer.toString(i)));
        }
        return java.util.regex.Matcher.quoteReplacement(text.toString());
    }

    /** The bytes that a text with escapes stands for. */
    static byte[] bytes(String text) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                continue;
            }
            if (c != '\\') {
                bytes.append(c);
                continue;
            }
            char escape = text.charAt(++i);
            switch (escape) {
                case 'r' -> bytes.append('\r');
                case 'n' -> bytes.append('\n');
                case 't' -> bytes.append('\t');
                case '0' -> bytes.append('\0');
                default -> {
                    bytes.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
            }
        }
        int body = bytes.indexOf("\r\n\r\n") + 4;
        String message = bytes.toString().replace("{{length}}", Integer.toString(bytes.length() - body));
        return message.getBytes(StandardCharsets.ISO_8859_1);
    }
}
