package org.sosia.crypto.nearest;

/** Which of the two servers one is. */
public enum Side {
    /** The server that numbers the rows inside the shared keys and knows the first permutation. */
    A(0),
    /** The server that is dealt the corrections and knows the second permutation. */
    B(1);

    /** In encodings. */
    final byte code;

    Side(int code) {
        this.code = (byte) code;
    }

    byte[] label() {
        return new byte[] {code};
    }
}
