package io.exai.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who a node is and whom it looks for. */
class MeetingTest {
    private static final Map<String, List<String>> ADDRESSES = Map.of(
            "exai", List.of("10.0.0.200", "10.0.0.3", "10.0.0.21"),
            "one", List.of("10.0.0.3"),
            "two", List.of("10.0.0.21"));

    @Test
    void sortsTheAddressesOfANameAndFindsItselfAmongThem() throws Exception {
        Meeting meeting = Meeting.of(profile("", 3, List.of(), "exai:25520"), on("10.0.0.21"));
        assertThat(meeting.seeds())
                .extracting(HostPort::toString)
                .containsExactly("10.0.0.3:25520", "10.0.0.21:25520", "10.0.0.200:25520");
        assertThat(meeting.self()).hasToString("10.0.0.21:25520");
    }

    @Test
    void keepsAListAsItIsWritten() throws Exception {
        Meeting meeting =
                Meeting.of(profile("", 0, List.of("two:25520", "one:25520", "later:25520"), ""), on("10.0.0.3"));
        assertThat(meeting.seeds())
                .extracting(HostPort::toString)
                .containsExactly("two:25520", "one:25520", "later:25520");
        assertThat(meeting.self()).hasToString("one:25520");
    }

    @Test
    void isWhoTheSettingsSay() throws Exception {
        Meeting meeting = Meeting.of(profile("outside", 0, List.of("one:25520"), ""), on("10.0.0.3"));
        assertThat(meeting.self()).hasToString("outside:25520");
    }

    @Test
    void isTheMachineItselfWhenItIsNoSeed() throws Exception {
        Meeting meeting = Meeting.of(profile("", 0, List.of("one:25521"), ""), on("10.0.0.3"));
        assertThat(meeting.self()).hasToString("10.0.0.3:25520");
    }

    @Test
    void namesSeedsThatHaveNoAddress() {
        assertThatThrownBy(() -> Meeting.of(profile("", 0, List.of("none:1", "nobody:2"), ""), on("10.0.0.3")))
                .isInstanceOf(SeedsNotFound.class)
                .hasMessage("seed.nodes: none:1,nobody:2 (expected: at least one host that has an address)");
    }

    @Test
    void doesNotStartBeforeMostNodesHaveAnAddress() {
        assertThatThrownBy(() -> Meeting.of(profile("", 6, List.of(), "exai:25520"), on("10.0.0.3")))
                .isInstanceOf(SeedsNotFound.class)
                .hasMessageStartingWith("seed.name: exai:25520 with 3 of 6 addresses (expected: ");
        assertThatThrownBy(() -> Meeting.of(profile("", 0, List.of(), "none:25520"), on("10.0.0.3")))
                .isInstanceOf(SeedsNotFound.class);
    }

    private static ClusterProfile profile(String host, int size, List<String> nodes, String name) {
        return new ClusterProfile(
                "cluster",
                size,
                "auto",
                new NodeSettings(host, 25520, "", 0),
                new SeedSettings(nodes, name),
                new DrainSettings(Duration.ZERO),
                new TlsSettings(false, "", "", ""));
    }

    private static NameService on(String own) {
        return new NameService() {
            @Override
            public List<InetAddress> addresses(String name) throws IOException {
                if (!ADDRESSES.containsKey(name)) {
                    throw new UnknownHostException(name);
                }
                List<InetAddress> addresses = new ArrayList<>();
                for (String text : ADDRESSES.getOrDefault(name, List.of())) {
                    addresses.add(InetAddress.getByName(text));
                }
                return addresses;
            }

            @Override
            public boolean isOurs(InetAddress address) {
                return address.getHostAddress().equals(own);
            }

            @Override
            public InetAddress own() throws IOException {
                return InetAddress.getByName(own);
            }
        };
    }
}
