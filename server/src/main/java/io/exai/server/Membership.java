package io.exai.server;

import com.typesafe.config.Config;
import io.exai.cluster.ClusterProfile;
import io.exai.cluster.HostPort;
import io.exai.cluster.Meeting;
import io.exai.cluster.SeedsNotFound;
import io.exai.server.setting.InvalidSettings;
import io.exai.server.setting.Settings;
import java.net.BindException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.jspecify.annotations.Nullable;

/** How a node takes part in a cluster: alone, or with those it meets. */
public final class Membership {
    private final ClusterProfile profile;
    private final @Nullable Meeting meeting;
    private final long largestCall;

    private Membership(ClusterProfile profile, @Nullable Meeting meeting, long largestCall) {
        this.profile = profile;
        this.meeting = meeting;
        this.largestCall = largestCall;
    }

    /**
     * Looks up the names of other nodes, and blocks while it does.
     *
     * @throws InvalidSettings when there is nobody to meet
     */
    public static Membership of(Settings settings) {
        ClusterProfile profile = settings.cluster();
        try {
            return new Membership(
                    profile,
                    profile.isLocal() ? null : Meeting.of(profile),
                    settings.limit().call());
        } catch (SeedsNotFound nobody) {
            throw new InvalidSettings(List.of("exai.cluster." + nobody.getMessage()));
        }
    }

    /** What Pekko has to be told. */
    Config pekkoConfig() {
        return meeting == null ? profile.alone() : profile.together(meeting, largestCall);
    }

    /** Makes the node a member: of a cluster that the seeds are in, or of a new one. */
    void join(ActorSystem<?> system) {
        Cluster cluster = Cluster.get(system);
        Address self = cluster.selfMember().address();
        cluster.manager()
                .tell(
                        meeting == null
                                ? Join.create(self)
                                : new JoinSeedNodes(meeting.seeds().stream()
                                        .map(seed -> address(self, seed))
                                        .toList()));
    }

    private static Address address(Address self, HostPort seed) {
        return new Address(self.protocol(), self.system(), seed.host(), seed.port());
    }

    /** The failure to start, told as what it is when other nodes cannot reach this one because its port is taken. */
    RuntimeException explained(RuntimeException failure) {
        boolean taken = Stream.iterate((Throwable) failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(BindException.class::isInstance);
        return taken && meeting != null
                ? new InvalidSettings(List.of("exai.cluster.node.port: "
                        + (profile.node().bindPort() == 0
                                ? meeting.self().port()
                                : profile.node().bindPort())
                        + " (expected: a port that is free at this node's address)"))
                : failure;
    }
}
