package io.exai.provider.setting;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The settings records and reference.conf say the same. */
class ReferenceTest {
    @Test
    void hasAKeyForEveryComponentAndNoOther() {
        var keys = new TreeSet<String>();
        collect(ProviderSettings.class, "", keys);
        var present = new TreeSet<String>();
        bare().withoutPath("vendors").entrySet().forEach(entry -> present.add(entry.getKey()));
        for (String optional : List.of("vendor.api-key", "vendor.base-url", "vendors")) {
            assertThat(keys.remove(optional)).as(optional).isTrue();
        }
        assertThat(present).isEqualTo(keys);
    }

    @Test
    void setsOfVendorsOnlyWhatVendorsHave() {
        var keys = new TreeSet<String>();
        collect(VendorSettings.class, "", keys);
        bare().getConfig("vendors")
                .root()
                .forEach((name, vendor) -> assertThat(keys).as(name).containsAll(((ConfigObject) vendor).keySet()));
    }

    @Test
    void explainsEveryKey() {
        List<String> lines = text().lines().map(String::strip).toList();
        for (int i = 1; i < lines.size(); i++) {
            boolean key = lines.get(i).matches("[a-z-]+ = .*");
            String before = lines.get(i - 1);
            String name = lines.get(i).replaceFirst(" .*", "");
            assertThat(!key || before.startsWith("#") || before.startsWith(name + " = "))
                    .as(lines.get(i))
                    .isTrue();
        }
    }

    private static void collect(Class<?> type, String path, Set<String> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            String key = path + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                collect(component.getType(), key + '.', keys);
            } else {
                keys.add(key);
            }
        }
    }

    private static Config bare() {
        return resolved(Map.of());
    }

    private static Config resolved(Map<String, String> variables) {
        return ConfigFactory.parseString(text(), ConfigParseOptions.defaults())
                .withFallback(ConfigFactory.parseMap(variables))
                .resolve(ConfigResolveOptions.noSystem())
                .getConfig("exai.providers");
    }

    /** The class path holds one reference.conf a module: this module's is beside its classes. */
    private static String text() {
        try {
            URI classes = ProviderSettings.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Files.readString(Path.of(classes).resolve("reference.conf"));
        } catch (URISyntaxException | IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
