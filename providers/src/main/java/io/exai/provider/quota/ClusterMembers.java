package io.exai.provider.quota;

import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;

/** Reads the members from the cluster's own view, on any thread. */
final class ClusterMembers implements Supplier<Members> {
    private final Cluster cluster;

    ClusterMembers(ActorSystem<?> system) {
        this.cluster = Cluster.get(system);
    }

    @Override
    public Members get() {
        ClusterEvent.CurrentClusterState state = cluster.state();
        Set<Member> all =
                StreamSupport.stream(state.getMembers().spliterator(), false).collect(Collectors.toSet());
        return new Members(
                name(cluster.selfMember().uniqueAddress()),
                names(all),
                names(withStatus(all, MemberStatus.up())),
                names(withStatus(all, MemberStatus.leaving())),
                names(state.getUnreachable()));
    }

    private static Set<Member> withStatus(Set<Member> all, MemberStatus status) {
        return all.stream().filter(member -> member.status().equals(status)).collect(Collectors.toSet());
    }

    private static Set<String> names(Set<Member> members) {
        return members.stream().map(member -> name(member.uniqueAddress())).collect(Collectors.toSet());
    }

    private static String name(UniqueAddress address) {
        return address.address() + "#" + address.longUid();
    }
}
