package io.millrace.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlFunction;
import org.junit.jupiter.api.Test;

class FunctionCatalogTest {
    private static final Set<String> NAMES =
            FunctionCatalog.functions().stream().map(FunctionDescription::name).collect(Collectors.toSet());
    /** Words of the grammar, so that only a quoted name calls them. */
    private static final Set<String> RESERVED = Set.of("CONTAINS");

    @Test
    void everyFunctionOfOursIsListed() {
        List<String> missing = Functions.TABLE.getOperatorList().stream()
                .filter(operator -> operator instanceof OwnFunction)
                .map(operator -> operator.getName())
                .filter(name -> !NAMES.contains(name) && !RESERVED.contains(name))
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void everyListedNameIsAFunction() {
        Set<String> functions = Functions.TABLE.getOperatorList().stream()
                .filter(operator -> operator instanceof SqlFunction)
                .map(operator -> operator.getName())
                .collect(Collectors.toSet());
        // other names of CEIL, and a call of the grammar whose operator is looked up by another name
        functions.addAll(List.of("CEILING", "DATE_TRUNC"));
        assertThat(functions).containsAll(NAMES);
    }

    @Test
    void signaturesBeginWithTheName() {
        assertThat(FunctionCatalog.functions())
                .isSortedAccordingTo((a, b) -> a.name().compareTo(b.name()))
                .allSatisfy(function -> {
                    assertThat(function.signature()).startsWith(function.name());
                    assertThat(function.name()).matches("[A-Z][A-Z0-9_]*");
                });
    }
}
