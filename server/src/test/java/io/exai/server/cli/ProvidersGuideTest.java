package io.exai.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.catalogue.Model;
import io.exai.server.setting.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/providers.md tells users to do, done. */
class ProvidersGuideTest {
    private static final Pattern FILE = Pattern.compile("<!-- file: (\\S+) -->\\n```json\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SETTINGS = Pattern.compile("```\\n(exai\\.\\S+ \\{.*?)```", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\|([^|]*)\\|([^|]*)\\|");
    private static final Pattern VARIABLE = Pattern.compile("`([A-Z0-9_]+)`");

    @TempDir
    private Path folder;

    private String guide = "";

    @BeforeEach
    void read() throws IOException {
        guide = Files.readString(Path.of("..", "docs", "providers.md")); // tests run in the folder of their module
    }

    @Test
    void addsAModelAndAProviderByFiles() throws IOException {
        List<MatchResult> files = FILE.matcher(guide).results().toList();
        assertThat(files).hasSize(2);
        for (MatchResult file : files) {
            Files.writeString(folder.resolve(file.group(1)), file.group(2));
        }
        Catalogue catalogue = catalogue(Map.of("EXAI_PROVIDERS_DIR", folder.toString(), "GLM_API_KEY", "key"));
        assertThat(catalogue.find("glm-5-preview")).map(Model::rank).contains(95);
        assertThat(catalogue.find("glm-4.5-flash")).map(Model::rank).contains(60);
        assertThat(catalogue.find("local")).map(Model::provider).contains("my-gpu");
    }

    @Test
    void takesEverySettingsFileOfTheGuide() {
        List<MatchResult> files = SETTINGS.matcher(guide).results().toList();
        assertThat(files).hasSize(2);
        for (MatchResult file : files) {
            var given = ConfigFactory.parseString(file.group(1))
                    .withFallback(ConfigFactory.parseMap(Map.of("KIMI_API_KEY", "key", "GLM_API_KEY", "key")));
            assertThat(Settings.load(null, given).config().isResolved()).isTrue();
        }
    }

    @Test
    void turnsAProviderOnByEachVariableOfTheGuide() {
        int tried = 0;
        for (MatchResult row : ROW.matcher(guide).results().toList()) {
            String provider = row.group(1);
            for (MatchResult key : VARIABLE.matcher(row.group(2)).results().toList()) {
                if (!provider.equals("custom")) {
                    assertThat(providers(Map.of(key.group(1), "key")))
                            .as(key.group(1))
                            .contains(provider);
                    tried++;
                }
            }
            for (MatchResult address : VARIABLE.matcher(row.group(3)).results().toList()) {
                var variables = Map.of(address.group(1), "http://127.0.0.1:9/x", "VLLM_ALLOWED_MODELS", "m");
                assertThat(providers(variables)).as(address.group(1)).contains(provider);
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(15);
    }

    private static List<String> providers(Map<String, String> variables) {
        return catalogue(variables).models().stream()
                .map(Model::provider)
                .distinct()
                .toList();
    }

    private static Catalogue catalogue(Map<String, String> variables) {
        return Catalogue.load(
                Settings.load(null, ConfigFactory.parseMap(variables)).providers());
    }
}
