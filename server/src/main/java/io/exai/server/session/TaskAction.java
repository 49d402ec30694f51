package io.exai.server.session;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.exai.cluster.ClusterMessage;
import org.apache.pekko.actor.typed.ActorRef;

/** What a client may want of a task. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskAction.Get.class, name = "get"),
    @JsonSubTypes.Type(value = TaskAction.AwaitResult.class, name = "await"),
    @JsonSubTypes.Type(value = TaskAction.Follow.class, name = "follow"),
    @JsonSubTypes.Type(value = TaskAction.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = TaskAction.Update.class, name = "update")
})
public sealed interface TaskAction extends ClusterMessage {
    /** Its status, and its outcome if it has one. */
    record Get() implements TaskAction {}

    /** Its outcome, when it has one; answered then. */
    record AwaitResult() implements TaskAction {}

    /** That what it asks its client goes there from now on: to the response that waits for its outcome. */
    record Follow(ActorRef<ToClient> listener) implements TaskAction {}

    /** That it stop. */
    record Cancel() implements TaskAction {}

    /** That it go on with these inputs: JSON text of an object from key to result. */
    record Update(String inputs) implements TaskAction {}
}
