package io.exai.server.bench.load;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Drives all connections from one thread: each call is sent when the one before it is answered. */
final class Generator implements Client.Listener, AutoCloseable {
    private static final int HANDSHAKES_AT_ONCE = 32;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

    private final LoadPlan plan;
    private final List<Script> scripts;
    private final Selector selector = Selector.open();
    private final byte[] shared = new byte[256 * 1024];
    private final List<Client> open = new ArrayList<>();
    private Tally tally = new Tally(List.of(), 0, 0);
    private int begun;
    private int shakingHands;
    private long sent;
    private long settled;
    private boolean sending;

    Generator(LoadPlan plan) throws IOException {
        this.plan = plan;
        this.scripts = plan.ports().stream()
                .map(port -> new Script(port, plan.path(), plan.tool(), plan.arguments()))
                .toList();
    }

    /** Opens all connections; fails when one is refused or it takes longer than {@code limit}. */
    void connect(Duration limit) throws IOException {
        var end = System.nanoTime() + limit.toNanos();
        while (open.size() < plan.connections()) {
            while (shakingHands < HANDSHAKES_AT_ONCE && open.size() + shakingHands < plan.connections()) {
                begin(begun++ % scripts.size());
            }
            turn();
            if (System.nanoTime() - end > 0) {
                throw new IOException(open.size() + " connections open (expected: " + plan.connections() + ")");
            }
        }
    }

    /** Calls until the time is over or the calls are made. */
    LoadReport run() throws IOException {
        var from = System.nanoTime() + plan.warmUp().toNanos();
        tally = new Tally(plan.servers(), from, from + plan.duration().toNanos());
        sending = true;
        for (var client : List.copyOf(open)) {
            for (int slot = 0; slot < client.inFlight(); slot++) {
                next(client, slot);
            }
        }
        while (!open.isEmpty() && !isDone()) {
            turn();
            tally.tick(System.nanoTime());
        }
        sending = false;
        return report();
    }

    /** Waits, for a while, for what is still to be answered. */
    void drain() throws IOException {
        var end = System.nanoTime() + LAST_ANSWERS.toNanos();
        while (settled < sent && System.nanoTime() - end < 0 && !open.isEmpty()) {
            turn();
        }
    }

    /** Keeps the connections open and answers pings until told to stop. */
    LoadReport hold(BooleanSupplier stop) throws IOException {
        var from = System.nanoTime();
        tally = new Tally(plan.servers(), from, from + HOUR.toNanos());
        tally.tick(from);
        while (!stop.getAsBoolean()) {
            turn();
        }
        return report();
    }

    @Override
    public void opened(Client client) {
        shakingHands--;
        open.add(client);
    }

    @Override
    public void heard(Client client, Reply reply) {
        if (reply.id() <= 0 || reply.isCall() != plan.echo()) {
            return;
        }
        settled++;
        var slot = client.slot(reply);
        if (reply.isError() || reply.isToolError()) {
            tally.failed(reply.isError() ? "JSON-RPC error" : "isError");
        } else {
            tally.answered(client.since(slot), System.nanoTime());
        }
        next(client, slot);
    }

    @Override
    public void lost(Client client, String why) {
        if (!open.remove(client)) {
            throw new IllegalStateException("handshake failed: " + why);
        }
        tally.failed(why);
    }

    @Override
    public void close() throws IOException {
        open.forEach(Client::close);
        selector.close();
    }

    private void begin(int server) throws IOException {
        shakingHands++;
        new Client(plan.ports().get(server), plan.inFlight(), scripts.get(server), selector, this);
    }

    private void next(Client client, int slot) {
        if (sending && (plan.calls() == 0 || sent < plan.calls())) {
            sent++;
            client.call(slot, System.nanoTime());
        }
    }

    private boolean isDone() {
        return tally.isOver(System.nanoTime()) || (plan.calls() > 0 && settled >= plan.calls());
    }

    private LoadReport report() {
        return tally.report(plan.connections(), open.size(), System.nanoTime());
    }

    private void turn() throws IOException {
        selector.select(key -> ((Client) key.attachment()).ready(shared), 5);
    }
}
