package io.exai.server.script;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the client is asked for.
 *
 * @param method {@code elicitation/create}, {@code sampling/createMessage} or {@code roots/list}
 */
public record InputRequest(String method, ObjectNode params) {}
