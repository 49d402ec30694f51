package io.exai.persistence.postgres;

import io.exai.persistence.database.JdbcAddress;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test an empty PostgreSQL database for each {@link JdbcAddress} parameter; skips it when none can be had. */
public final class PostgresServer implements ExecutionCondition, ParameterResolver {
    private static final String MISSING = "skipped: no PostgreSQL programs (initdb, pg_ctl) on this machine";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (PostgresProcess.isInstalled()) {
            return ConditionEvaluationResult.enabled("PostgreSQL is installed");
        }
        System.out.println(context.getDisplayName() + " " + MISSING);
        return ConditionEvaluationResult.disabled(MISSING);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == JdbcAddress.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            return shared(context).newDatabase();
        } catch (SQLException e) {
            throw new ParameterResolutionException("no database", e);
        }
    }

    /** One server for all tests of a run, stopped at the end. */
    private static PostgresProcess shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(PostgresServer.class))
                .getOrComputeIfAbsent("server", key -> start(), PostgresProcess.class);
    }

    private static PostgresProcess start() {
        try {
            return PostgresProcess.start().orElseThrow();
        } catch (IOException e) {
            throw new ParameterResolutionException("PostgreSQL did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ParameterResolutionException("PostgreSQL did not start in time", e);
        }
    }
}
