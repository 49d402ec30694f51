package io.exai.server.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and the name in them. */
class UriTemplateTest {
    @ParameterizedTest
    @CsvSource({
        "test://template/{id}/data, test://template/123/data,   123",
        "test://template/{id}/data, test://template/a%20b/data, a b",
        "test://template/{id}/data, test://template/a+b/data,   a+b",
        "test://template/{id}/data, test://template//data,      -",
        "test://template/{id}/data, test://template/1/2/data,   -",
        "test://template/{id}/data, test://template/%zz/data,   -",
        "exai://models/{name},      exai://models/x?y,          -",
        "exai://models/{name},      exai://modelsXx,            -",
    })
    void findsTheName(String template, String uri, String expected) {
        assertThat(UriTemplate.parse(template).match(uri).orElse("-")).isEqualTo(expected);
    }

    @Test
    void knowsTheNameOfItsExpression() {
        assertThat(UriTemplate.parse("exai://models/{name}").variable()).isEqualTo("name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exai://models", "exai://{a}/{b}", "exai://{}", "exai://{a*}", "exai://{a"})
    void refusesWhatIsNoTemplate(String text) {
        assertThatThrownBy(() -> UriTemplate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(text + ": not a template (expected: one {name} in it)");
    }
}
