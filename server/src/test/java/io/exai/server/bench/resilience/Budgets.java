package io.exai.server.bench.resilience;

import io.exai.server.e2e.SandboxProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The promises to vendors hold while nodes die or are cut off, and what the dead were allowed comes back. */
final class Budgets implements Trial {
    private static final int SESSIONS = 40;
    private static final int EACH = 2;
    private static final Map<String, Integer> LIMITS = Map.of("kimi", 6, "glm", 4);
    private static final int IN_ALL = 24;
    private static final Duration AIM = Duration.ofSeconds(2);
    private static final String HEAD = Findings.head(
            "budgets under",
            "faults",
            "most at Kimi",
            "most at GLM",
            "most in all",
            "mean at Kimi",
            "mean at GLM",
            "settled after ms",
            "full after that ms",
            "full after the fault ms",
            "answered",
            "lost",
            "errors");

    @Override
    public Findings run(Plan plan) throws Exception {
        List<String> rows = new ArrayList<>();
        boolean killed = run(Fault.KILL, plan, rows);
        boolean parted = run(Fault.PARTITION, plan, rows);
        return new Findings(HEAD, rows, killed && parted);
    }

    private static boolean run(Fault fault, Plan plan, List<String> rows) throws Exception {
        Arena.Wanted wanted =
                Arena.Wanted.of(Map.of(), List.of(), List.of("--latency", "400ms", "--log-limit", "1000000"));
        try (Arena arena = new Arena(wanted)) {
            Crowd crowd =
                    Crowd.of("client", SESSIONS, Survivor.Manner.of(arena.port(), EACH, "kimi-latest", "glm-4.6"));
            Thread.sleep(10_000);
            List<Recovery> recoveries = new ArrayList<>();
            Instant begin = Instant.now();
            new Storm(fault, plan)
                    .over(
                            arena,
                            (strike, next) -> recoveries.add(new Recovery(
                                    strike, Removal.last(arena, strike).orElse(null), next)));
            Instant end = Instant.now();
            crowd.finish();
            return judge(new Account(fault, recoveries, begin, end), crowd, arena.sandbox(), rows);
        }
    }

    /** What is to be judged: the faults of a kind between two moments. */
    private record Account(Fault fault, List<Recovery> recoveries, Instant begin, Instant end) {}

    private static boolean judge(Account account, Crowd crowd, SandboxProcess sandbox, List<String> rows)
            throws Exception {
        Map<String, Occupation> vendors = occupations(sandbox.visits());
        List<Optional<Duration>> settling =
                account.recoveries().stream().map(Recovery::settling).toList();
        List<Optional<Duration>> filling = account.recoveries().stream()
                .map(recovery -> recovery.filling(LIMITS, vendors))
                .toList();
        for (Recovery recovery : account.recoveries()) {
            System.err.println("   " + recovery.story(LIMITS, vendors));
        }
        tellExcess(account, vendors, sandbox.visits());
        tellLost(crowd, sandbox.visits());
        crowd.failures().forEach((why, count) -> System.err.println(count + " x " + why));
        rows.add(Findings.row(
                account.fault().name().toLowerCase(Locale.ROOT),
                account.recoveries().size(),
                sandbox.mostInFlight("kimi"),
                sandbox.mostInFlight("glm"),
                sandbox.mostInFlight(),
                mean(vendors, "kimi", account),
                mean(vendors, "glm", account),
                longest(settling),
                longest(filling),
                longest(account.recoveries().stream()
                        .map(recovery -> recovery.whole(LIMITS, vendors))
                        .toList()),
                crowd.answered(),
                crowd.lost(),
                crowd.failures().values().stream().mapToInt(Integer::intValue).sum()));
        return isKept(sandbox) && filling.stream().allMatch(Budgets::isQuick) && crowd.lost() == 0;
    }

    private static void tellExcess(
            Account account, Map<String, Occupation> vendors, List<SandboxProcess.Visit> visits) {
        vendors.forEach((vendor, occupation) -> {
            for (Occupation.Excess excess : occupation.above(LIMITS.getOrDefault(vendor, 0))) {
                Instant end = excess.from().plus(excess.lasting());
                System.err.println("   " + vendor + ": " + excess.most() + " for " + excess.lasting() + ", "
                        + Duration.between(account.begin(), excess.from()) + " after the first fault:");
                visits.stream()
                        .filter(visit -> visit.dialect().equals(vendor)
                                && visit.arrived().isBefore(end)
                                && (visit.ended() == null || visit.ended().isAfter(excess.from())))
                        .forEach(visit -> System.err.println("      " + visit));
            }
        });
    }

    private static void tellLost(Crowd crowd, List<SandboxProcess.Visit> visits) {
        for (Survivor survivor : crowd.survivors()) {
            for (String prompt : survivor.lost()) {
                System.err.println("   lost: " + prompt + " of " + survivor.story());
                visits.stream()
                        .filter(visit -> visit.prompt().equals(prompt))
                        .forEach(visit -> System.err.println("      " + visit));
            }
        }
    }

    private static Map<String, Occupation> occupations(List<SandboxProcess.Visit> visits) {
        Map<String, Occupation> vendors = new TreeMap<>();
        LIMITS.keySet()
                .forEach(vendor -> vendors.put(
                        vendor,
                        Occupation.of(visits.stream()
                                .filter(visit -> visit.dialect().equals(vendor))
                                .toList())));
        return vendors;
    }

    private static boolean isKept(SandboxProcess sandbox) throws Exception {
        boolean kept = sandbox.mostInFlight() <= IN_ALL;
        for (Map.Entry<String, Integer> limit : LIMITS.entrySet()) {
            kept &= sandbox.mostInFlight(limit.getKey()) <= limit.getValue();
        }
        return kept;
    }

    private static boolean isQuick(Optional<Duration> filling) {
        return filling.isPresent() && filling.get().compareTo(AIM) <= 0;
    }

    private static String mean(Map<String, Occupation> vendors, String vendor, Account account) {
        Occupation occupation = vendors.getOrDefault(vendor, Occupation.of(List.of()));
        return String.format(Locale.ROOT, "%.1f", occupation.mean(account.begin(), account.end()));
    }

    private static String longest(List<Optional<Duration>> times) {
        return times.stream().anyMatch(Optional::isEmpty)
                ? "never"
                : String.valueOf(times.stream()
                        .flatMap(Optional::stream)
                        .mapToLong(Duration::toMillis)
                        .max()
                        .orElse(0));
    }
}
