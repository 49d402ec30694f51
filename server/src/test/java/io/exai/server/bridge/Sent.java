package io.exai.server.bridge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes all that a ledger has to send. */
final class Sent {
    private Sent() {}

    static List<String> by(Ledger ledger) {
        List<String> sent = new ArrayList<>();
        for (Optional<Ledger.Entry> entry = ledger.next(); entry.isPresent(); entry = ledger.next()) {
            sent.add(new String(entry.get().line(), StandardCharsets.UTF_8));
            ledger.written(entry.get());
        }
        return sent;
    }
}
