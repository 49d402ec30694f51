package io.exai.server.session;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.exai.cluster.ClusterMessage;
import io.exai.server.change.TaskView;
import java.util.List;

/** What a session says of a task. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskReply.Found.class, name = "found"),
    @JsonSubTypes.Type(value = TaskReply.Listed.class, name = "listed"),
    @JsonSubTypes.Type(value = TaskReply.NotFound.class, name = "notfound"),
    @JsonSubTypes.Type(value = TaskReply.Unfit.class, name = "unfit")
})
public sealed interface TaskReply extends ClusterMessage {
    /** The task as it stands, after what was wanted has been done and written. */
    record Found(TaskView task) implements TaskReply {}

    /** All tasks that live, oldest first, without their outcomes. */
    record Listed(List<TaskView> tasks) implements TaskReply {}

    /** Never there, over, or somebody else's. */
    record NotFound() implements TaskReply {}

    /** The task is there, but in no state for that. */
    record Unfit(String why) implements TaskReply {}
}
