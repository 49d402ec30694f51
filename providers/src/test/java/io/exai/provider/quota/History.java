package io.exai.provider.quota;

import io.exai.provider.setting.LeaseSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One seeded history of a cluster: demand changes, nodes join, die, freeze and are cut off, the ledger moves, messages
 * suffer. Whoever is away for long is removed by the majority, as a split-brain resolver does, and hears of it late.
 */
final class History {
    private static final long MILLI = 1_000_000;
    private static final long STEP = 10 * MILLI;
    private static final int MOST_NODES = 6;

    private final Random random;
    private final LeaseSettings settings;
    private final Weather weather;
    private final List<Player> nodes = new ArrayList<>();
    private final Set<String> members = new TreeSet<>();
    private final int limit;
    private long now;
    private int named;
    private String home;
    private long ledgerFrom;
    private boolean calm;

    History(long seed, LeaseSettings settings) {
        this.random = new Random(seed);
        this.settings = settings;
        this.weather = new Weather(random);
        this.limit = 1 + random.nextInt(12);
        this.now = random.nextLong() >> 2;
        this.ledgerFrom = now;
        int size = 1 + random.nextInt(5);
        for (int i = 0; i < size; i++) {
            join();
        }
        this.home = nodes.get(0).name;
    }

    int limit() {
        return limit;
    }

    /** Permits that are used or could be used at once, on all nodes that live. */
    int held() {
        return nodes.stream().mapToInt(node -> node.holds(now)).sum();
    }

    /** Whether more than half of the members live. */
    boolean hasMajority() {
        return here().size() * 2 > members.size();
    }

    /** Permits that members use. */
    int used() {
        return nodes.stream()
                .filter(node -> node.isHere(now))
                .mapToInt(node -> node.share().inUse())
                .sum();
    }

    /** From now on nothing bad happens, and every node has more to do than there are permits. */
    void calmDown() {
        calm = true;
        weather.clearUp();
        heal();
        nodes.forEach(node -> node.frozenUntil = Math.min(node.frozenUntil, now));
    }

    void step() {
        now += STEP;
        if (calm) {
            nodes.forEach(node -> node.demand = limit + 3);
        } else if (random.nextInt(60) == 0) {
            happen(nodes.get(random.nextInt(nodes.size())));
        }
        nodes.forEach(this::update);
        resolve();
        placeLedger();
        weather.deliver(now, this::connected);
        nodes.stream().filter(node -> node.runs(now)).forEach(node -> {
            Accounts ledger = node.ledger;
            if (ledger != null && random.nextInt(25) == 0) {
                send(node, ledger.pass(view(node), now));
            }
            node.act(now, random);
        });
    }

    @Override
    public String toString() {
        return nodes.stream()
                .filter(node -> node.alive)
                .map(node -> node.name + (node.removed ? " removed" : node.isHere(now) ? "" : " away") + ": "
                        + node.share().inUse() + " of " + node.share().leased())
                .collect(Collectors.joining("; ", "limit " + limit + "; ", "; ledger at " + home));
    }

    private void happen(Player node) {
        switch (random.nextInt(14)) {
            case 0 -> die(node);
            case 1 -> freeze(node);
            case 2 -> cut();
            case 3 -> heal();
            case 4 -> moveLedger(random.nextInt(500));
            case 5 -> join();
            case 6 -> restart(node);
            default -> node.demand = random.nextInt(2 * limit + 1);
        }
    }

    /** Nobody joins while a member is away, as all have to know of it. */
    private void join() {
        if (members.size() < MOST_NODES && here().size() == members.size()) {
            var node = new Player("n" + named++);
            nodes.add(node);
            members.add(node.name);
            node.known = Set.copyOf(members);
            open(node);
        }
    }

    private void restart(Player node) {
        if (node.isHere(now)) {
            open(node);
        }
    }

    private void open(Player node) {
        node.open(
                new LeasedShare(
                        limit,
                        new LeasedShare.Parts(settings, () -> now, () -> view(node), holding -> report(node, holding))),
                now);
    }

    private void die(Player node) {
        if (here().size() > 1) {
            node.alive = false;
            node.seenAt = Math.min(node.seenAt, detection());
        }
    }

    /** Shorter than it takes to be removed, or longer. */
    private void freeze(Player node) {
        if (node.isHere(now)) {
            node.freeze(now, now + random.nextInt(12_000) * MILLI);
            node.seenAt = detection();
        }
    }

    private void cut() {
        int side = 1 + random.nextInt(3);
        for (Player node : here()) {
            if (random.nextInt(3) == 0) {
                node.side = side;
                node.seenAt = detection();
                node.seesAt = detection();
            }
        }
    }

    private void heal() {
        nodes.stream().filter(node -> node.runs(now) && !node.removed).forEach(History::comeBack);
    }

    private static void comeBack(Player node) {
        node.side = 0;
        node.seenAt = Long.MAX_VALUE;
        node.seesAt = Long.MAX_VALUE;
    }

    private void update(Player node) {
        boolean thawed = node.runs(now) && node.seenAt != Long.MAX_VALUE && node.side == 0;
        if (thawed && node.removed) {
            node.side = Integer.MAX_VALUE;
            node.seesAt = now + 250 * MILLI;
            node.exitsAt = now + random.nextInt(3_000) * MILLI;
        } else if (thawed) {
            comeBack(node);
        }
        if (node.runs(now) && now >= node.exitsAt) {
            node.alive = false;
        }
        if (node.isHere(now)) {
            node.known = Set.copyOf(members);
            node.home = home;
        }
    }

    /** Two seconds after the last of them was seen to be away, the majority removes those who are. */
    private void resolve() {
        List<Player> away = nodes.stream()
                .filter(node -> !node.removed && !node.isHere(now))
                .toList();
        boolean stable = away.stream().allMatch(node -> now >= node.seenAt + 2_000 * MILLI);
        if (away.isEmpty() || !stable || away.size() * 2 >= members.size()) {
            return;
        }
        for (Player node : away) {
            node.removed = true;
            members.remove(node.name);
            node.exitsAt = node.runs(now) ? now + random.nextInt(3_000) * MILLI : node.exitsAt;
        }
        if (!members.contains(home)) {
            home = here().get(0).name;
            ledgerFrom = now + 500 * MILLI;
        }
    }

    private void moveLedger(int millis) {
        if (find(home).isHere(now)) {
            find(home).ledger = null;
            home = here().get(random.nextInt(here().size())).name;
            ledgerFrom = now + millis * MILLI;
        }
    }

    private void placeLedger() {
        Player node = find(home);
        if (node.ledger == null && node.isHere(now) && now >= ledgerFrom) {
            node.ledger = new Accounts(settings, () -> node.name + ' ' + random.nextLong(), now);
        }
    }

    private void report(Player node, Holding holding) {
        Player target = find(node.home.isEmpty() ? node.name : node.home);
        weather.send(
                node.name,
                target.name,
                now,
                () -> target.inbox.add(() -> {
                    Accounts ledger = target.ledger;
                    if (ledger != null) {
                        send(target, ledger.hear(holding, view(target), now));
                    }
                }));
    }

    private void send(Player ledger, Map<String, Lease> leases) {
        leases.forEach((name, lease) -> {
            Player node = find(name);
            Runnable hearing = () -> node.obey(node.share().hear(lease));
            weather.send(ledger.name, name, now, () -> node.inbox.add(hearing));
        });
    }

    private boolean connected(String from, String to) {
        Player one = find(from);
        Player other = find(to);
        boolean together = one.side == other.side && one.removed == other.removed;
        return one.alive && other.alive && (together || from.equals(to));
    }

    private Members view(Player node) {
        boolean deciding = node.side == 0 && !node.removed;
        Set<String> all = deciding ? members : node.known;
        Set<String> unreachable = all.stream()
                .filter(name ->
                        deciding ? now >= find(name).seenAt : now >= node.seesAt && find(name).side != node.side)
                .collect(Collectors.toSet());
        return new Members(node.name, all, all, Set.of(), unreachable);
    }

    private List<Player> here() {
        return nodes.stream().filter(node -> node.isHere(now)).toList();
    }

    private Player find(String name) {
        return nodes.get(Integer.parseInt(name.substring(1)));
    }

    private long detection() {
        return now + (1_800 + random.nextInt(800)) * MILLI;
    }
}
