package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Places in a text. */
class TemplateTest {
    @ParameterizedTest
    @CsvSource({
        "{{a}},          1",
        "x {{a}} y {{a}}, x 1 y 1",
        "{{a}}{{bC_2}},  12",
        "{a} {{a },      {a} {{a }",
        "{{A}} {{ a }} {{}}, {{A}} {{ a }} {{}}",
        "{{{a}}},        {1}",
    })
    void fillsPlacesAndNothingElse(String text, String filled) {
        Map<String, String> values = Map.of("a", "1", "bC_2", "2");
        assertThat(Template.fill(text, name -> values.getOrDefault(name, "?"))).isEqualTo(filled);
    }

    @Test
    void leavesWhatItFillsInAlone() {
        assertThat(Template.fill("{{a}} {{b}}", name -> "{{b}} $1 \\ ${x}"))
                .isEqualTo("{{b}} $1 \\ ${x} {{b}} $1 \\ ${x}");
    }
}
