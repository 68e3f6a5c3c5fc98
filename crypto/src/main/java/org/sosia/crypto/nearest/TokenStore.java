package org.sosia.crypto.nearest;

import java.util.List;
import java.util.UUID;

/**
 * Where one server keeps its parts of tokens until they are used. An implementation over a database takes a token in a transaction of its own that
 * is committed before {@link #take} returns: a server that fails in the middle of a search must not find the token again.
 */
public interface TokenStore {
    /**
     * Keeps a part: of a new token, or a supplement to one that is there. Ignored if the token was taken before.
     *
     * @param token its id
     * @param part the encoded part
     */
    void deposit(UUID token, byte[] part);

    /**
     * Hands out everything deposited for a token and remembers for ever that it was taken.
     *
     * @param token its id
     * @return the parts in the order of their arrival; empty if the token is unknown or was taken before
     */
    List<byte[]> take(UUID token);

    /**
     * Counts the tokens that can still be taken.
     *
     * @return tokens
     */
    int left();

    /**
     * A store in memory, for one process that does not outlive its tokens.
     *
     * @return an empty store
     */
    static TokenStore inMemory() {
        return new MemoryTokenStore();
    }
}
