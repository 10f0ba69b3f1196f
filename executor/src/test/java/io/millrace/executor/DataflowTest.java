package io.millrace.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.dataflow.Dataflow;
import io.millrace.executor.dataflow.Published;
import io.millrace.executor.dataflow.ViewPlan;
import io.millrace.executor.dataflow.ViewStatus;
import io.millrace.plan.StandingQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DataflowTest {
    private static final long VIEW = 100;

    private EngineFixture fixture;
    private Dataflow views;

    @BeforeEach
    void open() {
        fixture = EngineFixture.withDefaults().open();
        views = fixture.engine.views();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static ViewPlan copy(long id) {
        return new ViewPlan(id, "v" + id, new StandingQuery(EngineFixture.scan(1), true, null));
    }

    @Test
    void aViewHasAStateAsSoonAsItIsInstalledAndNoneWhenItIsRemoved() {
        for (long id = VIEW; id < VIEW + 50; id++) {
            views.install(List.of(copy(id)));
            assertThat(views.status(id)).isNotNull();
        }
        assertThat(views.isEmpty()).isFalse();
        for (long id = VIEW; id < VIEW + 50; id++) {
            views.remove(List.of(id));
            assertThat(views.status(id)).isNull();
        }
        assertThat(views.isEmpty()).isTrue();
    }

    @Test
    void aViewIsReadWhereItHasTakenAllThatWasThere() {
        fixture.append(EngineFixture.row(1L, 1, 1), EngineFixture.row(2L, 1, 2));
        views.install(List.of(copy(VIEW)));
        Published published = views.position(Set.of(VIEW), 0).join();
        assertThat(Objects.requireNonNull(published.views().get(VIEW)).rows()).isEqualTo(2);
        ViewStatus status = Objects.requireNonNull(views.status(VIEW));
        assertThat(status.isReady()).isTrue();
        assertThat(status.rows()).isEqualTo(2);
    }

    @Test
    void viewsThatAreBehindCatchUpThoughNothingMoreComes() {
        views.install(List.of(copy(VIEW)));
        views.position(Set.of(VIEW), 0).join(); // it is filled
        fixture.engine.flush();
        fixture.steps.hold(); // the next step waits for the disk
        for (long second = 0; second < 50; second++) {
            List<Object[]> rows = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                rows.add(EngineFixture.row(second, i, i));
            }
            fixture.append(1, rows);
        }
        long before = views.published().position();
        fixture.steps.release();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        long taken = 0;
        while (taken < 5_000 && System.nanoTime() < end) {
            taken = Objects.requireNonNull(views.published().views().get(VIEW)).rows();
            Thread.onSpinWait();
        }
        assertThat(taken).isEqualTo(5_000);
        assertThat(views.published().position()).isGreaterThan(before + 3);
    }

    @Test
    void whoAsksDuringAStepDoesNotWaitForTheNext() throws Exception {
        views.install(List.of(copy(VIEW)));
        views.position(Set.of(VIEW), 0).join(); // it is filled
        fixture.engine.flush();
        fixture.steps.hold();
        fixture.append(EngineFixture.row(1L, 1, 1));
        fixture.steps.awaitHeld(); // a step is under way
        long wanted = views.published().cut().sequence() + 1;
        CompletableFuture<Published> read = views.position(Set.of(VIEW), wanted);
        fixture.append(EngineFixture.row(2L, 2, 2)); // of the next one
        try {
            fixture.steps.releaseHeld();
            assertThat(Objects.requireNonNull(
                                    read.get(20, TimeUnit.SECONDS).views().get(VIEW))
                            .rows())
                    .isEqualTo(1);
        } finally {
            fixture.steps.release();
        }
    }
}
