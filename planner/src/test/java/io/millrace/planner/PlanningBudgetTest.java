package io.millrace.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanningBudgetTest {
    private final Semaphore turns = new Semaphore(1, true);
    private final ExecutorService others = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        others.shutdownNow();
    }

    @Test
    void an_endless_planning_gives_the_others_their_turns() {
        PlanningBudget endless = slow();
        endless.check();
        PlanningBudget other = slow();
        Future<?> turn = others.submit(() -> {
            other.begin(0);
            other.check();
            other.end();
        });
        until(endless, turn);
        endless.end();
        assertThat(turns.availablePermits()).isOne();
    }

    @Test
    void one_that_nobody_waits_for_ends_instead_of_waiting() {
        PlanningBudget givenUp = slow();
        givenUp.cancel();
        assertThatThrownBy(givenUp::check).isInstanceOf(PlanningBudget.PlanningGivenUp.class);
        assertThat(turns.availablePermits()).isOne();
    }

    private PlanningBudget slow() {
        PlanningBudget budget = new PlanningBudget(PlannerLimits.DEFAULT, turns);
        budget.slow();
        return budget;
    }

    /** Works until the other has had what it waits for. */
    private static void until(PlanningBudget working, Future<?> other) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!other.isDone()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            working.check();
        }
    }
}
