package io.exai.server.edge;

import io.exai.protocol.frame.CloseCode;
import io.exai.protocol.op.OpPeek;
import io.exai.server.change.Change;
import io.exai.server.session.ToClient;
import io.exai.server.setting.OpSettings;
import java.util.function.Supplier;

/** MCP, until the first message turns out to have an {@code op}; that one decides for good. */
final class UndecidedDialogue implements Dialogue {
    private final Wire wire;
    private final OpSettings settings;
    private final Supplier<OpDialogue> op;
    private Dialogue chosen;
    private boolean decided;

    UndecidedDialogue(Wire wire, OpSettings settings, McpDialogue mcp, Supplier<OpDialogue> op) {
        this.wire = wire;
        this.settings = settings;
        this.chosen = mcp;
        this.op = op;
    }

    @Override
    public void opened() {
        chosen.opened();
        if (settings.closeSilent()) {
            wire.alarm(settings.helloTimeout());
        }
    }

    @Override
    public void received(byte[] utf8) {
        if (!decided) {
            decided = true;
            if (OpPeek.of(utf8).op() != null) {
                chosen = op.get();
                chosen.opened();
            }
        }
        chosen.received(utf8);
    }

    @Override
    public void alarm() {
        if (decided) {
            chosen.alarm();
        } else {
            wire.close(CloseCode.HELLO_TIMEOUT, OpDialogue.TOO_LATE);
        }
    }

    @Override
    public void heard(ToClient message) {
        chosen.heard(message);
    }

    @Override
    public void heard(Change change) {
        chosen.heard(change);
    }

    @Override
    public void nodeLost() {
        chosen.nodeLost();
    }

    @Override
    public void draining() {
        chosen.draining();
    }

    @Override
    public void confirmed(long sequence) {
        chosen.confirmed(sequence);
    }

    @Override
    public void touch() {
        chosen.touch();
    }

    @Override
    public void closed() {
        chosen.closed();
    }

    @Override
    public boolean isReady() {
        return chosen.isReady();
    }

    @Override
    public boolean isWaiting() {
        return chosen.isWaiting();
    }

    @Override
    public String principal() {
        return chosen.principal();
    }
}
