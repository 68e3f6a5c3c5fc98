package org.sosia.crypto.channel;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.sosia.crypto.nearest.Link;

/**
 * A connection to another party, open from its making until either end closes it: TLS 1.3, both ends with certificates of the same authority.
 * What is cut off, inserted, repeated or put in another order on the way ends it.
 */
public final class Channel implements Closeable {

    static final String PROTOCOL = "TLSv1.3";

    private final Socket raw;
    private final Party peer;
    private final Link link;

    private Channel(Socket raw, SSLSocket tls, Party peer) throws IOException {
        this.raw = raw;
        this.peer = peer;
        link = new Abrupt(raw, Link.over(tls.getInputStream(), tls.getOutputStream()));
    }

    /**
     * Connects to another party.
     *
     * @param keys one's own
     * @param address where the other one listens
     * @param peer who must answer there
     * @param patience for the connection and the handshake; afterwards nothing has a limit until {@link #patience}
     * @return the channel
     * @throws IOException if nobody answers, or somebody else
     */
    public static Channel dial(ChannelKeys keys, InetSocketAddress address, Party peer, Duration patience)
            throws IOException {
        Socket raw = new Socket();
        try {
            raw.connect(address, millis(patience));
            SSLSocket tls = (SSLSocket) keys.context()
                    .getSocketFactory()
                    .createSocket(raw, address.getHostString(), address.getPort(), true);
            tls.setUseClientMode(true);
            return greeted(raw, tls, Set.of(peer), patience);
        } catch (IOException | RuntimeException refused) {
            raw.close();
            throw refused;
        }
    }

    /** The handshake; closes nothing. */
    static Channel greeted(Socket raw, SSLSocket tls, Set<Party> expected, Duration patience) throws IOException {
        raw.setTcpNoDelay(true);
        raw.setKeepAlive(true);
        raw.setSoTimeout(millis(patience));
        tls.setEnabledProtocols(new String[] {PROTOCOL});
        tls.startHandshake();
        X509Certificate shown = (X509Certificate) tls.getSession().getPeerCertificates()[0];
        Party peer = Party.of(shown.getSubjectX500Principal())
                .filter(expected::contains)
                .orElseThrow(() -> new IOException("somebody else is at the other end"));
        Channel channel = new Channel(raw, tls, peer);
        channel.patience(Duration.ZERO);
        return channel;
    }

    private static int millis(Duration patience) {
        return Math.toIntExact(patience.toMillis());
    }

    /**
     * Who is at the other end, as its certificate says.
     *
     * @return the party
     */
    public Party peer() {
        return peer;
    }

    /**
     * How long to wait for a byte from now on.
     *
     * @param patience zero: for ever
     * @throws IOException if the channel is closed
     */
    public void patience(Duration patience) throws IOException {
        raw.setSoTimeout(millis(patience));
    }

    /**
     * Frames over this channel. Closing it closes the channel.
     *
     * @return always the same one
     */
    public Link link() {
        return link;
    }

    @Override
    public void close() throws IOException {
        link.close();
    }

    /** TLS would first say good-bye, and wait for a writer whom the other end lets wait: the socket below is closed instead. */
    private record Abrupt(Socket raw, Link link) implements Link {
        @Override
        public void send(byte[] frame) throws IOException {
            link.send(frame);
        }

        @Override
        public byte[] receive() throws IOException {
            return link.receive();
        }

        @Override
        public void close() throws IOException {
            raw.close();
        }
    }
}
