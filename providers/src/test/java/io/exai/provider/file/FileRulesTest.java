package io.exai.provider.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileRulesTest {
    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "104857599, true", "104857600, true", "104857601, false"})
    void kimiTakesAHundredMegabytesAndNoByteMore(long size, boolean taken) {
        assertThat(FileRules.KIMI.problem("a.pdf", size, "file-extract").isEmpty())
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "20971519, true", "20971520, true", "20971521, false"})
    void glmTakesTwentyMegabytesAndNoByteMore(long size, boolean taken) {
        assertThat(FileRules.GLM.problem("a.pdf", size, "agent").isEmpty()).isEqualTo(taken);
    }

    @Test
    void saysWhatItExpects() {
        assertThat(FileRules.GLM.problem("a.pdf", 20_971_521, "agent"))
                .contains("takes no file larger than 20971520 bytes: a.pdf has 20971521");
        assertThat(FileRules.GLM.problem("a.pdf", 1, "batch"))
                .contains("takes no file for the purpose batch (expected: one of [agent])");
        assertThat(FileRules.KIMI.problem(" ", 1, "batch")).contains("takes no file without a name");
        assertThat(FileRules.KIMI.usualPurpose()).isEqualTo("file-extract");
    }

    @Test
    void carriesEveryByteOfAFile() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        ByteString form =
                FormData.of("é\r\n.bin", ByteString.fromArray(bytes), "agent").getData();
        assertThat(form.containsSlice(ByteString.fromArray(bytes))).isTrue();
        assertThat(form.utf8String()).contains("filename=\"é__.bin\"");
    }
}
