package io.millrace.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstHereTest {
    @Test
    void the_first_task_runs_here_and_the_others_elsewhere() {
        List<Runnable> given = new ArrayList<>();
        List<String> ran = new ArrayList<>();
        FirstHere executor = new FirstHere(given::add);
        executor.execute(() -> {
            executor.execute(() -> ran.add("second"));
            ran.add("first");
        });
        executor.execute(() -> ran.add("third"));
        assertThat(ran).containsExactly("first");
        given.forEach(Runnable::run);
        assertThat(ran).containsExactly("first", "second", "third");
    }
}
