package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.server.e2e.SandboxProcess.Visit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Judges what a fleet heard against what the sandbox was asked. */
final class Verdict {
    private final Map<String, List<Visit>> visits;
    private int duplicates;
    private int repeated;

    private Verdict(List<Visit> visits) {
        this.visits = visits.stream().collect(Collectors.groupingBy(Visit::prompt));
    }

    /** Fails unless every call ended once, with its own answer, and ran no more often than was told. */
    static Verdict on(Fleet fleet, SandboxProcess sandbox) throws Exception {
        Verdict verdict = new Verdict(sandbox.visits());
        for (Caller caller : fleet.callers()) {
            for (String id : caller.ids()) {
                verdict.judge(caller, id);
            }
        }
        return verdict;
    }

    private void judge(Caller caller, String id) {
        String prompt = caller.promptOf(id);
        List<Caller.Received> answers = caller.answersTo(id);
        assertThat(answers)
                .as("answers to %s", prompt)
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer.text()).isEqualTo("[sandbox] You said: " + prompt));
        answers.subList(1, answers.size()).forEach(answer -> duplicate(prompt, answers.get(0), answer));
        runs(prompt, answers.get(answers.size() - 1).attempts());
    }

    /** A second answer may only come on a later connection, and must say that it may be a repetition. */
    private void duplicate(String prompt, Caller.Received first, Caller.Received again) {
        duplicates++;
        assertThat(again.connection()).as("connection of %s", prompt).isGreaterThan(first.connection());
        assertThat(again.isRedelivered()).as("redelivered %s", prompt).isTrue();
        assertThat(again.attempts()).as("attempts of %s", prompt).isEqualTo(first.attempts());
    }

    private void runs(String prompt, int attempts) {
        List<Visit> runs = visits.getOrDefault(prompt, List.of());
        assertThat(runs).as("runs of %s", prompt).hasSizeBetween(1, 2).hasSizeLessThanOrEqualTo(attempts);
        assertThat(runs.stream().map(Visit::key).distinct())
                .as("keys of %s", prompt)
                .hasSize(1)
                .doesNotContain("");
        assertThat(runs.get(runs.size() - 1).outcome())
                .as("last run of %s", prompt)
                .isEqualTo("ok");
        repeated += runs.size() > 1 ? 1 : 0;
    }

    /** Answers that came twice, the second time flagged as redelivered. */
    int duplicates() {
        return duplicates;
    }

    /** Calls that reached the sandbox twice. */
    int repeated() {
        return repeated;
    }
}
