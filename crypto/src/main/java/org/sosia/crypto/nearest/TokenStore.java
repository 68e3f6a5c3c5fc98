package org.sosia.crypto.nearest;

import java.util.List;
import java.util.UUID;

/**
 * Where one server's parts of tokens lie until they are used. An implementation over a database takes a token in a transaction of its own that
 * is committed before {@link #take} returns: a server that fails in the middle of a search must not find the token again.
 */
@FunctionalInterface
public interface TokenStore {
    /**
     * Hands out everything deposited for a token and remembers for ever that it was taken.
     *
     * @param token its id
     * @return the parts in the order of their arrival; empty if the token is unknown or was taken before
     */
    List<byte[]> take(UUID token);
}
