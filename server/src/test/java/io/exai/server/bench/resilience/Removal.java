package io.exai.server.bench.resilience;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** When a node took a dead one off its list of members, as its log tells: its remoting then gives up on that address. */
final class Removal {
    private static final Pattern LINE = Pattern.compile(
            "^(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}) .* Association to \\[pekko://exai@([^]]+)] .*Cluster member removed");

    private Removal() {}

    /** The last survivor's; empty when one of them has not done it. */
    static Optional<Instant> last(Arena arena, Storm.Strike strike) {
        List<Optional<Instant>> all = IntStream.range(0, Arena.NODES)
                .filter(node -> node != strike.victim())
                .mapToObj(node -> in(arena.log(node), arena.address(strike.victim()), strike.moment()))
                .toList();
        return all.stream().allMatch(Optional::isPresent)
                ? all.stream().flatMap(Optional::stream).max(Comparator.naturalOrder())
                : Optional.empty();
    }

    /** The first after a moment; {@code address} is {@code host:port}. The lines tell the time of day only. */
    static Optional<Instant> in(List<String> log, String address, Instant after) {
        return log.stream()
                .map(LINE::matcher)
                .filter(Matcher::find)
                .filter(line -> line.group(2).equals(address))
                .map(line -> next(LocalTime.parse(line.group(1)), after))
                .filter(moment -> moment.isBefore(after.plusSeconds(600)))
                .findFirst();
    }

    private static Instant next(LocalTime time, Instant after) {
        ZoneId zone = ZoneId.systemDefault();
        LocalDateTime moment = time.atDate(after.atZone(zone).toLocalDate());
        Instant today = moment.atZone(zone).toInstant();
        return today.isBefore(after) ? moment.plusDays(1).atZone(zone).toInstant() : today;
    }
}
