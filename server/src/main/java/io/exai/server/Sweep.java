package io.exai.server;

import io.exai.persistence.journal.JournalProfile;
import io.exai.persistence.payload.PayloadStore;
import io.exai.server.conversation.Conversation;
import io.exai.server.conversation.ConversationCommand;
import io.exai.server.conversation.Conversations;
import io.exai.server.session.Session;
import io.exai.server.session.SessionSweeper;
import io.exai.server.setting.Settings;
import org.apache.pekko.NotUsed;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.stream.javadsl.Source;

/** What the one sweeper of a cluster touches: every session and conversation that the journal knows. */
record Sweep(NodeParts node, Sessions sessions, Conversations conversations) {
    void start(PayloadStore payloads) {
        Settings settings = node.settings();
        var sweeper = SessionSweeper.create(new SessionSweeper.Parts(
                stored(),
                this::touch,
                payloads,
                settings.persistence().payload().retention(),
                settings.session().sweepInterval(),
                node.clock()));
        ClusterSingleton.get(node.system())
                .init(SingletonActor.of(sweeper, "session-sweeper").withStopMessage(new SessionSweeper.Stop()));
    }

    private Source<String, NotUsed> stored() {
        String journal = new JournalProfile(node.settings().persistence()).readJournalId();
        CurrentPersistenceIdsQuery query =
                PersistenceQuery.get(node.system()).getReadJournalFor(CurrentPersistenceIdsQuery.class, journal);
        return Source.lazySource(query::currentPersistenceIds).mapMaterializedValue(ready -> NotUsed.getInstance());
    }

    private void touch(String kind, String id) {
        if (kind.equals(Session.KEY.name())) {
            sessions.sweep(id);
        } else if (kind.equals(Conversation.KEY.name())) {
            conversations.tell(id, new ConversationCommand.Sweep());
        }
    }
}
