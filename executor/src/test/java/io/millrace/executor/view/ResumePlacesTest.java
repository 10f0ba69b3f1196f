package io.millrace.executor.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResumePlacesTest {
    private final ResumePlaces places = new ResumePlaces();

    @Test
    void the_last_place_that_is_not_behind_the_reader_is_named() {
        assertThat(places.at(0)).isNull();
        places.add(3, () -> "a");
        places.add(5, () -> "b");
        places.add(5, () -> "c");
        places.add(9, () -> "d");
        assertThat(places.at(2)).isNull();
        assertThat(places.at(4)).isEqualTo(new ResumePlace(3, "a"));
        assertThat(places.at(4)).isEqualTo(new ResumePlace(3, "a"));
        assertThat(places.at(5)).isEqualTo(new ResumePlace(5, "c"));
        places.add(12, () -> "e");
        assertThat(places.at(100)).isEqualTo(new ResumePlace(12, "e"));
        assertThat(places.at(101)).isEqualTo(new ResumePlace(12, "e"));
    }
}
