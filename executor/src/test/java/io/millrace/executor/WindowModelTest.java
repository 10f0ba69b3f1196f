package io.millrace.executor;

import static io.millrace.executor.EngineFixture.BEGIN;
import static io.millrace.executor.EngineFixture.SECOND;
import static io.millrace.executor.EngineFixture.all;
import static io.millrace.executor.EngineFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.time.Watermarks;
import io.millrace.executor.view.ResultCursor;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StartPosition;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Continuous and bounded queries with windows give what the definition says, wherever blocks and steps are cut. */
class WindowModelTest {
    private static final int RUNS = Integer.getInteger("millrace.test.runs", 150);

    @ParameterizedTest
    @EnumSource(
            value = TimeAttribute.class,
            names = {"EVENT_TIME", "ROW_TIME"})
    void anyInputGivesWhatTheDefinitionSays(TimeAttribute attribute) {
        long first = Long.getLong("millrace.test.seed", System.nanoTime());
        for (int run = 0; run < RUNS; run++) {
            long seed = first + run;
            try {
                new Run(seed, attribute).check();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("-Dmillrace.test.seed=" + seed, e);
            }
        }
    }

    private static final class Run {
        private final Random random;
        private final TimeAttribute attribute;
        private final WindowSpec window;
        private final EngineFixture fixture;
        private final List<Started> started = new ArrayList<>();
        private final boolean isFollowingClock;
        private long progress;

        Run(long seed, TimeAttribute attribute) {
            this.random = new Random(seed);
            this.attribute = attribute;
            long slide = (1 + random.nextInt(8)) * SECOND / (1 + random.nextInt(2));
            long offset = (random.nextInt(7) - 3) * SECOND / 2;
            this.window = switch (random.nextInt(4)) {
                case 0 -> WindowSpec.tumble(slide, offset);
                case 1 -> WindowSpec.cumulate(slide * (1 + random.nextInt(12)), slide, offset);
                case 2 -> WindowSpec.session((1 + random.nextInt(8)) * SECOND / 2);
                default ->
                    WindowSpec.hop(slide * (1 + random.nextInt(5)) + random.nextInt(2) * slide / 2, slide, offset);
            };
            this.isFollowingClock = random.nextInt(3) > 0;
            this.fixture =
                    new EngineFixture(seed, 1 + random.nextInt(60), random.nextBoolean() ? 65_536 : random.nextInt(20));
        }

        private record Started(ResultCursor cursor, long closedBefore) {}

        void check() {
            try (fixture) {
                boolean hasWatermark = attribute == TimeAttribute.EVENT_TIME || random.nextBoolean();
                fixture.engine.openStream(
                        random.nextBoolean()
                                ? EngineFixture.stream(1, hasWatermark)
                                : EngineFixture.streamWithExpression(1, hasWatermark));
                start(StartPosition.BEGINNING);
                int actions = 5 + random.nextInt(30);
                for (int i = 0; i < actions; i++) {
                    act();
                }
                append();
                start(StartPosition.BEGINNING);
                if (attribute == TimeAttribute.ROW_TIME) {
                    fixture.clock.advance(random.nextInt(20) * SECOND);
                }
                fixture.engine.flush();
                compare();
            }
        }

        private void act() {
            switch (random.nextInt(8)) {
                case 0 -> fixture.clock.advance(random.nextInt(3_000_000));
                case 1 -> fixture.clock.advance(random.nextInt(40) * SECOND);
                case 2 -> fixture.engine.flush();
                case 3 -> {
                    append();
                    start(StartPosition.NOW);
                }
                default -> append();
            }
        }

        private void append() {
            List<Object[]> rows = new ArrayList<>();
            int count = 1 + random.nextInt(80);
            for (int i = 0; i < count; i++) {
                progress += random.nextInt(600_000);
                rows.add(new Object[] {time(), (long) random.nextInt(4), (long) random.nextInt(100)});
            }
            if (isFollowingClock) { // else the rows come from ever further in the future
                fixture.clock.advance(Math.max(0, BEGIN + progress - fixture.clock.epochMicros()));
            }
            fixture.append(1, rows);
        }

        private Long time() {
            long now = BEGIN + progress;
            return switch (random.nextInt(30)) {
                case 0 -> null;
                case 1 -> now + 10_000 * SECOND;
                case 2 -> now - random.nextInt(100) * SECOND;
                default -> now - random.nextInt(10) * SECOND / 2;
            };
        }

        private void start(StartPosition position) {
            PlanNode plan = EngineFixture.windows(window, attribute);
            long closedBefore = Watermarks.NONE;
            if (position == StartPosition.NOW) {
                closedBefore = attribute == TimeAttribute.ROW_TIME
                        ? fixture.clock.epochMicros()
                        : fixture.log().end().watermark();
            }
            started.add(new Started(fixture.continuous(plan, position), closedBefore));
        }

        private void compare() {
            WindowModel model =
                    new WindowModel(window, attribute).read(fixture.log().blocks());
            long until = model.watermark;
            if (attribute == TimeAttribute.EVENT_TIME) {
                assertThat(fixture.log().end().watermark()).isEqualTo(until);
            } else {
                until = fixture.clock.epochMicros();
            }
            for (Started query : started) {
                List<List<Long>> expected = model.rows(query.closedBefore, until);
                assertThat(take(query.cursor, expected.size())).isEqualTo(expected);
            }
            fixture.engine.flush();
            started.forEach(query -> assertThat(query.cursor.poll(1)).isNull());
            List<List<Long>> bounded = all(fixture.bounded(EngineFixture.windows(window, attribute)));
            assertThat(bounded).isEqualTo(model.rows(Watermarks.NONE, Long.MAX_VALUE));
        }
    }
}
