package io.exai.server.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Signs certificates of nodes, with the keytool of the Java that runs the test; all of it in one folder. */
record Authority(Path folder) {
    private static final String PASSWORD = "not-a-secret";

    static Authority create(Path folder) throws Exception {
        Authority authority = new Authority(Files.createDirectories(folder));
        authority.tool("authority", "-genkeypair", "-keyalg", "RSA", "-dname", "CN=authority", "-ext", "bc:c");
        authority.pem("authority");
        return authority;
    }

    /** A key and a certificate for it, both PEM files, as settings of a node. */
    Map<String, String> node(String name) throws Exception {
        tool(name, "-genkeypair", "-keyalg", "RSA", "-dname", "CN=exai");
        Path request = folder.resolve(name + ".csr");
        Path signed = folder.resolve(name + ".crt");
        tool(name, "-certreq", "-file", request.toString());
        tool(
                "authority",
                "-gencert",
                "-rfc",
                "-ext",
                "san=dns:exai",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString());
        return Map.of(
                "EXAI_CLUSTER_TLS", "on",
                "EXAI_CLUSTER_TLS_KEY", key(name).toString(),
                "EXAI_CLUSTER_TLS_CERTIFICATE", signed.toString(),
                "EXAI_CLUSTER_TLS_AUTHORITY", pem("authority").toString());
    }

    private Path pem(String name) throws Exception {
        Path file = folder.resolve(name + ".pem");
        tool(name, "-exportcert", "-rfc", "-file", file.toString());
        return file;
    }

    private Path key(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        byte[] key = store.getKey(name, PASSWORD.toCharArray()).getEncoded();
        String text = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
        return Files.writeString(folder.resolve(name + ".key"), text, StandardCharsets.US_ASCII);
    }

    private void tool(String alias, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-alias",
                alias,
                "-storepass",
                PASSWORD,
                "-keystore",
                folder.resolve("keys.p12").toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command));
        }
    }
}
