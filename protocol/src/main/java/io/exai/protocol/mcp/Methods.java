package io.exai.protocol.mcp;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Names of requests and notifications, and which requests a revision has.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/schema">MCP 2026-07-28, schema</a>
 */
public final class Methods {
    public static final String INITIALIZE = "initialize";
    public static final String PING = "ping";
    public static final String DISCOVER = "server/discover";
    public static final String TOOLS_LIST = "tools/list";
    public static final String TOOLS_CALL = "tools/call";
    public static final String PROMPTS_LIST = "prompts/list";
    public static final String PROMPTS_GET = "prompts/get";
    public static final String RESOURCES_LIST = "resources/list";
    public static final String RESOURCE_TEMPLATES_LIST = "resources/templates/list";
    public static final String RESOURCES_READ = "resources/read";
    public static final String RESOURCES_SUBSCRIBE = "resources/subscribe";
    public static final String RESOURCES_UNSUBSCRIBE = "resources/unsubscribe";
    public static final String SUBSCRIPTIONS_LISTEN = "subscriptions/listen";
    public static final String COMPLETE = "completion/complete";
    public static final String SET_LEVEL = "logging/setLevel";
    public static final String TASKS_GET = "tasks/get";
    public static final String TASKS_RESULT = "tasks/result";
    public static final String TASKS_LIST = "tasks/list";
    public static final String TASKS_CANCEL = "tasks/cancel";
    public static final String TASKS_UPDATE = "tasks/update";

    public static final String CREATE_MESSAGE = "sampling/createMessage";
    public static final String ELICIT = "elicitation/create";
    public static final String ROOTS_LIST = "roots/list";

    public static final String INITIALIZED = "notifications/initialized";
    public static final String CANCELLED = "notifications/cancelled";
    public static final String PROGRESS = "notifications/progress";
    public static final String MESSAGE = "notifications/message";
    public static final String TOOLS_CHANGED = "notifications/tools/list_changed";
    public static final String PROMPTS_CHANGED = "notifications/prompts/list_changed";
    public static final String RESOURCES_CHANGED = "notifications/resources/list_changed";
    public static final String RESOURCE_UPDATED = "notifications/resources/updated";
    public static final String ROOTS_CHANGED = "notifications/roots/list_changed";
    public static final String SUBSCRIPTIONS_ACKNOWLEDGED = "notifications/subscriptions/acknowledged";
    /** Of a task's status, in 2025-11-25. */
    public static final String TASK_STATUS = "notifications/tasks/status";
    /** Of a task's status, in the extension of 2026-07-28. */
    public static final String TASKS_CHANGED = "notifications/tasks";

    private static final Set<String> EVERYWHERE = Set.of(
            TOOLS_LIST,
            TOOLS_CALL,
            PROMPTS_LIST,
            PROMPTS_GET,
            RESOURCES_LIST,
            RESOURCE_TEMPLATES_LIST,
            RESOURCES_READ,
            COMPLETE);
    private static final Set<String> WITH_HANDSHAKE =
            Set.of(INITIALIZE, PING, RESOURCES_SUBSCRIBE, RESOURCES_UNSUBSCRIBE, SET_LEVEL);
    private static final Set<String> TASKS_OF_2025 = Set.of(TASKS_GET, TASKS_RESULT, TASKS_LIST, TASKS_CANCEL);
    private static final Set<String> WITHOUT_HANDSHAKE =
            Set.of(DISCOVER, SUBSCRIPTIONS_LISTEN, TASKS_GET, TASKS_UPDATE, TASKS_CANCEL);
    private static final Map<Revision, Set<String>> KNOWN = known();

    private Methods() {}

    /** Whether a request of that name is answered in that revision. */
    public static boolean isKnown(Revision revision, String method) {
        return KNOWN.getOrDefault(revision, Set.of()).contains(method);
    }

    private static Map<Revision, Set<String>> known() {
        Map<Revision, Set<String>> known = new EnumMap<>(Revision.class);
        for (Revision revision : Revision.values()) {
            Set<String> methods = new HashSet<>(EVERYWHERE);
            methods.addAll(revision.era() == Era.MODERN ? WITHOUT_HANDSHAKE : WITH_HANDSHAKE);
            if (revision == Revision.R2025_11_25) {
                methods.addAll(TASKS_OF_2025);
            }
            known.put(revision, methods);
        }
        return known;
    }
}
