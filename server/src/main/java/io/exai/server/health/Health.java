package io.exai.server.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.persistence.database.JournalProbe;
import io.exai.protocol.json.WireJson;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Alive: the process answers. Ready: the journal answers and this node is an up member of a cluster that it reaches. A daemon that is
 * alive but not ready should get no new clients, and should not be restarted.
 */
public final class Health {
    private final String version;
    private final JournalProbe journal;
    private final Supplier<String> memberStatus;
    private final Supplier<Boolean> draining;
    private final Supplier<Boolean> alone;

    /**
     * What health is judged by.
     *
     * @param memberStatus the cluster's word for this node, such as {@code Up}
     * @param alone whether most of the cluster is out of reach
     */
    public Health(
            String version,
            JournalProbe journal,
            Supplier<String> memberStatus,
            Supplier<Boolean> draining,
            Supplier<Boolean> alone) {
        this.version = version;
        this.journal = journal;
        this.memberStatus = memberStatus;
        this.draining = draining;
        this.alone = alone;
    }

    /** Whether the daemon can serve, and what of it cannot. */
    public record Readiness(boolean isReady, ObjectNode body) {}

    public ObjectNode alive() {
        ObjectNode body = WireJson.object().put("status", "alive").put("version", version);
        ObjectNode components = body.putObject("components");
        Runtime runtime = Runtime.getRuntime();
        components
                .putObject("memory")
                .put("usedBytes", runtime.totalMemory() - runtime.freeMemory())
                .put("maxBytes", runtime.maxMemory());
        String member = memberStatus.get();
        component(components, "cluster", member.equals("Up"), member);
        return body;
    }

    /** Never fails; bounded in time by the probe. */
    public CompletionStage<Readiness> ready() {
        return journal.check().handle((answered, failure) -> readiness(failure == null));
    }

    private Readiness readiness(boolean journalAnswers) {
        boolean apart = alone.get();
        String member = memberStatus.get();
        boolean up = member.equals("Up") && !apart;
        boolean leaving = draining.get();
        boolean ready = journalAnswers && up && !leaving;
        ObjectNode body =
                WireJson.object().put("status", ready ? "ready" : "not ready").put("version", version);
        ObjectNode components = body.putObject("components");
        component(components, "journal", journalAnswers, journalAnswers ? "answers" : "does not answer");
        component(components, "cluster", up, apart ? member + ", but most of the cluster is out of reach" : member);
        component(components, "drain", !leaving, leaving ? "draining" : "not draining");
        return new Readiness(ready, body);
    }

    private static void component(ObjectNode components, String name, boolean up, String detail) {
        components.putObject(name).put("status", up ? "up" : "down").put("detail", detail);
    }
}
