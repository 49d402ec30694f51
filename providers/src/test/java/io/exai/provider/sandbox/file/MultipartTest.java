package io.exai.provider.sandbox.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exai.provider.sandbox.wire.InvalidQuestion;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
    private static final String BODY = "ignored\r\n--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nagent"
            + "\r\n--b\r\ncontent-disposition: form-data; filename=\"a.txt\"; name=\"file\"\r\n"
            + "Content-Type: text/plain\r\n\r\none\r\n--c\r\ntwo\r\n--b--\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=b",
                "multipart/form-data; boundary=\"b\"",
                "Multipart/Form-Data; charset=UTF-8; Boundary=b; x=y",
            })
    void readsTextsAndFiles(String type) throws Exception {
        var form = parse(type, BODY);
        assertThat(form.text("purpose")).isEqualTo("agent");
        assertThat(form.file("file").fileName()).isEqualTo("a.txt");
        assertThat(form.file("file").content()).asString().isEqualTo("one\r\n--c\r\ntwo");
    }

    @Test
    void missesWhatIsNotThere() throws Exception {
        var form = parse("multipart/form-data; boundary=b", BODY);
        assertThat(form.text("other")).isEmpty();
        assertThatThrownBy(() -> form.file("other")).isInstanceOf(InvalidQuestion.class);
        assertThatThrownBy(() -> form.file("purpose")).hasMessage("purpose: expected a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--b", "--b--", "--b\r\nname=\"file\"", "--b\r\n\r\n\r\n--b", "nothing"})
    void survivesWhatIsNoForm(String body) throws Exception {
        assertThat(parse("multipart/form-data; boundary=b", body).text("file")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "multipart/form-data", "multipart/mixed; boundary=b"})
    void wantsABoundary(String type) {
        assertThatThrownBy(() -> parse(type, BODY)).hasMessageStartingWith("Content-Type: expected");
    }

    private static Multipart parse(String type, String body) throws InvalidQuestion {
        return Multipart.parse(type, body.getBytes(StandardCharsets.UTF_8));
    }
}
