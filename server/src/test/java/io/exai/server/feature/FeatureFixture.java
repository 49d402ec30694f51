package io.exai.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Revision;
import io.exai.protocol.mcp.ServerIdentity;
import io.exai.protocol.mcp.ServerMessages;
import io.exai.provider.catalogue.Catalogue;
import io.exai.server.change.Change;
import io.exai.server.prompt.PromptBook;
import io.exai.server.resource.DaemonResources;
import io.exai.server.security.StateSeal;
import io.exai.server.setting.Settings;
import io.exai.server.tool.Toolbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Features of a daemon with a sandbox, and somebody who asks. */
final class FeatureFixture {
    static final Settings SETTINGS = Settings.load(
            null,
            ConfigFactory.parseString(
                    "exai { providers.sandbox.enabled = on, security.token = the-secret-token-one }"));
    static final Catalogue CATALOGUE = Catalogue.load(SETTINGS.providers());
    static final ServerMessages MESSAGES = new ServerMessages(new ServerIdentity("1", "Ask chat."));

    final List<Change> changes = new ArrayList<>();
    final Features features;

    private FeatureFixture(Offer offer, int pageSize) {
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        features = new Features(new FeatureParts(
                MESSAGES,
                offer.toolbox(),
                offer.prompts(),
                offer.resources(),
                CATALOGUE,
                new StateSeal(new byte[StateSeal.KEY_BYTES], Duration.ofHours(1), clock),
                changes::add,
                pageSize));
    }

    /** With pages of that size. */
    static FeatureFixture paged(int pageSize) {
        Toolbox toolbox = Toolbox.load("", SETTINGS.deadline());
        return new FeatureFixture(
                new Offer(toolbox, PromptBook.load(""), DaemonResources.of(SETTINGS, CATALOGUE, toolbox)), pageSize);
    }

    static FeatureFixture of(Offer offer) {
        return new FeatureFixture(offer, 100);
    }

    /** The result as that revision's client sees it. */
    JsonNode result(Revision revision, String method, String params) {
        return result(new Asker(revision, json("{\"elicitation\":{}}"), "alice"), method, params);
    }

    JsonNode result(Asker asker, String method, String params) {
        Answer answer = answer(asker, method, params);
        assertThat(answer).isInstanceOf(Answer.Result.class);
        byte[] message = MESSAGES.result(new RequestId("1"), asker.revision(), ((Answer.Result) answer).body());
        return json(new String(message, java.nio.charset.StandardCharsets.UTF_8))
                .path("result");
    }

    RpcError refusal(Revision revision, String method, String params) {
        return refusal(new Asker(revision, WireJson.object(), "alice"), method, params);
    }

    RpcError refusal(Asker asker, String method, String params) {
        Answer answer = answer(asker, method, params);
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused) answer).error();
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) WireJson.parse(text);
        } catch (MalformedJson broken) {
            throw new AssertionError(broken);
        }
    }

    private Answer answer(Asker asker, String method, String params) {
        assertThat(features.serves(method)).isTrue();
        return features.answer(method, json(params), asker);
    }
}
