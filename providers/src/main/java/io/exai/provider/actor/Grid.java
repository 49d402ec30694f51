package io.exai.provider.actor;

import io.exai.provider.breaker.Breakers;
import io.exai.provider.quota.Shares;

/** What the providers of all nodes have in common. */
public record Grid(Shares shares, Breakers breakers) {}
