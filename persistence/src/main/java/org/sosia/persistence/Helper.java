package org.sosia.persistence;

/**
 * A cloud that does half of an encryption for a client that is too weak to. It keeps nothing of it.
 *
 * <p>This is the one call in which a cloud is handed half of a secret: alone it is worth nothing, and the other cloud's half opens with it
 * what was locked. A hospital that does not want that leaves it switched off, and never makes the call.
 */
public interface Helper {

    /**
     * Locks half of a secret.
     *
     * @param parameters the encoded public parameters
     * @param task the encoded {@link org.sosia.crypto.abe.LockTask}
     * @return the encoded half of the lock
     * @throws IllegalArgumentException if either cannot be read
     */
    byte[] lockHalf(byte[] parameters, byte[] task);
}
