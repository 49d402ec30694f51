package io.exai.provider.quota;

import io.exai.provider.setting.LeaseSettings;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The books of one quota: what every node may be using never exceeds the limit. New permits come only out of what is
 * provably free. Each method returns the leases to be sent, by node. Times are of a monotonic clock, in nanoseconds.
 */
final class Accounts {
    private final LeaseSettings settings;
    private final Supplier<String> names;
    private final TreeMap<String, Account> accounts = new TreeMap<>();
    private String incarnation;
    private long beganAt;
    private long seenAt;
    private boolean complete;

    /** @param names of incarnations, each different from all others anywhere */
    Accounts(LeaseSettings settings, Supplier<String> names, long now) {
        this.settings = settings;
        this.names = names;
        this.incarnation = names.get();
        begin(now);
    }

    /** Takes a report down. Answers nothing when overtaken, or when there is no majority to answer for. */
    Map<String, Lease> hear(Holding report, Members members, long now) {
        wake(now);
        if (!members.hasMajority() || !members.isKnown(report.node())) {
            return Map.of();
        }
        if (!report.incarnation().equals(incarnation)) {
            return Map.of(report.node(), new Lease(incarnation, report.sequence(), 0, 0, false));
        }
        Account account = accounts.get(report.node());
        if (account == null) {
            accounts.put(report.node(), Account.claimedBy(report, now));
        } else if (!account.hear(report, now)) {
            return Map.of();
        }
        Map<String, Lease> answers = new HashMap<>(balance(members, now));
        answers.computeIfAbsent(report.node(), node -> message(account(node), now));
        return answers;
    }

    /** Looks after who is gone or silent. */
    Map<String, Lease> pass(Members members, long now) {
        wake(now);
        return members.hasMajority() ? balance(members, now) : Map.of();
    }

    int charged() {
        return accounts.values().stream().mapToInt(Account::charge).sum();
    }

    /** A ledger that did not run for so long may have been replaced: what it knows is worth nothing. */
    private void wake(long now) {
        if (now - seenAt > settings.validity().toNanos()) {
            incarnation = names.get();
            begin(now);
        }
        seenAt = now;
    }

    private void begin(long now) {
        beganAt = now;
        seenAt = now;
        complete = false;
        accounts.clear();
    }

    /** Until those are gone that were removed before this ledger began. */
    private boolean isSettled(long now) {
        return now - beganAt >= settings.reclaimAfter().toNanos();
    }

    private Map<String, Lease> balance(Members members, long now) {
        reclaim(members, now);
        if (!isSettled(now) || !isComplete(members, now)) {
            return Map.of();
        }
        Map<String, Account> working = accounts.entrySet().stream()
                .filter(entry -> entry.getValue().isHeard() && members.works(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
        divide(working, members);
        Map<String, Lease> changed = new HashMap<>();
        working.forEach((node, account) -> {
            if (account.hasNews()) {
                changed.put(node, message(account, now));
            }
        });
        return changed;
    }

    private void reclaim(Members members, long now) {
        accounts.entrySet()
                .removeIf(entry -> entry.getValue().goneFor(members.isKnown(entry.getKey()), now)
                        > settings.reclaimAfter().toNanos());
        accounts.values().stream()
                .filter(account -> account.charge() > 0
                        && account.isSilentFor(settings.expiry().toNanos(), now))
                .forEach(Account::expire);
    }

    /** Whether every member that could have leases of an earlier ledger has told what it has, or had time to lose it. */
    private boolean isComplete(Members members, long now) {
        if (!complete && now - beganAt > settings.expiry().toNanos()) {
            members.all().forEach(node -> accounts.computeIfAbsent(node, silent -> new Account(now)));
        }
        complete = complete || accounts.keySet().containsAll(members.all());
        return complete;
    }

    private void divide(Map<String, Account> working, Members members) {
        int limit = accounts.values().stream().mapToInt(Account::limit).min().orElse(0);
        int elsewhere =
                charged() - working.values().stream().mapToInt(Account::charge).sum();
        Map<String, Integer> wanted = new TreeMap<>();
        working.forEach((node, account) -> wanted.put(node, account.wanted()));
        Map<String, Integer> parts = Division.of(
                Math.max(0, limit - elsewhere),
                wanted,
                working.keySet().stream().filter(members::stays).collect(Collectors.toSet()));
        parts.forEach((node, part) -> {
            if (part < account(node).permits()) {
                account(node).lease(part);
            }
        });
        raise(parts, limit);
    }

    /**
     * Whoever has least comes first, and leaves enough for the others. Nobody gets anything while more is charged than
     * there is: not even what they use, which they may be giving up right now.
     */
    private void raise(Map<String, Integer> parts, int limit) {
        List<String> hungry = parts.keySet().stream()
                .filter(node -> account(node).permits() < parts.getOrDefault(node, 0))
                .sorted(Comparator.comparingInt(node -> account(node).permits()))
                .toList();
        int free = limit - charged();
        if (free < 0) {
            return;
        }
        for (int i = 0; i < hungry.size(); i++) {
            Account account = account(hungry.get(i));
            int others = hungry.size() - i - 1;
            int room = (free + others) / (others + 1);
            int raised = Math.min(parts.getOrDefault(hungry.get(i), 0), account.charge() + room);
            if (raised > account.permits()) {
                free -= Math.max(0, raised - account.charge());
                account.lease(raised);
            }
        }
    }

    private Account account(String node) {
        return java.util.Objects.requireNonNull(accounts.get(node), node);
    }

    private Lease message(Account account, long now) {
        return account.message(incarnation, isSettled(now));
    }
}
