package io.exai.persistence.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Where a database is and who we are there. */
public record JdbcAddress(String url, String user, String password) {

    /** A connection of its own, outside of any pool: for the schema before the pool exists, for the file after it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    @Override
    public String toString() {
        return "JdbcAddress[url=" + url.replaceAll("(?i)(password=)[^&;]*", "$1***") + ", user=" + user
                + ", password=***]";
    }
}
