package io.exai.server.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Methods;
import io.exai.protocol.mcp.Revision;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that is answered without a session: lists, prompts, resources, completion, discovery, ping. */
public final class Features {
    private static final Logger LOG = LoggerFactory.getLogger(Features.class);

    private final Map<String, Feature> byMethod;
    private final ResourceRequest resources;

    public Features(FeatureParts parts) {
        this.resources = new ResourceRequest(parts.resources());
        Lists lists = new Lists(parts);
        this.byMethod = Map.of(
                Methods.PING, (params, asker) -> WireJson.object(),
                Methods.DISCOVER, (params, asker) -> parts.messages().discovery(capabilities(asker.revision())),
                Methods.TOOLS_LIST, lists::tools,
                Methods.PROMPTS_LIST, lists::prompts,
                Methods.RESOURCES_LIST, lists::resources,
                Methods.RESOURCE_TEMPLATES_LIST, lists::templates,
                Methods.PROMPTS_GET, new PromptRequest(parts)::answer,
                Methods.RESOURCES_READ, resources::answer,
                Methods.COMPLETE, new Completion(parts)::answer);
    }

    public boolean serves(String method) {
        return byMethod.containsKey(method);
    }

    /** Never throws and never waits; a mistake of ours is a {@link Answer.Refused}, too. */
    public Answer answer(String method, ObjectNode params, Asker asker) {
        Feature feature = byMethod.get(method);
        if (feature == null) {
            return new Answer.Refused(RpcError.of(RpcError.METHOD_NOT_FOUND, "Method not found: " + method));
        }
        try {
            return new Answer.Result(feature.answer(params, asker));
        } catch (Refusal refusal) {
            return new Answer.Refused(refusal.error());
        } catch (RuntimeException broken) {
            LOG.error("{} failed", method, broken);
            return new Answer.Refused(RpcError.of(RpcError.INTERNAL_ERROR, method + " failed"));
        }
    }

    /** The answer to a read of what an actor somewhere must be asked for; empty for everything else. */
    public Optional<CompletionStage<Answer>> ask(String method, ObjectNode params, Asker asker) {
        return method.equals(Methods.RESOURCES_READ) ? resources.ask(params, asker) : Optional.empty();
    }

    /** For {@code initialize} and {@code server/discover}. */
    public ObjectNode capabilities(Revision revision) {
        return Capabilities.of(revision);
    }

    /** Answers the requests of one method. */
    private interface Feature {
        ObjectNode answer(ObjectNode params, Asker asker) throws Refusal;
    }
}
