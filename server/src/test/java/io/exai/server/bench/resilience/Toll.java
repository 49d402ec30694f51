package io.exai.server.bench.resilience;

import io.exai.server.e2e.SandboxProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a crowd has lived through, held against what the sandbox was asked.
 *
 * @param answered calls with an answer of the model
 * @param lost calls that never got an answer
 * @param failed answers that are errors, by text
 * @param redelivered answers that came twice and said so
 * @param twice answers that came twice and did not say so
 * @param repeated calls that the sandbox was asked more than once, and that say so
 * @param unnoticed calls that the sandbox was asked more often than they say
 * @param touched pauses of those that a fault touched, in milliseconds
 */
record Toll(
        int answered,
        int lost,
        Map<String, Integer> failed,
        int redelivered,
        int twice,
        int repeated,
        int unnoticed,
        Sample touched) {
    /** A pause above this, or a cut connection, is the mark of a fault, in nanoseconds. */
    private static final long NOTICEABLE = 1_000_000_000L;

    /** How long after a fault its effects are counted to it. */
    private static final long AFTERMATH = 15_000_000_000L;

    /** {@code faults} are moments by {@link System#nanoTime()}. */
    static Toll of(Crowd crowd, List<Long> faults, List<SandboxProcess.Visit> visits) {
        Map<String, Integer> asked = new HashMap<>();
        visits.forEach(visit -> asked.merge(visit.prompt(), 1, Integer::sum));
        List<Long> touched = new ArrayList<>();
        int redelivered = 0;
        int twice = 0;
        int repeated = 0;
        int unnoticed = 0;
        for (Survivor survivor : crowd.survivors()) {
            Diary diary = survivor.diary();
            redelivered += diary.redelivered();
            twice += diary.unmarked();
            for (Map.Entry<String, Integer> call : diary.attempts().entrySet()) {
                int runs = asked.getOrDefault(call.getKey(), 0);
                repeated += runs > 1 && runs <= call.getValue() ? 1 : 0;
                unnoticed += runs > call.getValue() ? 1 : 0;
            }
            faults.forEach(fault -> touch(diary, fault, touched));
        }
        return new Toll(
                crowd.answered(),
                crowd.lost(),
                crowd.failures(),
                redelivered,
                twice,
                repeated,
                unnoticed,
                Sample.of(touched));
    }

    private static void touch(Diary diary, long fault, List<Long> touched) {
        long pause = 0;
        List<Long> answers = diary.answers();
        for (int index = 1; index < answers.size(); index++) {
            long from = answers.get(index - 1);
            long to = answers.get(index);
            if (to > fault && from < fault + AFTERMATH) {
                pause = Math.max(pause, to - Math.max(from, fault));
            }
        }
        boolean cut = diary.cuts().stream().anyMatch(at -> at > fault && at < fault + AFTERMATH);
        if (cut || pause > NOTICEABLE) {
            touched.add(pause / 1_000_000);
        }
    }

    boolean isClean() {
        return answered > 0 && lost == 0 && failed.isEmpty() && twice == 0 && unnoticed == 0;
    }

    /** A line of the table. */
    String row(String name) {
        return "| " + name + " | " + answered + " | " + lost + " | "
                + failed.values().stream().mapToInt(Integer::intValue).sum() + " | " + twice + " | " + redelivered
                + " | "
                + repeated + " | " + unnoticed + " | " + touched.size() + " | " + touched.percentile(0.5) + " | "
                + touched.percentile(0.95) + " | " + touched.percentile(1) + " |";
    }

    static String head() {
        return "| scenario | answered | lost | errors | twice, unsaid | twice, said | run again, said | run again, unsaid |"
                + " touched | median ms | p95 ms | longest ms |\n|---|---|---|---|---|---|---|---|---|---|---|---|";
    }
}
