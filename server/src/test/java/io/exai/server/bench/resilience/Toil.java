package io.exai.server.bench.resilience;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Many clients at work while one kind of fault happens again and again: what do they feel? */
final class Toil implements Trial {
    /** No limit but the processors. */
    private static final List<String> ROOM = List.of(
            "exai.quota.max-waiting=100000",
            "exai.providers.vendors.custom.max-in-flight=10000",
            "exai.providers.vendors.custom.max-waiting=100000");

    private final Fault fault;

    Toil(Fault fault) {
        this.fault = fault;
    }

    @Override
    public Findings run(Plan plan) throws Exception {
        try (Arena arena = new Arena(wanted(plan))) {
            Crowd crowd = crowd(plan, arena);
            Thread.sleep(5_000);
            List<Storm.Strike> strikes = new Storm(fault, plan).over(arena);
            crowd.finish();
            System.err.println("   connections ended: " + crowd.reasons());
            List<Long> moments = strikes.stream().map(Storm.Strike::at).toList();
            Toll toll = Toll.of(crowd, moments, arena.sandbox().visits());
            crowd.survivors()
                    .forEach(survivor -> survivor.lost()
                            .forEach(prompt -> System.err.println("   lost: " + prompt + " of " + survivor.story())));
            toll.failed().forEach((why, count) -> System.err.println(count + " x " + why));
            return new Findings(Toll.head(), List.of(toll.row(fault.name().toLowerCase(Locale.ROOT))), toll.isClean());
        }
    }

    /** Only who cuts nodes off needs relays between them, which use the same processors. */
    private Arena.Wanted wanted(Plan plan) {
        Arena.Wanted wanted = Arena.Wanted.of(
                        Map.of("EXAI_WS_GLOBAL_MAX_INFLIGHT", "4000"),
                        Stream.concat(ROOM.stream(), plan.settings().stream())
                                .flatMap(setting -> Stream.of("-D", setting))
                                .toList(),
                        List.of("--latency", "200ms", "--log-limit", "1000000"))
                .withParents(fault == Fault.SUPERVISED);
        return fault == Fault.PARTITION ? wanted : wanted.withoutRelays();
    }

    private Crowd crowd(Plan plan, Arena arena) {
        List<Survivor.Question> questions = List.of(new Survivor.Question("llama3.2", ""));
        return fault == Fault.ROLLING
                ? Crowd.of("client", 100, new Survivor.Manner(arena.port(), 1, 800, questions, 0))
                : Crowd.of("client", plan.sessions(), new Survivor.Manner(arena.port(), plan.calls(), 0, questions, 0));
    }
}
