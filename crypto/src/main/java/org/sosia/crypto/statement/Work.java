package org.sosia.crypto.statement;

import java.security.GeneralSecurityException;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.grant.GrantHalf;
import org.sosia.crypto.reencryption.ReKey;

/** What a cloud computes of a header, each with the key of its kind. The codes are part of the format. */
public enum Work {
    /** A policy slot, transformed with a person's {@link TransformKey}. */
    TRANSFORMATION(1) {
        @Override
        byte[] done(Header header, byte[] key) throws GeneralSecurityException {
            return header.transform(TransformKey.decode(key)).encode();
        }
    },
    /** An approval lock, converted with a {@link GrantHalf}. */
    CONVERSION(2) {
        @Override
        byte[] done(Header header, byte[] key) throws GeneralSecurityException {
            return GrantHalf.decode(key).convert(header).encode();
        }
    },
    /** The owner's lock, converted with a {@link ReKey}. */
    RE_ENCRYPTION(3) {
        @Override
        byte[] done(Header header, byte[] key) throws GeneralSecurityException {
            return ReKey.decode(key).conversionOf(header).encode();
        }
    };

    private final int code;

    Work(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Work ofCode(int code) throws MalformedException {
        for (Work work : values()) {
            if (work.code == code) {
                return work;
            }
        }
        throw new MalformedException("a statement about another kind of work");
    }

    /**
     * Does the work.
     *
     * @param header the encoded header
     * @param key the encoded key
     * @return the encoded result: the same for the same header and key, whoever computes it
     * @throws GeneralSecurityException if one of them is malformed, or they do not belong together
     */
    public byte[] of(byte[] header, byte[] key) throws GeneralSecurityException {
        return done(Header.decode(header), key);
    }

    abstract byte[] done(Header header, byte[] key) throws GeneralSecurityException;
}
