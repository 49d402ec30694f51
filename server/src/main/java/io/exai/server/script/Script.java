package io.exai.server.script;

import java.util.List;

/**
 * What is done when a tool or prompt is asked. Pure: tells the steps, and others take them. After an {@link Step.Ask} it is
 * asked again, with what the client gave.
 */
public interface Script {
    /** The steps to take; the last one ends the round: Ask, Complete or Reject. */
    List<Step> next(Invocation invocation);
}
