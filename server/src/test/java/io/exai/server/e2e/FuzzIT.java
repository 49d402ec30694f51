package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.frame.CloseCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nonsense, by the thousand, neither stops the daemon nor leaves anything behind in it. */
@Timeout(180)
class FuzzIT {
    private static final int FRAMES = 20_000;
    private static final int CONNECTIONS = 8;
    private static final long SEED = 20261120;
    private static final int CUT = -1;
    private static final byte[] MARK = {1, 9, 6, 9};

    /** Codes from 3000 on are the client's own, echoed. */
    private static final int FIRST_PRIVATE_CODE = 3000;

    @TempDir
    private Path data;

    private final Map<Integer, Integer> codes = new TreeMap<>();

    @Test
    void survivesRandomAndMutatedFrames(TestReporter reporter) throws Exception {
        try (DaemonProcess daemon =
                DaemonProcess.start(data, Map.of("EXAI_WS_MAX_BYTES", "65536", "TOOL_CALL_MAX_SIZE", "65536"))) {
            Nonsense nonsense = new Nonsense(new Random(SEED));
            List<RawClient> clients = new ArrayList<>();
            for (int number = 0; number < CONNECTIONS; number++) {
                clients.add(fresh(daemon));
            }
            for (int frame = 0; frame < FRAMES; frame++) {
                int turn = frame % CONNECTIONS;
                if (!survives(clients.get(turn), nonsense.next())) {
                    clients.get(turn).close();
                    clients.set(turn, fresh(daemon));
                }
            }
            for (RawClient client : clients) {
                client.close();
            }
            reporter.publishEntry("closed", codes.toString());
            assertThat(codes.keySet()).isSubsetOf(documented());
            Probes.awaitIdle(daemon);
            Probes.assertServes(daemon);
            assertThat(daemon.log()).noneMatch(line -> line.contains("ERROR") || line.contains("Exception"));
        }
    }

    private static RawClient fresh(DaemonProcess daemon) throws Exception {
        RawClient client = RawClient.connect(daemon.port());
        client.send(Messages.initialize(0));
        return client;
    }

    /** Sends it and finds out whether the connection lives; after half a frame nobody can tell. */
    private boolean survives(RawClient client, Nonsense.Piece piece) throws Exception {
        try {
            client.raw(piece.bytes());
            if (!piece.whole()) {
                return false;
            }
            client.frame(WireFrame.FIN | WireFrame.PING, MARK);
        } catch (IOException closed) {
            // what the daemon said before is still to be read
        }
        WireFrame frame = client.nextFrame(RawClient.PATIENCE);
        while (frame.opcode() != WireFrame.PONG || !Arrays.equals(frame.payload(), MARK)) {
            if (frame.opcode() == WireFrame.CLOSE || frame.equals(WireFrame.END)) {
                codes.merge(frame.opcode() == WireFrame.CLOSE ? frame.closeCode() : CUT, 1, Integer::sum);
                return false;
            }
            frame = client.nextFrame(RawClient.PATIENCE);
        }
        return true;
    }

    private Set<Integer> documented() {
        Stream<Integer> echoed = codes.keySet().stream().filter(code -> code >= FIRST_PRIVATE_CODE);
        return Stream.concat(Stream.of(CloseCode.values()).map(CloseCode::code), echoed)
                .collect(Collectors.toSet());
    }
}
