package io.exai.server.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done about each way to lose a connection. */
class LostTest {
    @ParameterizedTest
    @CsvSource({
        "1000, session resumed on another connection, Refused",
        "1001, '',                                    Again",
        "1006, '',                                    Again",
        "1008, a policy,                              Refused",
        "1008, Session not found (expected: x),       Forgotten",
        "1009, too big,                               TooBig",
        "1011, '',                                    Again",
        "1012, the daemon stops,                      Again",
        "1013, too slow,                              Again",
    })
    void goesByTheCloseCode(int code, String reason, String expected) {
        Lost lost = Lost.closed(code, reason);
        assertThat(lost.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(lost.why()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "101, true,  Again",
        "302, false, Refused",
        "401, false, Refused",
        "401, true,  Refused",
        "403, false, Refused",
        "404, false, Refused",
        "404, true,  Forgotten",
        "426, false, Refused",
        "429, false, Again",
        "500, true,  Again",
        "503, true,  Again",
    })
    void goesByTheStatus(int status, boolean resuming, String expected) {
        Lost lost = Lost.refused(status, resuming);
        assertThat(lost.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(lost.why()).contains(String.valueOf(status));
    }

    @Test
    void triesAgainAfterAnythingElse() {
        assertThat(Lost.failed(new ConnectException(), true)).isInstanceOf(Lost.Absent.class);
        assertThat(Lost.failed(new IOException(), true)).isEqualTo(new Lost.Again("IOException"));
        assertThat(Lost.failed(new IOException("reset"), false)).isEqualTo(new Lost.Again("reset"));
    }
}
