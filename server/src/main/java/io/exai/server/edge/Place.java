package io.exai.server.edge;

import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Revision;
import io.exai.server.feature.Asker;
import java.util.List;

/**
 * A session that is there, and how its client speaks.
 *
 * @param subscriptions URIs of the resources whose changes the client wants to hear of
 */
record Place(String principal, String sessionId, Revision revision, List<String> subscriptions) {
    Asker asker() {
        return new Asker(revision, WireJson.object(), principal);
    }

    /** As its client speaks in one request. */
    Place in(Revision other) {
        return new Place(principal, sessionId, other, subscriptions);
    }
}
