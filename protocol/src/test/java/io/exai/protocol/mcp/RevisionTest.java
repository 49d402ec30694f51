package io.exai.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Negotiation and names of revisions. */
class RevisionTest {
    @ParameterizedTest
    @CsvSource({
        "2024-11-05, 2024-11-05",
        "2025-03-26, 2025-03-26",
        "2025-06-18, 2025-06-18",
        "2025-11-25, 2025-11-25",
        "2026-07-28, 2025-11-25", // has no handshake
        "2024-10-07, 2025-11-25",
        "1.0.0,      2025-11-25",
        "'',         2025-11-25",
    })
    void negotiatesTheLegacyRevisionAskedForOrTheNewest(String asked, String answered) {
        assertThat(Revision.negotiate(asked).wireName()).isEqualTo(answered);
    }

    @Test
    void namesTheRevisionsOfAnEraNewestFirst() {
        assertThat(Revision.names(Era.LEGACY)).containsExactly("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");
        assertThat(Revision.names(Era.MODERN)).containsExactly("2026-07-28");
    }
}
