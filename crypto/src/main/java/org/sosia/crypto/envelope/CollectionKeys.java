package org.sosia.crypto.envelope;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.grant.GrantHalf;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * An owner's secrets for one collection of records in one epoch.
 *
 * <p><b>Security.</b> They open every record sealed with them and issue every approval. A new epoch is a new object; old ones are kept as long
 * as their records are.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, o (32), o_g (32), G (32).
 *
 * <p><b>Source.</b> docs/SCHEME.md, sections 4 and 5.
 */
public final class CollectionKeys implements SecretMaterial {
    /** Encoded keys. */
    public static final int ENCODED_BYTES = 1 + 2 * Scalar.BYTES + SecretBytes.DERIVED_BYTES;

    private static final byte VERSION = 1;

    private final Scalar ownerExponent;
    private final Scalar approvalExponent;
    private final SecretBytes collectionSecret;
    private final G1 ownerKey;
    private final G1 approvalKey;

    private CollectionKeys(Scalar ownerExponent, Scalar approvalExponent, SecretBytes collectionSecret) {
        this.ownerExponent = ownerExponent;
        this.approvalExponent = approvalExponent;
        this.collectionSecret = collectionSecret;
        this.ownerKey = G1.GENERATOR.power(ownerExponent);
        this.approvalKey = G1.GENERATOR.power(approvalExponent);
    }

    /**
     * Makes fresh keys.
     *
     * @return the keys of a new collection or epoch
     */
    public static CollectionKeys generate() {
        return new CollectionKeys(Scalar.random(), Scalar.random(), SecretBytes.random(SecretBytes.DERIVED_BYTES));
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the keys
     * @throws GeneralSecurityException if version, length or a scalar is wrong
     */
    public static CollectionKeys decode(SecretBytes encoded) throws GeneralSecurityException {
        byte[] bytes = encoded.exposeSecretBytes();
        try {
            ByteReader reader = new ByteReader(bytes);
            reader.expect(VERSION);
            CollectionKeys keys = readFields(reader);
            reader.end();
            return keys;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    static CollectionKeys readFields(ByteReader reader) throws GeneralSecurityException {
        Scalar ownerExponent = Scalar.decode(reader.fixed(Scalar.BYTES));
        Scalar approvalExponent = Scalar.decode(reader.fixed(Scalar.BYTES));
        return new CollectionKeys(
                ownerExponent, approvalExponent, SecretBytes.copyOf(reader.fixed(SecretBytes.DERIVED_BYTES)));
    }

    void writeFields(ByteWriter writer) {
        byte[] secret = collectionSecret.exposeSecretBytes();
        try {
            writer.fixed(ownerExponent.encode())
                    .fixed(approvalExponent.encode())
                    .fixed(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * Encodes.
     *
     * @return {@value #ENCODED_BYTES} bytes
     */
    public SecretBytes encode() {
        ByteWriter writer = new ByteWriter().u8(VERSION);
        writeFields(writer);
        return SecretBytes.copyOf(writer.toByteArray());
    }

    /**
     * Issues an approval: the owner's half of what somebody with fitting attributes needs to read.
     *
     * @return two halves that must part ways at once
     */
    public IssuedGrant issueGrant() {
        PartialKey partialKey = PartialKey.random();
        return new IssuedGrant(partialKey, GrantHalf.issue(partialKey, approvalExponent, collectionSecret));
    }

    /**
     * What converts the owner's lock to another secret: RK = g2^(z/o). For {@code org.sosia.crypto.reencryption}, which keeps z from whoever gets the result; both together
     * are g2^(1/o), which opens every record of the collection and epoch.
     *
     * @param blinding z
     * @return RK
     */
    public G2 conversion(Scalar blinding) {
        return G2.GENERATOR.power(blinding.divide(ownerExponent));
    }

    Scalar ownerExponent() {
        return ownerExponent;
    }

    SecretBytes collectionSecret() {
        return collectionSecret;
    }

    /**
     * Names the collection and epoch: PK_o = g1^o.
     *
     * @return as in the headers of its records
     */
    public G1 ownerKey() {
        return ownerKey;
    }

    /**
     * The public half of the owner's approval, PK_g = g1^(o_g).
     *
     * @return as in the headers of its records
     */
    public G1 approvalKey() {
        return approvalKey;
    }

    @Override
    public String toString() {
        return "CollectionKeys[secret]";
    }
}
