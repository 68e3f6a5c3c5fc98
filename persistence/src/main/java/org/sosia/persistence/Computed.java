package org.sosia.persistence;

import java.util.Arrays;
import org.sosia.crypto.statement.Statement;

/** What a cloud computed for an opening, with its signed word that it did. */
public final class Computed {

    private final byte[] result;
    private final byte[] statement;

    /**
     * An answer.
     *
     * @param result the encoded result
     * @param statement an encoded {@link Statement} about it
     */
    public Computed(byte[] result, byte[] statement) {
        this.result = result;
        this.statement = statement;
    }

    /** The encoded result. */
    public byte[] result() {
        return result;
    }

    /** The encoded {@link Statement}, to be verified before the result is used. */
    public byte[] statement() {
        return statement;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Computed that
                && Arrays.equals(result, that.result)
                && Arrays.equals(statement, that.statement);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(statement);
    }
}
