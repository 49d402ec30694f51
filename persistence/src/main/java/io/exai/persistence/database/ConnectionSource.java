package io.exai.persistence.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Hands out connections that their user closes. */
@FunctionalInterface
public interface ConnectionSource {
    Connection open() throws SQLException;
}
