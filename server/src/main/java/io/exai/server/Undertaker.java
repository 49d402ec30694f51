package io.exai.server;

import io.exai.cluster.InformedFailureDetector;
import io.exai.persistence.journal.JournalProfile;
import io.exai.persistence.obituary.ObituaryReader;
import io.exai.server.setting.Settings;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;

/**
 * Downs a member as soon as its supervisor has said that its process is dead, instead of waiting until its silence says
 * so. A member goes by its address and the number of its incarnation: one that was started again is another.
 */
final class Undertaker {
    private final Cluster cluster;

    private Undertaker(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Works until the node goes. */
    static void start(ActorSystem<?> system, Settings settings, Leaving leaving) {
        Undertaker undertaker = new Undertaker(Cluster.get(system));
        ObituaryReader reader =
                ObituaryReader.start(new JournalProfile(settings.persistence()).address()::connect, undertaker::bury);
        leaving.task(CoordinatedShutdown.PhaseBeforeClusterShutdown(), "hear-no-more", () -> {
            reader.close();
            return CompletableFuture.completedFuture(Done.done());
        });
    }

    /** How a member is named. */
    static String name(UniqueAddress member) {
        return member.address() + "#" + member.longUid();
    }

    private void bury(String dead) {
        for (Member member : cluster.state().getMembers()) {
            if (name(member.uniqueAddress()).equals(dead)
                    && !member.uniqueAddress().equals(cluster.selfMember().uniqueAddress())) {
                InformedFailureDetector.declareDead(member.address());
                cluster.manager().tell(new Down(member.address()));
            }
        }
    }
}
