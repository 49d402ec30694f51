package io.exai.persistence.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Statements on one connection, which stays with the pool. */
@FunctionalInterface
public interface SqlWork<T> {
    T on(Connection connection) throws SQLException;
}
