package io.exai.provider.sandbox.fault;

import io.exai.provider.sandbox.wire.Address;
import io.exai.provider.sandbox.wire.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * When a fault happens.
 *
 * @param dialect of the requests it is for; null for all
 * @param model of the requests it is for; null for all
 * @param path that the endpoint of the requests begins with, such as {@code /files}; null for chat alone
 * @param count how many times it happens; null for ever
 * @param share of the matching requests that it happens to
 */
public record FaultRule(
        @Nullable Dialect dialect,
        @Nullable String model,
        @Nullable String path,
        @Nullable Integer count,
        double share,
        Fault fault) {
    /** For every request, for ever. */
    public static FaultRule always(Fault fault) {
        return new FaultRule(null, null, null, null, 1, fault);
    }

    /** For the next requests, so many of them. */
    public static FaultRule times(int count, Fault fault) {
        return new FaultRule(null, null, null, count, 1, fault);
    }

    public FaultRule forDialect(Dialect only) {
        return new FaultRule(only, model, path, count, share, fault);
    }

    public FaultRule forModel(String only) {
        return new FaultRule(dialect, only, path, count, share, fault);
    }

    /** For what is beside the chat; only status, empty and garbage happen there. */
    public FaultRule forPath(String only) {
        return new FaultRule(dialect, model, only, count, share, fault);
    }

    boolean matches(Dialect asked, String name, Address address) {
        boolean there = path == null ? address.isChat() : address.endpoint().startsWith(path);
        return there && (dialect == null || dialect == asked) && (model == null || model.equals(name));
    }
}
