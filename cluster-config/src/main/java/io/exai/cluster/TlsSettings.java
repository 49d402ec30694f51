package io.exai.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What nodes show each other; all three are PEM files.
 *
 * @param key private key, RSA in PKCS 8
 * @param certificate of that key, with the same subject on all nodes
 * @param authority certificate of who signed the certificates of all nodes
 */
public record TlsSettings(boolean enabled, String key, String certificate, String authority) {
    private static final String ENGINE = "pekko.remote.artery.ssl.rotating-keys-engine.";

    List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        if (enabled) {
            check(problems, path + ".key", key);
            check(problems, path + ".certificate", certificate);
            check(problems, path + ".authority", authority);
        }
        return problems;
    }

    private static void check(List<String> problems, String key, String file) {
        if (file.isEmpty() || !Files.isReadable(Path.of(file))) {
            problems.add(key + ": " + file + " (expected: a readable PEM file)");
        }
    }

    Map<String, Object> pekkoValues() {
        return enabled
                ? Map.of(
                        "pekko.remote.artery.transport",
                        "tls-tcp",
                        "pekko.remote.artery.ssl.ssl-engine-provider",
                        "org.apache.pekko.remote.artery.tcp.ssl.RotatingKeysSSLEngineProvider",
                        ENGINE + "key-file",
                        key,
                        ENGINE + "cert-file",
                        certificate,
                        ENGINE + "ca-cert-file",
                        authority)
                : Map.of("pekko.remote.artery.transport", "tcp");
    }
}
