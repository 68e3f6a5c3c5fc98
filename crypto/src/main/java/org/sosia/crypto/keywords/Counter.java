package org.sosia.crypto.keywords;

/**
 * One counter as server B stores it: how many entries a keyword has, encrypted for those who know the keyword's key.
 *
 * @param revision how often it was written; 0 if it never was
 * @param sealed {@value #SEALED_BYTES} bytes, or none if it never was
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its revision
public record Counter(long revision, byte[] sealed) {
    /** Nonce, count, epoch, tag. */
    public static final int SEALED_BYTES = 12 + 4 + 8 + 16;

    /** A counter that was never written. */
    public static final Counter NONE = new Counter(0, new byte[0]);

    /** Checks the length, takes a copy. */
    public Counter {
        if (revision < 0 || sealed.length != (revision == 0 ? 0 : SEALED_BYTES)) {
            throw new IllegalArgumentException("no such counter");
        }
        sealed = sealed.clone();
    }

    /**
     * The sealed count.
     *
     * @return a copy
     */
    @Override
    public byte[] sealed() {
        return sealed.clone();
    }

    @Override
    public String toString() {
        return "Counter[" + revision + "]";
    }
}
