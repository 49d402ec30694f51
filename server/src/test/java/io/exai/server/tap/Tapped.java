package io.exai.server.tap;

import io.exai.server.wire.Conversation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** One connection of a client, on to the daemon; both directions are read as they pass. */
final class Tapped {
    private static final int SWITCHING = 101;
    private static final int NO_CONTENT = 204;
    private static final int FIRST_ERROR = 400;
    private static final int PATIENCE_SECONDS = 60;

    private final Socket client;
    private final Socket daemon;
    private final Transcript transcript;
    private final ConcurrentLinkedQueue<Exchange> exchanges = new ConcurrentLinkedQueue<>();

    /** What reads one direction, for as long as it can make sense of it. */
    @FunctionalInterface
    private interface Reading {
        void of(Forwarding in) throws IOException;
    }

    Tapped(Socket client, Socket daemon, Transcript transcript) {
        this.client = client;
        this.daemon = daemon;
        this.transcript = transcript;
    }

    /** Returns when both directions have ended. */
    void run() throws InterruptedException {
        Thread requests = new Thread(() -> pass(client, daemon, this::requests), "tap-requests");
        requests.setDaemon(true);
        requests.start();
        pass(daemon, client, this::responses);
        requests.join();
        Tap.close(client);
        Tap.close(daemon);
    }

    private void pass(Socket from, Socket to, Reading reading) {
        try {
            Forwarding in = new Forwarding(from.getInputStream(), to.getOutputStream());
            try {
                reading.of(in);
            } catch (IOException | RuntimeException over) {
                // or beyond us: it passes unread
            }
            in.passAll();
            to.shutdownOutput();
        } catch (IOException reset) {
            Tap.reset(from);
            Tap.reset(to);
        }
    }

    private void requests(Forwarding in) throws IOException {
        while (true) {
            HttpHead head = HttpHead.read(in);
            Exchange exchange = Exchange.of(head, transcript);
            exchanges.add(exchange);
            if (exchange.wantsUpgrade()) {
                in.pass();
                Optional<Conversation> webSocket = exchange.upgraded()
                        .completeOnTimeout(Optional.empty(), PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .join();
                if (webSocket.isPresent()) {
                    Texts texts = new Texts(in);
                    while (true) {
                        transcript.said(webSocket.get(), texts.next());
                    }
                }
            }
            byte[] body = head.body(in, false).readAllBytes();
            transcript.said(exchange.conversation(), new String(body, StandardCharsets.UTF_8));
        }
    }

    private void responses(Forwarding in) throws IOException {
        while (true) {
            HttpHead head = HttpHead.read(in);
            int status = Integer.parseInt(head.line().get(1));
            Exchange exchange = exchanges.poll();
            if (exchange == null) {
                throw new IOException("an answer to what was no request");
            }
            Conversation conversation = exchange.answered(head, transcript);
            if (status == SWITCHING) {
                exchange.upgraded().complete(Optional.of(conversation));
                Texts texts = new Texts(in);
                while (true) {
                    transcript.answered(conversation, texts.next());
                }
            }
            exchange.upgraded().complete(Optional.empty());
            if (!exchange.head().line().get(0).equals("HEAD") && status != NO_CONTENT) {
                body(exchange, conversation, head, status, head.body(in, true));
            }
        }
    }

    private void body(Exchange exchange, Conversation conversation, HttpHead head, int status, InputStream body)
            throws IOException {
        if (exchange.isMcp() && head.header("content-type").startsWith("text/event-stream")) {
            events(conversation, body);
        }
        String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        boolean isOurs = status < FIRST_ERROR || text.contains("\"jsonrpc\"");
        if (exchange.isMcp() && isOurs && !text.isBlank()) {
            transcript.answered(conversation, text);
        }
    }

    /** One message in each event; the first one may name the place where the client posts. */
    private void events(Conversation begun, InputStream body) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        Conversation conversation = begun;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String data = line.startsWith("data:") ? line.substring(5).strip() : "";
            if (data.startsWith("/messages")) {
                conversation = transcript.of(data, conversation);
            } else if (!data.isEmpty()) {
                transcript.answered(conversation, data);
            }
        }
    }
}
