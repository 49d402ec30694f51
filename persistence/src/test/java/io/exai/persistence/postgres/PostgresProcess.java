package io.exai.persistence.postgres;

import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.fixture.TemporaryFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of its own on a free port of the loopback interface, with its data in a temporary folder. */
public final class PostgresProcess implements AutoCloseable {
    private final PostgresProgram control;
    private final TemporaryFolder temporary;
    private final Path folder;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();
    private final Thread atExit = new Thread(this::stop);

    private PostgresProcess(PostgresProgram control, TemporaryFolder temporary, int port) {
        this.control = control;
        this.temporary = temporary;
        this.folder = temporary.path();
        this.port = port;
    }

    public static boolean isInstalled() {
        return PostgresProgram.find("initdb").isPresent()
                && PostgresProgram.find("pg_ctl").isPresent();
    }

    /** Empty when the programs are not installed. */
    public static Optional<PostgresProcess> start() throws IOException, InterruptedException {
        if (!isInstalled()) {
            return Optional.empty();
        }
        var temporary = TemporaryFolder.create("exai-postgres");
        var folder = temporary.path();
        if (PostgresProgram.areWeRoot()) {
            var users = folder.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(folder, users.lookupPrincipalByName("nobody"));
        }
        var data = folder.resolve("data").toString();
        PostgresProgram.find("initdb")
                .orElseThrow()
                .run(folder, "-D", data, "-U", "exai", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        var server = new PostgresProcess(PostgresProgram.find("pg_ctl").orElseThrow(), temporary, freePort());
        server.startUp();
        return Optional.of(server);
    }

    /** An empty database that nobody else uses. */
    public JdbcAddress newDatabase() throws SQLException {
        var name = "exai" + databases.incrementAndGet();
        try (var connection = address("postgres").connect();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return address(name);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        stop();
    }

    /** Stops it, cutting every connection; the data stay. */
    public void down() throws IOException, InterruptedException {
        control.run(folder, "-D", data(), "-m", "immediate", "-w", "stop");
    }

    /** Starts it again after {@link #down()}, on the same port. */
    public void up() throws IOException, InterruptedException {
        control.run(folder, "-D", data(), "-l", folder.resolve("log").toString(), "-o", options(), "-w", "start");
    }

    private String options() {
        return "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + folder;
    }

    private void startUp() throws IOException, InterruptedException {
        up();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private void stop() {
        try {
            control.run(folder, "-D", data(), "-m", "immediate", "-w", "stop");
            temporary.delete();
        } catch (IOException e) {
            System.err.println("PostgreSQL in " + folder + ": not stopped, " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private JdbcAddress address(String database) {
        return new JdbcAddress("jdbc:postgresql://127.0.0.1:" + port + "/" + database, "exai", "");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
