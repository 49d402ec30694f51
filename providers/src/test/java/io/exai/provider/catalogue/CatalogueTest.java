package io.exai.provider.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exai.provider.fixture.Samples;
import io.exai.provider.setting.ProviderSettings;
import io.exai.provider.setting.VendorSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    @Test
    void holdsWhatIsOnInOrderOfPreferenceAndRank() {
        var catalogue = load("", "key", "key", "http://mine", "on");
        assertThat(catalogue.models()).hasSize(16 + 5 + 1 + 1);
        assertThat(catalogue.models())
                .extracting(Model::provider)
                .startsWith("kimi")
                .endsWith("custom", "sandbox");
        assertThat(catalogue.models())
                .extracting(Model::name)
                .startsWith("kimi-k2-thinking-turbo", "kimi-k2-thinking", "kimi-k2-0905-preview")
                .endsWith("glm-4.5-flash", "glm-4.5v", "mine", "sandbox-echo")
                .doesNotHaveDuplicates();
    }

    @Test
    void knowsTheFactsOfAModel() {
        assertThat(load("", "key", null, null, "auto").find("kimi-k2")).hasValueSatisfying(model -> {
            assertThat(model.name()).isEqualTo("kimi-k2-0905-preview");
            assertThat(model.contextWindow()).isEqualTo(262_144);
            assertThat(model.maxOutputTokens()).isEqualTo(8192);
            assertThat(model.images()).isTrue();
            assertThat(model.tools()).isTrue();
            assertThat(model.thinking()).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"glm-4.5-air", "GLM-4.5-AIR", "glm-4.5-x", " Glm-4.5-X "})
    void findsByNameAndAliasWhateverTheCase(String name) {
        assertThat(load("", null, "key", null, "auto").find(name))
                .map(Model::name)
                .contains("glm-4.5-air");
    }

    @Test
    void findsNothingOfAProviderThatIsOff() {
        assertThat(load("", null, "key", null, "auto").find("kimi-k2")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'', key, key, -, auto, kimi-k2-thinking-turbo",
                "auto, -, key, -, auto, glm-4.6",
                "'', -, -, http://x, auto, mine",
                "'', -, -, -, auto, sandbox-echo",
                "glm-4.5-X, key, key, -, auto, glm-4.5-air",
                "glm-4.5, key, -, -, auto, kimi-k2-thinking-turbo",
                "mine, key, -, http://x, auto, mine",
                "sandbox-echo, key, -, -, on, sandbox-echo",
            })
    void prefersTheDefaultWhileItsProviderIsOn(
            String asked,
            @Nullable String kimi,
            @Nullable String glm,
            @Nullable String custom,
            String sandbox,
            String preferred) {
        assertThat(load(asked, kimi, glm, custom, sandbox).preferred().name()).isEqualTo(preferred);
    }

    @Test
    void namesNearNamesOfAnUnknownDefault() {
        assertThatThrownBy(() -> load("kimi-k2-0906-preview", "key", null, null, "auto"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("exai.providers.default-model: kimi-k2-0906-preview (expected: a known model, such as "
                        + "kimi-k2-0905-preview, kimi-k2-0711-preview, kimi-k2-turbo-preview)");
    }

    @Test
    void needsAProvider() {
        assertThatThrownBy(() -> load("", null, null, null, "off")).hasMessageContaining("none is on");
    }

    @Test
    void allowsOnlyTheModelsThatTheSettingsList() {
        var kimi = Samples.vendor("auto", "key", null, List.of("Kimi-K2", "moonshot-v1-8k"), 6);
        assertThat(load(Map.of("kimi", kimi)).models())
                .extracting(Model::name)
                .containsExactly("kimi-k2-0905-preview", "moonshot-v1-8k");
    }

    @Test
    void namesAnUnknownModelInAList() {
        var kimi = Samples.vendor("auto", "key", null, List.of("kimi-k3"), 6);
        assertThatThrownBy(() -> load(Map.of("kimi", kimi)))
                .hasMessageStartingWith(
                        "exai.providers.vendors.kimi.models: kimi-k3 (expected: a known model, such as ");
    }

    @Test
    void takesAnyModelOfAServerWhoseModelsNobodyKnows() {
        var vllm = Samples.vendor("auto", null, "http://gpu:8000/v1", List.of("my/llama", "other"), 6);
        assertThat(load(Map.of("vllm", vllm)).models()).extracting(Model::name).containsExactly("my/llama", "other");
        var nothing = Samples.vendor("auto", null, "http://gpu:8000/v1", List.of(), 6);
        assertThatThrownBy(() -> load(Map.of("vllm", nothing)))
                .hasMessage("exai.providers.vendors.vllm.models: none (expected: names of models)");
    }

    @Test
    void findsAModelByProviderAndName() {
        assertThat(load("", "key", "key", null, "auto").find("GLM/glm-4.6"))
                .map(Model::provider)
                .contains("glm");
    }

    @Test
    void namesAProviderThatNobodyKnows() {
        assertThatThrownBy(() -> load(Map.of("kimmi", Samples.vendor("key", null))))
                .hasMessageStartingWith("exai.providers.kimmi (expected: one of kimi, glm, ");
    }

    private static Catalogue load(Map<String, VendorSettings> vendors) {
        return Catalogue.load(Samples.settings("", "", vendors, Samples.sandbox("auto", 1), Samples.SOON));
    }

    private static Catalogue load(
            String asked, @Nullable String kimi, @Nullable String glm, @Nullable String custom, String sandbox) {
        ProviderSettings settings = Samples.settings(
                asked,
                Samples.vendor(kimi, null),
                Samples.vendor(glm, null),
                Samples.custom(null, custom, "mine"),
                Samples.sandbox(sandbox, 1));
        return Catalogue.load(settings);
    }
}
