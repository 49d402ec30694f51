package io.exai.provider.sandbox.visit;

import io.exai.provider.sandbox.log.Entry;
import io.exai.provider.sandbox.log.Outcome;
import io.exai.provider.sandbox.log.RequestLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.ThrottleMode;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Gives an answer out piece by piece, no faster than asked, and notices when nobody reads on. */
final class Pieces {
    private final Entry entry;
    private final RequestLog log;
    private final double tokenRate;
    private final Runnable left;
    private final SharedKillSwitch killSwitch = KillSwitches.shared("visit");

    Pieces(Entry entry, RequestLog log, double tokenRate, Runnable left) {
        this.entry = entry;
        this.log = log;
        this.tokenRate = tokenRate;
        this.left = left;
    }

    void stop() {
        killSwitch.shutdown();
    }

    /** Ends the visit well when the last piece was asked for, and as a leave when nobody asked. */
    Source<ByteString, ?> of(List<ByteString> pieces, Source<ByteString, ?> rest, Outcome end) {
        return paced(pieces.size())
                .map(index -> {
                    if (index == pieces.size() - 1 && end != Outcome.STALLED) {
                        log.end(entry, end);
                    }
                    return pieces.get(index);
                })
                .concat(rest)
                .via(killSwitch.flow())
                .watchTermination((NotUsed none, CompletionStage<Done> done) -> {
                    done.whenCompleteAsync((ended, failure) -> left.run(), Runnable::run);
                    return none;
                });
    }

    private Source<Integer, NotUsed> paced(int pieces) {
        Source<Integer, NotUsed> source = Source.range(0, pieces - 1);
        if (tokenRate == 0) {
            return source;
        }
        Duration apart = Duration.ofNanos((long) (1_000_000_000 / tokenRate));
        return source.throttle(1, apart, 1, ThrottleMode.shaping());
    }
}
