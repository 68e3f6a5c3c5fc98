package org.sosia.persistence;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.channel.Channel;
import org.sosia.crypto.channel.ChannelKeys;
import org.sosia.crypto.channel.ChannelListener;
import org.sosia.crypto.channel.Party;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.persistence.GalleryRefusedException.Why;

/**
 * One cloud's server of searches in a process of its own, over that cloud's store. The hospital asks it, and the other server's process links
 * with it; nobody else is listened to. It answers until it is closed.
 */
final class SearchProcess implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SearchProcess.class.getName());

    private static final int MOST_CHANNELS = 256;
    private static final Duration HANDSHAKE = Duration.ofSeconds(5);

    private final ChannelKeys keys;
    private final ChannelListener listener;
    private final ChannelWires wires;
    private final ExecutorService threads;
    private final Semaphore places = new Semaphore(MOST_CHANNELS);
    private final JdbcGallery gallery;

    /**
     * Begins to listen.
     *
     * @param source this cloud's store
     * @param listen where; port 0 for any
     * @param serverB where cloud B's process listens; null if this is it
     */
    SearchProcess(
            ChannelKeys keys,
            DataSource source,
            InetSocketAddress listen,
            @Nullable InetSocketAddress serverB,
            int mostAnHour)
            throws IOException {
        this.keys = keys;
        listener = new ChannelListener(keys, listen);
        InetSocketAddress linkTo =
                serverB == null ? new InetSocketAddress(listen.getAddress(), listener.port()) : serverB;
        wires = new ChannelWires(keys, linkTo, HANDSHAKE);
        AtomicInteger count = new AtomicInteger();
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "search-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        gallery = new JdbcGallery(source, threads, wires, null, mostAnHour);
    }

    int port() {
        return listener.port();
    }

    /** Takes calls until this is closed. */
    void serve() {
        LOG.log(Level.INFO, "{0} listens on port {1}", new Object[] {
            keys.party().commonName(), String.valueOf(port())
        });
        try {
            while (true) {
                take(listener.accept());
            }
        } catch (IOException closed) {
            LOG.log(Level.INFO, "no more calls are taken");
        }
    }

    private void take(ChannelListener.Call call) throws IOException {
        if (!places.tryAcquire()) {
            LOG.log(Level.WARNING, "a call was refused: {0} channels are open", MOST_CHANNELS);
            call.close();
            return;
        }
        try {
            threads.execute(() -> {
                try {
                    handle(call);
                } finally {
                    places.release();
                }
            });
        } catch (RejectedExecutionException stopping) {
            places.release();
            call.close();
        }
    }

    private void handle(ChannelListener.Call call) {
        try {
            Channel channel = call.answer(Set.of(Party.values()), HANDSHAKE);
            boolean kept = false;
            try {
                channel.patience(HANDSHAKE);
                Opening opening = Opening.decode(channel.link().receive());
                kept = serve(channel, opening);
            } finally {
                if (!kept) {
                    channel.close();
                }
            }
        } catch (IOException | MalformedException over) {
            LOG.log(Level.INFO, "a channel ended: {0}", String.valueOf(over.getMessage()));
        }
    }

    /** True if the channel lives on after this. */
    private boolean serve(Channel channel, Opening opening) throws IOException, MalformedException {
        boolean ofHospital = channel.peer() == Party.HOSPITAL;
        if (ofHospital != (opening.purpose() == Opening.Purpose.QUESTIONS)) {
            throw new IOException("the other end may not do what it called for");
        }
        if (ofHospital) {
            channel.patience(RemoteServer.MOST_IDLE.multipliedBy(2));
            while (true) {
                channel.link().send(reply(Asked.decode(channel.link().receive())));
            }
        }
        channel.patience(Duration.ZERO);
        wires.arrived(opening.rack(), channel.link());
        return true;
    }

    private byte[] reply(Asked asked) {
        try {
            return Asked.answered(gallery.answer(asked.end(), asked.who(), asked.rows(), asked.request())
                    .join());
        } catch (CompletionException refused) {
            return Asked.refused(why(refused));
        }
    }

    private static Why why(CompletionException failed) {
        Optional<GalleryRefusedException> refused = Optional.ofNullable(failed.getCause())
                .filter(GalleryRefusedException.class::isInstance)
                .map(GalleryRefusedException.class::cast);
        if (refused.isEmpty()) {
            LOG.log(Level.WARNING, "a search failed", failed);
            return Why.UNAVAILABLE;
        }
        return refused.get().why();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        gallery.close();
        threads.shutdownNow();
    }
}
