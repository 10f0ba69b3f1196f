package io.millrace.executor.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryMemoryTest {
    private static final long MB = 1 << 20;

    private final MemoryBudget budget = new MemoryBudget(100 * MB, 150 * MB);

    @Test
    void aQueryThatHoldsTooMuchIsToldItsLimit() {
        try (QueryMemory memory = budget.open()) {
            memory.hold(100 * MB);
            assertThatThrownBy(() -> memory.hold(100 * MB + 1))
                    .hasMessageContaining("the query needs more than its limit of 100 MB of memory")
                    .hasMessageContaining("query.memory");
        }
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void theOneThatGrowsBeyondTheLimitOfAllEndsAndTheOthersGoOn() {
        QueryMemory first = budget.open();
        first.hold(90 * MB);
        try (QueryMemory second = budget.open()) {
            assertThatThrownBy(() -> second.hold(61 * MB)).hasMessageContaining("all queries together");
            first.hold(80 * MB);
        }
        first.hold(95 * MB);
        first.close();
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void whatIsRefusedTakesNoRoomFromTheOthers() {
        try (QueryMemory greedy = budget.open();
                QueryMemory other = budget.open()) {
            other.hold(90 * MB);
            assertThatThrownBy(() -> greedy.hold(90 * MB)).hasMessageContaining("all queries together");
            assertThatThrownBy(() -> greedy.grow(1_000 * MB)).hasMessageContaining("its limit of 100 MB");
            assertThat(budget.usedBytes()).isEqualTo(90 * MB);
            other.hold(95 * MB);
        }
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void smallOnesGoOnWhenAFewLargeOnesHaveTakenEverything() {
        QueryMemory first = budget.open();
        QueryMemory second = budget.open();
        first.hold(90 * MB);
        second.hold(60 * MB);
        try (QueryMemory small = budget.open()) {
            small.hold(2 * MB);
            assertThatThrownBy(() -> second.hold(61 * MB)).hasMessageContaining("all queries together");
            assertThatThrownBy(() -> small.hold(3 * MB)).hasMessageContaining("all queries together");
        }
        first.close();
        second.close();
    }

    @Test
    void theReserveOfTheSmallOnesHasAnEnd() {
        QueryMemory large = budget.open();
        large.hold(100 * MB);
        List<QueryMemory> small = new ArrayList<>();
        assertThatThrownBy(() -> {
                    while (true) {
                        small.add(budget.open());
                        small.get(small.size() - 1).hold(2 * MB);
                    }
                })
                .hasMessageContaining("all queries together");
        assertThat(budget.usedBytes()).isBetween(166 * MB, 172 * MB);
    }
}
