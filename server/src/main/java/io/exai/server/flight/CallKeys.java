package io.exai.server.flight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.router.Router;
import io.exai.server.tool.Run;
import io.exai.server.tool.Tool;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What equal calls have in common: principal, tool with its text and schema, arguments with their defaults in whatever
 * order, and the model that they mean. For use by any thread.
 */
final class CallKeys {
    private static final String MODEL = "model";
    private static final String CONVERSATION = "continuation_id";

    private final Catalogue catalogue;
    private final Map<String, Digested> tools = new ConcurrentHashMap<>();

    /** What a tool adds to a key: the same for all its calls. */
    private record Digested(Tool tool, String digest) {}

    CallKeys(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Empty when the call may not be shared: its tool forbids it, it is part of a conversation, or nobody knows its model. */
    Optional<String> of(String principal, Tool tool, String arguments) {
        if (!tool.policy().shared() || !(tool.run() instanceof Run.AskModel ask)) {
            return Optional.empty();
        }
        try {
            JsonNode given = WireJson.parse(arguments);
            if (!(given instanceof ObjectNode object) || object.hasNonNull(CONVERSATION)) {
                return Optional.empty();
            }
            String asked = object.path(MODEL).asText(Router.AUTO);
            Optional<String> model = asked.equals(Router.AUTO)
                    ? Optional.of(asked)
                    : catalogue.find(asked).map(found -> found.provider() + '/' + found.name());
            return model.map(meant -> digest(principal, tool, ask, object, meant));
        } catch (MalformedJson broken) {
            return Optional.empty();
        }
    }

    private String digest(String principal, Tool tool, Run.AskModel ask, ObjectNode arguments, String model) {
        ObjectNode normal = Normal.withDefaults(arguments, tool.description().inputSchema());
        normal.remove(MODEL);
        return sha256(principal, digest(tool, ask), WireJson.write(normal), model);
    }

    @SuppressWarnings("ReferenceEquality") // comparing two tools takes as long as a digest
    private String digest(Tool tool, Run.AskModel ask) {
        Digested known = tools.get(tool.name());
        if (known != null && known.tool() == tool) {
            return known.digest();
        }
        String digest = sha256(
                tool.name(),
                tool.text(),
                ask.user(),
                ask.preference().label(),
                WireJson.write(tool.description().inputSchema()));
        tools.put(tool.name(), new Digested(tool, digest));
        return digest;
    }

    /** No two different lists of texts run together. */
    private static String sha256(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
