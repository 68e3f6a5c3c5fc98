package org.sosia.persistence;

/** An owner's lock that a cloud re-encrypted, with the proof that it did so honestly. */
public final class Reencrypted {

    private final byte[] lock;
    private final byte[] proof;

    /**
     * An answer.
     *
     * @param lock the encoded {@link org.sosia.crypto.reencryption.ConvertedLock}
     * @param proof the encoded {@link org.sosia.crypto.reencryption.ConversionProof}
     */
    public Reencrypted(byte[] lock, byte[] proof) {
        this.lock = lock;
        this.proof = proof;
    }

    /** The encoded {@link org.sosia.crypto.reencryption.ConvertedLock}. */
    public byte[] lock() {
        return lock;
    }

    /** The encoded {@link org.sosia.crypto.reencryption.ConversionProof}. */
    public byte[] proof() {
        return proof;
    }
}
