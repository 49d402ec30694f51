package io.exai.provider.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exai.provider.fixture.Samples;
import io.exai.provider.setting.ProviderSettings;
import io.exai.provider.setting.Route;
import io.exai.provider.setting.VendorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RosterTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, auto, sandbox",
                "-, -, -, on, sandbox",
                "key, -, -, auto, kimi",
                "key, -, -, on, 'kimi, sandbox'",
                "' ', -, -, auto, sandbox",
                "-, https://api.moonshot.ai/v1/, -, auto, sandbox",
                "-, '', -, auto, sandbox",
                "-, http://mine, -, off, kimi",
                "-, -, http://mine, auto, custom",
                "key, -, http://mine, auto, 'kimi, custom'",
            })
    void turnsOnWhatHasAKeyOrAnAddress(
            @Nullable String key, @Nullable String address, @Nullable String custom, String sandbox, String enabled) {
        var settings = Samples.settings(
                "",
                Samples.vendor(key, address),
                Samples.vendor(null, null),
                Samples.custom(null, custom, "m"),
                Samples.sandbox(sandbox, 1));
        assertThat(String.join(", ", on(settings))).isEqualTo(enabled);
    }

    @Test
    void tidiesAddressAndKey() {
        var settings = Samples.settings(
                "",
                Samples.vendor(" key ", " http://mine/v1// "),
                Samples.vendor("key", null),
                Samples.custom(null, null, "m"),
                Samples.sandbox());
        assertThat(Roster.load(settings).on())
                .extracting(Roster.Entry::route)
                .containsExactly(
                        new Route("kimi", "http://mine/v1", "key"),
                        new Route("glm", "https://api.z.ai/api/paas/v4", "key"));
    }

    @Test
    void obeysSwitches() {
        var vendors = Map.of(
                "kimi", Samples.vendor("off", "key", null, List.of(), 1),
                "ollama", Samples.vendor("on", null, null, List.of(), 1));
        assertThat(on(settings(vendors))).containsExactly("ollama");
    }

    @Test
    void addsTheUsersProviderAndChangesOurs() throws IOException {
        Files.writeString(folder.resolve("mine.json"), """
                {"baseUrl": "http://mine/v1", "models": [{"name": "m", "contextWindow": 1000, "maxOutputTokens": 10}]}""");
        Files.writeString(folder.resolve("glm.json"), """
                {"baseUrl": "https://open.bigmodel.cn/api/paas/v4", "models": [{"name": "glm-4.6", "rank": 1},
                 {"name": "glm-5", "contextWindow": 1000, "maxOutputTokens": 10, "rank": 99}]}""");
        Roster roster = Roster.load(settings(Map.of("glm", Samples.vendor("key", null))));
        assertThat(roster.on()).extracting(entry -> entry.vendor().name()).containsExactly("glm", "mine");
        Vendor glm = roster.on().get(0).vendor();
        assertThat(glm.home()).isEqualTo("https://open.bigmodel.cn/api/paas/v4");
        assertThat(glm.models())
                .extracting(Model::name)
                .containsExactly("glm-4.6", "glm-4.5", "glm-4.5-air", "glm-4.5-flash", "glm-4.5v", "glm-5");
        assertThat(glm.models().get(0).rank()).isEqualTo(1);
        assertThat(glm.models().get(0).contextWindow()).isEqualTo(200_000);
    }

    @Test
    void namesTheUsersFileThatIsWrong() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.json"), "{\"models\": [{\"name\": 1}]}");
        assertThatThrownBy(() -> Roster.load(settings(Map.of()))).hasMessageContaining(file + ": models[0].name: 1");
        Files.writeString(file, "[");
        assertThatThrownBy(() -> Roster.load(settings(Map.of()))).hasMessageContaining(file + ": not JSON");
        Files.move(file, folder.resolve("My File.json"));
        assertThatThrownBy(() -> Roster.load(settings(Map.of()))).hasMessageContaining("name: My File");
    }

    @Test
    void namesAFolderThatIsNone() {
        var settings = Samples.settings("", "/no/such", Map.of(), Samples.sandbox(), Samples.SOON);
        assertThatThrownBy(() -> Roster.load(settings))
                .hasMessage("exai.providers.folder: /no/such (expected: a readable folder)");
    }

    @Test
    void wantsAnAddressOfAServerWithoutAHome() {
        var settings = settings(Map.of("custom", Samples.custom("key", null, "m")));
        assertThat(Roster.load(settings).problems(settings))
                .containsExactly("exai.providers.vendors.custom.base-url: none (expected: an http or https URL)");
    }

    private ProviderSettings settings(Map<String, VendorSettings> vendors) {
        return Samples.settings("", folder.toString(), vendors, Samples.sandbox(), Samples.SOON);
    }

    private static List<String> on(ProviderSettings settings) {
        return Roster.load(settings).on().stream()
                .map(entry -> entry.vendor().name())
                .toList();
    }
}
