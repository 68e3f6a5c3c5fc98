package org.sosia.crypto.nearest;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.nearest.SearchRefusedException.Reason;
import org.sosia.crypto.secret.SecretBytes;

/**
 * One of the two servers of a collection: holds sealed rows, and answers searches together with the other one. Any number of threads may call it.
 *
 * <p><b>Security.</b> Alone it learns how many rows there are, k, who asks and when; in the pruned mode also which rows survive the bound. It is trusted to
 * follow the protocol: a deviating server can spoil results unnoticed. docs/SEARCH.md, 1.7.
 */
public final class Server implements AutoCloseable {
    private final Side side;
    private final Shape shape;
    private final Gallery gallery;
    private final TokenStore tokens;
    private final Duration patience;
    private final AtomicLong answered = new AtomicLong();
    private volatile @Nullable Conversations peer;

    /**
     * A server without rows and without a link.
     *
     * @param side which of the two
     * @param shape the collection's
     * @param maskKey this server's, from {@link Dealer#maskKey}
     * @param tokens this server's own
     * @param patience how long to wait for one message of the other server
     */
    public Server(Side side, Shape shape, SecretBytes maskKey, TokenStore tokens, Duration patience) {
        this.side = side;
        this.shape = shape;
        this.tokens = tokens;
        this.patience = patience;
        gallery = new Gallery(shape, maskKey);
    }

    /**
     * Connects to the other server; replaces a link that broke.
     *
     * @param link this server's end, which it closes
     */
    public synchronized void connect(Link link) {
        close();
        peer = new Conversations(link, patience);
    }

    /**
     * Whether there is a link that has not broken, as far as this end knows.
     *
     * @return whether searches can be answered
     */
    public boolean isConnected() {
        Conversations link = peer;
        return link != null && link.works();
    }

    /**
     * Changes the rows. The first change after a start may have any number: so a server reads its rows from its database.
     *
     * @param change the next change
     * @return false if this server has made it before
     * @throws IllegalArgumentException if a change in between is missing
     */
    public boolean apply(Change change) {
        return gallery.apply(change);
    }

    /**
     * The number of the last change.
     *
     * @return 0 for none
     */
    public long epoch() {
        return gallery.latest().epoch;
    }

    /**
     * The rows that there are now, for the dealer.
     *
     * @return the roll
     */
    public Roll roll() {
        return gallery.latest().roll();
    }

    /**
     * How many searches this server answered since it was made.
     *
     * @return searches
     */
    public long answered() {
        return answered.get();
    }

    /**
     * Answers a search; returns when both servers are through. The other server must be asked at the same time.
     *
     * @param request the user's, for this server
     * @param grant what this server knows that the caller may have
     * @return this server's half of the result, for the user only
     * @throws SearchRefusedException if there is no result; the token is spent all the same
     */
    public byte[] answer(byte[] request, Grant grant) throws SearchRefusedException {
        // A request's length is that of its token's shape, which its reader requires.
        ByteReader in = new ByteReader(request);
        UUID id = tokenIn(in);
        // Burned first: whatever happens from here on, the token is used.
        var parts = tokens.take(id);
        if (parts.isEmpty()) {
            throw new SearchRefusedException(Reason.TOKEN_SPENT_OR_UNKNOWN);
        }
        Conversations link = peer;
        if (link == null) {
            throw new SearchRefusedException(Reason.PEER_UNAVAILABLE);
        }
        try (Conversation conversation = link.open(id)) {
            try {
                ServerToken token = decode(id, parts);
                byte[] answer = new Search(side, token, in, gallery, grant, conversation).run();
                answered.incrementAndGet();
                return answer;
            } catch (MalformedException e) {
                conversation.abandon(Reason.MALFORMED);
                throw new SearchRefusedException(Reason.MALFORMED, e);
            } catch (SearchRefusedException e) {
                conversation.abandon(e.reason());
                throw e;
            } catch (RuntimeException e) {
                conversation.abandon(Reason.PEER_UNAVAILABLE);
                throw e;
            }
        }
    }

    private UUID tokenIn(ByteReader request) throws SearchRefusedException {
        try {
            request.expect(Question.VERSION, side.code);
            return request.uuid();
        } catch (MalformedException e) {
            throw new SearchRefusedException(Reason.MALFORMED, e);
        }
    }

    private ServerToken decode(UUID id, java.util.List<byte[]> parts) throws MalformedException {
        ServerToken token = ServerToken.decode(side, parts.get(0));
        if (!token.id.equals(id) || !token.plan.shape().equals(shape)) {
            throw new MalformedException("the token is of another collection");
        }
        for (byte[] part : parts.subList(1, parts.size())) {
            ByteReader in = new ByteReader(part);
            in.expect(Dealer.SUPPLEMENT_VERSION);
            token = token.with(Entries.read(in, token.plan.pruned()));
            in.end();
        }
        return token;
    }

    /** Ends the link; searches under way fail. */
    @Override
    public synchronized void close() {
        Conversations link = peer;
        if (link != null) {
            link.close();
            peer = null;
        }
    }
}
