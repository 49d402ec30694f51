package io.exai.server.session;

import io.exai.cluster.ClusterMessage;
import io.exai.persistence.session.TaskTerms;
import org.jspecify.annotations.Nullable;

/**
 * A request to run a tool, checked by the edge.
 *
 * @param requestId JSON text, unique in the session
 * @param arguments JSON text, checked against the tool's schema
 * @param progressToken JSON text
 * @param revision of MCP in which the answer is to be written
 * @param context what else the run needs: JSON text of {@link io.exai.server.tool.CallContext}
 * @param task set when the call is to be a task
 */
public record ToolRequest(
        String requestId,
        String tool,
        String arguments,
        @Nullable String progressToken,
        String revision,
        @Nullable String context,
        @Nullable TaskTerms task)
        implements ClusterMessage {}
