package io.exai.persistence.usage;

/**
 * What the calls that have something in common cost together.
 *
 * @param name what they have in common: {@code provider/model} of a model, {@code 2026-01-31} of a day
 */
public record UsageGroup(String name, UsageTotals totals) {}
