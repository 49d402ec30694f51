package io.exai.provider.sandbox;

import io.exai.provider.sandbox.fault.FaultReader;
import io.exai.provider.sandbox.fault.FaultRule;
import io.exai.provider.sandbox.fault.FaultScript;
import io.exai.provider.sandbox.wire.InvalidQuestion;
import io.exai.provider.setting.SandboxSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Flow;

/** A sandbox without a port, and its script of faults. */
public final class Sandbox {
    private final FaultScript script;
    private final Desk desk;

    private Sandbox(FaultScript script, Desk desk) {
        this.script = script;
        this.desk = desk;
    }

    public static Sandbox of(SandboxSettings settings, Clock clock) {
        var script = new FaultScript(settings.seed());
        return new Sandbox(script, new Desk(settings, script, clock));
    }

    /** Every materialization is one connection of a client. */
    public Flow<HttpRequest, HttpResponse, NotUsed> connection() {
        return Flow.fromGraph(new DeskStage(desk, null));
    }

    /** A connection that Pekko HTTP serves on a port. */
    Flow<HttpRequest, HttpResponse, NotUsed> portConnection() {
        return Flow.fromGraph(new DeskStage(desk, HttpResponse.create().addHeader(new HangUp())));
    }

    /** Replaces the script; an empty one leaves only the settings' shares. */
    public void faults(List<FaultRule> rules) {
        script.replace(List.copyOf(rules));
    }

    /** Replaces the script by a JSON list; fails with the field that is wrong and what was expected. */
    public void faults(String json) {
        try {
            faults(FaultReader.read(json.getBytes(StandardCharsets.UTF_8)));
        } catch (InvalidQuestion wrong) {
            throw new IllegalArgumentException(wrong.message(), wrong);
        }
    }

    /** The rules in force, with how often each was used. */
    public List<FaultScript.Use> faultUses() {
        return script.uses();
    }
}
