package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.error.ErrorCode;
import org.junit.jupiter.api.Test;

/** The body of an answer. */
class ToolAnswerTest {
    @Test
    void isOnePieceOfText() {
        assertThat(ToolAnswer.text("hi").toString()).isEqualTo("{\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}");
    }

    @Test
    void tellsAFailureToModelAndMachine() {
        assertThat(ToolAnswer.error(ErrorCode.OVER_CAPACITY, "all taken", true, 1500)
                        .toString())
                .isEqualTo("{\"content\":[{\"type\":\"text\",\"text\":\"OVER_CAPACITY: all taken\"}],\"isError\":true,"
                        + "\"_meta\":{\"io.exai/error\":{\"code\":\"OVER_CAPACITY\",\"category\":\"rate_limit_error\","
                        + "\"retryable\":true,\"retryAfterMs\":1500}}}");
    }

    @Test
    void leavesTheDelayOutWhenThereIsNone() {
        assertThat(ToolAnswer.error(ErrorCode.VALIDATION_ERROR, "no", false, 0).toString())
                .contains("\"retryable\":false")
                .doesNotContain("retryAfterMs");
    }
}
