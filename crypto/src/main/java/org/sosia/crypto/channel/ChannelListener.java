package org.sosia.crypto.channel;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Where a party is called. Taking a call and finding out who calls are two steps, so that a silent caller keeps nobody else from calling. */
public final class ChannelListener implements Closeable {

    private static final int BACKLOG = 64;

    private final ServerSocket server = new ServerSocket();
    private final SSLContext context;

    /**
     * Listens.
     *
     * @param keys one's own
     * @param address where; port 0 for any
     * @throws IOException if the address cannot be had
     */
    public ChannelListener(ChannelKeys keys, InetSocketAddress address) throws IOException {
        context = keys.context();
        server.bind(address, BACKLOG);
    }

    /**
     * The port, also if any was wanted.
     *
     * @return the port
     */
    public int port() {
        return server.getLocalPort();
    }

    /** Somebody who calls, and has not said who. */
    public final class Call implements Closeable {
        private final Socket raw;

        private Call(Socket raw) {
            this.raw = raw;
        }

        /**
         * Finds out who calls.
         *
         * @param expected who may
         * @param patience for the handshake
         * @return the channel
         * @throws IOException if it is somebody else, or does not say in time
         */
        public Channel answer(Set<Party> expected, Duration patience) throws IOException {
            try {
                SSLSocket tls = (SSLSocket) context.getSocketFactory()
                        .createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
                tls.setUseClientMode(false);
                tls.setNeedClientAuth(true);
                return Channel.greeted(raw, tls, expected, patience);
            } catch (IOException | RuntimeException refused) {
                raw.close();
                throw refused;
            }
        }

        @Override
        public void close() throws IOException {
            raw.close();
        }
    }

    /**
     * Waits for the next call.
     *
     * @return the call
     * @throws IOException if this was closed
     */
    public Call accept() throws IOException {
        return new Call(server.accept());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
