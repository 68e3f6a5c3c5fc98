package org.sosia.persistence;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.sosia.crypto.channel.Channel;
import org.sosia.crypto.channel.ChannelKeys;
import org.sosia.crypto.channel.Party;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.persistence.GalleryRefusedException.Why;

/** A server of searches in another process, as the hospital sees it. Channels are used again; one carries one question at a time. */
final class RemoteServer implements AutoCloseable {

    /** The server goes on for longer, so that it is never the one to close a channel that is about to be used. */
    static final Duration MOST_IDLE = Duration.ofMinutes(5);

    private static final Duration HANDSHAKE = Duration.ofSeconds(5);

    /** A search over 100,000 rows takes a fraction of a second. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final ChannelKeys keys;
    private final InetSocketAddress address;
    private final Party party;
    private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();

    RemoteServer(ChannelKeys keys, InetSocketAddress address, Party party) {
        this.keys = keys;
        this.address = address;
        this.party = party;
    }

    private record Idle(Channel channel, long since) {}

    byte[] ask(Asked asked) throws GalleryRefusedException {
        try {
            Channel channel = channel();
            try {
                channel.link().send(asked.encode());
                byte[] reply = channel.link().receive();
                idle.addFirst(new Idle(channel, System.nanoTime()));
                return Asked.read(reply);
            } catch (IOException broken) {
                close(channel);
                // Where one broke the others most likely did: the next question shall not find that out again.
                close();
                throw broken;
            }
        } catch (IOException | MalformedException away) {
            // Whether the token was used nobody knows: another try takes another one.
            GalleryRefusedException refused = new GalleryRefusedException(Why.UNAVAILABLE);
            refused.initCause(away);
            throw refused;
        }
    }

    private Channel channel() throws IOException {
        for (Idle one = idle.pollFirst(); one != null; one = idle.pollFirst()) {
            if (System.nanoTime() - one.since() < MOST_IDLE.toNanos()) {
                return one.channel();
            }
            close(one.channel());
        }
        Channel channel = Channel.dial(keys, address, party, HANDSHAKE);
        channel.patience(ANSWER);
        channel.link().send(new Opening(Opening.Purpose.QUESTIONS, "").encode());
        return channel;
    }

    @Override
    public void close() {
        for (Idle one = idle.pollFirst(); one != null; one = idle.pollFirst()) {
            close(one.channel());
        }
    }

    private static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException broken) {
            // Then it is closed already.
        }
    }
}
