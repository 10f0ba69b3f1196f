package io.millrace.sqltests;

/** What control records have set for the records below them. */
final class FileSettings {
    private ResultMode resultMode;
    private SortMode sortMode = SortMode.NOSORT;
    private int hashThreshold;

    FileSettings(ResultMode resultMode) {
        this.resultMode = resultMode;
    }

    ResultMode resultMode() {
        return resultMode;
    }

    SortMode sortMode() {
        return sortMode;
    }

    /** Results with more values than this are written as a hash; 0 for none. */
    int hashThreshold() {
        return hashThreshold;
    }

    void apply(SqlRecord record) {
        if (record.keyword() == Keyword.HASH_THRESHOLD) {
            hashThreshold = threshold(record);
        } else if (record.keyword() == Keyword.CONTROL) {
            control(record, record.arguments().strip().split("\\s+"));
        }
    }

    private static int threshold(SqlRecord record) {
        try {
            return Integer.parseUnsignedInt(record.arguments().strip());
        } catch (NumberFormatException malformed) {
            throw new MalformedFileException(record.line(), "hash-threshold needs a number");
        }
    }

    private void control(SqlRecord record, String[] words) {
        if (words.length == 2 && words[0].equals("sortmode")) {
            SortMode mode = SortMode.of(words[1]);
            if (mode != null) {
                sortMode = mode;
                return;
            }
        } else if (words.length == 2 && words[0].equals("resultmode")) {
            ResultMode mode = ResultMode.of(words[1]);
            if (mode != null) {
                resultMode = mode;
                return;
            }
        }
        throw new MalformedFileException(
                record.line(),
                "\"control " + record.arguments() + "\" is not supported: write \"control sortmode "
                        + "nosort|rowsort|valuesort\" or \"control resultmode rowwise|valuewise\"");
    }
}
