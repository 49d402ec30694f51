package io.exai.server.metric;

import io.exai.provider.actor.Provider;
import io.exai.provider.breaker.Health;
import io.exai.server.quota.Quota;
import io.exai.server.spending.Spending;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Whom a survey asks.
 *
 * @param breakers what the node knows of its providers
 * @param connections open now
 * @param sessions in memory now
 */
public record Sources(
        Map<String, ActorRef<Provider.Command>> providers,
        ActorRef<Quota.Command> quota,
        Health breakers,
        Spending spending,
        LongSupplier connections,
        LongSupplier sessions) {}
