package io.millrace.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.dataflow.Dataflow;
import io.millrace.executor.dataflow.Published;
import io.millrace.executor.dataflow.ViewPlan;
import io.millrace.executor.dataflow.ViewStatus;
import io.millrace.plan.StandingQuery;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
}
