package io.exai.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.chat.Abilities;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.FunctionCall;
import io.exai.provider.chat.Usage;
import io.exai.provider.fixture.FakeUpstream;
import io.exai.provider.fixture.Questions;
import io.exai.provider.fixture.WireVendor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A question that takes more than one request. */
class StepsTest {
    private static final FunctionCall SEARCH = new FunctionCall("s", "$web_search", "{}");

    private final FakeUpstream upstream = new FakeUpstream();
    private final Steps steps =
            new Steps(searching(), step -> upstream.open(step, piece -> {}), WireVendor.KIMI.format());

    @Test
    void endsWithTheLastStepAndTheUsageOfAll() throws Exception {
        upstream.next().ending().complete(answer("Looking.", List.of(SEARCH)));
        upstream.next().ending().complete(answer("", List.of(SEARCH, SEARCH)));
        upstream.next().ending().complete(answer("Found.", List.of()));
        assertThat(steps.outcome().toCompletableFuture())
                .isCompletedWithValue(new ChatAnswer("Found.", null, "kimi", "m", "stop", new Usage(30, 15, 6)));
    }

    @Test
    void numbersTheKeysOfItsSteps() throws Exception {
        for (String key : List.of("call-1", "call-1-2", "call-1-3")) {
            FakeUpstream.Opened step = upstream.next();
            assertThat(step.request().callKey()).isEqualTo(key);
            step.ending().complete(answer("", List.of(SEARCH)));
        }
    }

    @Test
    void cancelsTheStepUnderWayAndTakesNoFurtherOne() throws Exception {
        upstream.next().ending().complete(answer("", List.of(SEARCH)));
        FakeUpstream.Opened second = upstream.next();
        steps.cancel();
        assertThat(second.cancelled()).isCompletedWithValue(true);
        ChatAnswer late = answer("", List.of(SEARCH));
        second.ending().complete(late);
        assertThat(upstream.untaken()).isZero();
        assertThat(steps.outcome().toCompletableFuture()).isCompletedWithValue(late.after(new Usage(10, 5, 2)));
    }

    private static ChatAnswer answer(String text, List<FunctionCall> calls) {
        return new ChatAnswer(text, null, "kimi", "m", "stop", new Usage(10, 5, 2), calls);
    }

    private static ChatRequest searching() {
        return Questions.ask("m", Questions.results(), new Abilities(null, 0, true, List.of(), null));
    }
}
