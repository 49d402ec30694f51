package io.exai.server.change;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.exai.cluster.ClusterMessage;

/** Something that clients may have listed, read or started is different now. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.Tools.class, name = "tools"),
    @JsonSubTypes.Type(value = Change.Prompts.class, name = "prompts"),
    @JsonSubTypes.Type(value = Change.Resources.class, name = "resources"),
    @JsonSubTypes.Type(value = Change.Resource.class, name = "resource"),
    @JsonSubTypes.Type(value = Change.Subscription.class, name = "subscription"),
    @JsonSubTypes.Type(value = Change.Task.class, name = "task")
})
public sealed interface Change extends ClusterMessage {
    /** Tools were added, removed or changed. */
    record Tools() implements Change {}

    /** Prompts were added, removed or changed. */
    record Prompts() implements Change {}

    /** Resources were added or removed. */
    record Resources() implements Change {}

    /** A resource reads differently now. */
    record Resource(String uri) implements Change {}

    /** A session's client wants, or no longer wants, to hear of a resource: news for its other connections. */
    record Subscription(String sessionKey, String uri, boolean wanted) implements Change {}

    /** A task has another status; nobody but {@code principal} hears of it. */
    record Task(String principal, TaskView task) implements Change {}
}
