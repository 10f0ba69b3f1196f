package io.millrace.sqltests.oracle.view;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is done to an empty database. */
record Scenario(List<Source> sources, List<Step> steps) {
    String script() {
        return Stream.concat(
                        sources.stream().map(source -> source.create() + ";"),
                        steps.stream().map(Step::script))
                .collect(Collectors.joining("\n"));
    }
}
