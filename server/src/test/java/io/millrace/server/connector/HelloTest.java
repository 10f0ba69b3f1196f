package io.millrace.server.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.executor.log.ProducerName;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelloTest {
    private static Hello parse(String line) {
        return Hello.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesAProducer() {
        assertThat(parse("HELLO lädt\r")).isEqualTo(new Hello(ProducerName.of("lädt"), 0, 0));
        assertThat(parse("HELLO a epoch=7")).isEqualTo(new Hello(ProducerName.of("a"), 7, 0));
        assertThat(parse("HELLO a first=1")).isEqualTo(new Hello(ProducerName.of("a"), 0, 1));
        assertThat(parse("HELLO a first=140737488355327 epoch=2147483647"))
                .isEqualTo(new Hello(ProducerName.of("a"), Integer.MAX_VALUE, 140_737_488_355_327L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "HELLO",
                "HELLO ",
                "hello a",
                "HELLO a b",
                "HELLO a ",
                "HELLO  a",
                "HELLO a epoch=",
                "HELLO a epoch=0",
                "HELLO a epoch=-1",
                "HELLO a epoch=2147483648",
                "HELLO a first=1 first=2",
                "HELLO a first=140737488355328",
                "HELLO a first=99999999999999999999",
                "HELLO a=b\tc",
                "GET / HTTP/1.1"
            })
    void refusesAllElse(String line) {
        assertThatThrownBy(() -> parse(line)).hasMessageMatching("(the first line must be HELLO|the name of a).*");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThatThrownBy(() -> Hello.parse(new byte[] {'H', 'E', 'L', 'L', 'O', ' ', (byte) 0xC3}))
                .hasMessageContaining("the first line must be HELLO");
    }
}
