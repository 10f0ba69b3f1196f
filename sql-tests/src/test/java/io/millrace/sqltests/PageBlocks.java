package io.millrace.sqltests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of SQL and of text on a page. */
final class PageBlocks {
    private static final Pattern BLOCK = Pattern.compile("```(sql|text)\\n(.*?)\\n```", Pattern.DOTALL);

    private PageBlocks() {}

    record Block(String kind, String text) {
        boolean isText() {
            return kind.equals("text");
        }
    }

    static List<Block> of(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(page));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }
}
