package io.exai.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who this node is to the others, and where it finds them.
 *
 * @param seeds in the order all nodes agree on; the first one forms the cluster when there is none yet
 */
public record Meeting(HostPort self, List<HostPort> seeds) {
    private static final Comparator<InetAddress> LOWEST_FIRST =
            Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned);

    /**
     * Looks names up, and blocks while it does.
     *
     * @throws SeedsNotFound when no seed has an address
     */
    public static Meeting of(ClusterProfile profile) throws SeedsNotFound {
        return of(profile, NameService.SYSTEM);
    }

    static Meeting of(ClusterProfile profile, NameService names) throws SeedsNotFound {
        SeedSettings seed = profile.seed();
        List<HostPort> seeds = seed.name().isEmpty()
                ? listed(seed.nodes(), names)
                : named(seed.name(), Math.max(1, profile.size()), names);
        return new Meeting(self(profile.node(), seeds, names), seeds);
    }

    /** A seed that is not started yet may have no address yet; one that has none at all is a mistake. */
    private static List<HostPort> listed(List<String> nodes, NameService names) throws SeedsNotFound {
        List<HostPort> seeds =
                nodes.stream().map(HostPort::parse).flatMap(Optional::stream).toList();
        if (seeds.stream().allMatch(seed -> addresses(seed, names).isEmpty())) {
            throw new SeedsNotFound(
                    "seed.nodes: " + String.join(",", nodes) + " (expected: at least one host that has an address)");
        }
        return seeds;
    }

    private static List<HostPort> named(String name, int size, NameService names) throws SeedsNotFound {
        HostPort wanted = HostPort.parse(name).orElseThrow();
        List<HostPort> seeds = addresses(wanted, names).stream()
                .sorted(LOWEST_FIRST)
                .map(address -> new HostPort(address.getHostAddress(), wanted.port()))
                .distinct()
                .toList();
        if (seeds.size() * 2 <= size) {
            throw new SeedsNotFound("seed.name: " + name + " with " + seeds.size() + " of " + size
                    + " addresses (expected: a name with the addresses of most nodes)");
        }
        return seeds;
    }

    private static HostPort self(NodeSettings node, List<HostPort> seeds, NameService names) throws SeedsNotFound {
        if (!node.host().isEmpty()) {
            return new HostPort(node.host(), node.port());
        }
        Optional<HostPort> ours = seeds.stream()
                .filter(seed -> seed.port() == node.port()
                        && addresses(seed, names).stream().anyMatch(names::isOurs))
                .findFirst();
        if (ours.isPresent()) {
            return ours.get();
        }
        try {
            return new HostPort(names.own().getHostAddress(), node.port());
        } catch (IOException unknown) {
            throw new SeedsNotFound("node.host:  (expected: the address of this machine, which has no known one)");
        }
    }

    private static List<InetAddress> addresses(HostPort seed, NameService names) {
        try {
            return names.addresses(seed.host());
        } catch (IOException unknown) {
            return List.of();
        }
    }
}
