package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.protocol.json.WireJson;
import io.exai.provider.actor.Effort;
import io.exai.provider.actor.Priority;
import io.exai.provider.actor.Provider;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.Usage;
import io.exai.server.setting.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

/** What is counted of a call whose time is over. */
class AttemptsTest {
    private static final Settings SETTINGS =
            Settings.load(null, ConfigFactory.parseString("exai.providers.sandbox.enabled = on"));

    private final TestInbox<Provider.Reply> replies = TestInbox.create();
    private final HeardMeter meter = new HeardMeter();
    private final Models models = Kits.models(SETTINGS.providers(), Map.of(), meter);
    private final Job job = new Job(
            "1",
            "s",
            "alice",
            "key",
            Toolbox.load("", SETTINGS.deadline()).find("chat").orElseThrow(),
            "{\"prompt\":\"hi\"}",
            false,
            false,
            CallContext.none(),
            Priority.NORMAL);
    private final ModelQuestion question =
            new ModelQuestion(job, WireJson.object().put("prompt", "hi"), List.of());
    private final Attempts attempts = new Attempts(
            question,
            models.router().plan(question.wanted(), question.need(), 0),
            models,
            System.nanoTime() + Duration.ofMinutes(1).toNanos());

    @Test
    void countAModelThatWasStillAsked() {
        attempts.ask(job, replies.getRef());
        attempts.timedOut();
        attempts.timedOut();
        assertThat(meter.heard).containsExactly(attempts.choice().model().name() + " failed, TIMEOUT, 1 attempts");
    }

    @Test
    void countNothingMoreOnceAModelHasAnswered() {
        attempts.ask(job, replies.getRef());
        attempts.answer(new ChatAnswer("yes", null, "sandbox", "any", "stop", new Usage(2, 3, 0)), Effort.NONE, job);
        attempts.timedOut();
        assertThat(meter.heard).singleElement().asString().contains(" answered, 2 in, 3 out");
    }
}
