package io.exai.persistence.session;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.exai.persistence.Durable;
import java.time.Instant;

/** What a session is, as folded from its events. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = SessionState.Fresh.class, name = "fresh"),
    @JsonSubTypes.Type(value = OpenSession.class, name = "open"),
    @JsonSubTypes.Type(value = SessionState.Ended.class, name = "ended")
})
public sealed interface SessionState extends Durable permits SessionState.Fresh, OpenSession, SessionState.Ended {
    /** Nobody has opened this session: its id is unknown. */
    record Fresh() implements SessionState {}

    /** Over for good; its id is never used again. */
    record Ended(String principal, Instant at) implements SessionState {}
}
