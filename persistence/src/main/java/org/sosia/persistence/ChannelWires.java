package org.sosia.persistence;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.channel.Channel;
import org.sosia.crypto.channel.ChannelKeys;
import org.sosia.crypto.channel.Party;
import org.sosia.crypto.nearest.Link;

/**
 * The connections between the two servers of each gallery when they are in two processes: end A dials, at the moment of the first search or when
 * the last connection broke; end B uses the one that came last, and waits for one if there is none.
 */
final class ChannelWires implements Wires {

    /** Two hospitals, some extractors each. */
    private static final int MOST_GALLERIES = 64;

    private final ChannelKeys keys;
    private final InetSocketAddress serverB;
    private final Duration patience;
    private final Map<String, Link> dialled = new HashMap<>();
    private final Map<String, Link> arrived = new HashMap<>();

    /** @param serverB where the process of end B listens */
    ChannelWires(ChannelKeys keys, InetSocketAddress serverB, Duration patience) {
        this.keys = keys;
        this.serverB = serverB;
        this.patience = patience;
    }

    @Override
    public Link link(GalleryEnd end, @Nullable Link used, boolean works) throws IOException {
        return end.end() == GalleryEnd.End.A ? dialled(end, used, works) : arrived(end, used, works);
    }

    private Link dialled(GalleryEnd end, @Nullable Link used, boolean works) throws IOException {
        synchronized (dialled) {
            Link present = dialled.get(end.rack());
            if (present != null && (works || !present.equals(used))) {
                return present;
            }
            Channel channel = Channel.dial(keys, serverB, Party.SERVER_B, patience);
            try {
                channel.link().send(new Opening(Opening.Purpose.LINK, end.rack()).encode());
            } catch (IOException broken) {
                channel.close();
                throw broken;
            }
            dialled.put(end.rack(), channel.link());
            return channel.link();
        }
    }

    private Link arrived(GalleryEnd end, @Nullable Link used, boolean works) throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        synchronized (arrived) {
            while (true) {
                Link present = arrived.get(end.rack());
                if (present != null && (works || !present.equals(used))) {
                    return present;
                }
                long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
                if (left <= 0) {
                    throw new IOException("the other server has not called");
                }
                await(left);
            }
        }
    }

    private void await(long millis) throws IOException {
        try {
            arrived.wait(millis);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopping);
        }
    }

    /** The process of end A called about a gallery. An older connection of the same gallery is of no use to it any more. */
    void arrived(String rack, Link link) throws IOException {
        synchronized (arrived) {
            if (arrived.size() >= MOST_GALLERIES && !arrived.containsKey(rack)) {
                throw new IOException("more galleries than there can be");
            }
            Link older = arrived.put(rack, link);
            arrived.notifyAll();
            if (older != null) {
                older.close();
            }
        }
    }
}
