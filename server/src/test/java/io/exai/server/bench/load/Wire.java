package io.exai.server.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** A non-blocking socket that keeps what could not be sent yet and what is not whole yet. */
final class Wire {
    private static final byte[] NOTHING = new byte[0];

    private final SocketChannel channel;
    private final SelectionKey key;
    private byte[] unread = NOTHING;
    private byte[] unsent = NOTHING;

    /** Begins to connect; the selector's key has {@code owner} attached. */
    Wire(int port, Selector selector, Object owner) throws IOException {
        this.channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.key = channel.register(selector, SelectionKey.OP_CONNECT, owner);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** True once, when the connection is there. */
    boolean finishConnect() throws IOException {
        if (key.isConnectable() && channel.finishConnect()) {
            key.interestOps(SelectionKey.OP_READ);
            return true;
        }
        return false;
    }

    boolean isReadable() {
        return key.isReadable();
    }

    /**
     * Reads behind what was kept.
     *
     * @return how many bytes {@code shared} holds now; -1 at the end of the stream
     */
    int read(byte[] shared) throws IOException {
        System.arraycopy(unread, 0, shared, 0, unread.length);
        var count = channel.read(ByteBuffer.wrap(shared, unread.length, shared.length - unread.length));
        return count < 0 ? -1 : unread.length + count;
    }

    /** Keeps what has not been used for the next {@link #read}. */
    void keep(byte[] shared, int from, int to) {
        unread = from == to ? NOTHING : Arrays.copyOfRange(shared, from, to);
    }

    void send(byte[] bytes) throws IOException {
        var begin = unsent.length;
        unsent = begin == 0 ? bytes : Arrays.copyOf(unsent, begin + bytes.length);
        if (begin == 0) {
            write();
        } else {
            System.arraycopy(bytes, 0, unsent, begin, bytes.length);
        }
    }

    /** Sends what was left when the socket can take more. */
    void flush() throws IOException {
        if (key.isWritable()) {
            write();
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            key.cancel();
        }
    }

    private void write() throws IOException {
        var buffer = ByteBuffer.wrap(unsent);
        channel.write(buffer);
        var isWaiting = unsent.length > buffer.position();
        unsent = isWaiting ? Arrays.copyOfRange(unsent, buffer.position(), unsent.length) : NOTHING;
        var interest = isWaiting ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }
}
