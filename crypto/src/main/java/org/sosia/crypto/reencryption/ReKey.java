package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.UUID;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.OwnerSignature;

/**
 * What the proxy, cloud A, converts with: from the owner's lock to a target.
 *
 * <p><b>Security.</b> Alone it opens nothing. It must never reach those to whom it leads: whoever has it and has opened the target holds g2^(1/o), which opens every
 * record of the collection and epoch. Deleting it ends the delegation.
 *
 * <p><b>Shape.</b> At most {@value #MAX_ENCODED_BYTES} bytes: docs/FORMATS.md, section Re-key.
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 4a, ReKey and Convert.
 */
public final class ReKey {
    /** Limit of an encoded re-key. */
    public static final int MAX_ENCODED_BYTES = 1_024 + OwnerSignature.MAX_ENCODED_BYTES;

    private static final byte VERSION = 1;

    private final Terms terms;
    private final G2 conversion;

    ReKey(Terms terms, G2 conversion) {
        this.terms = terms;
        this.conversion = conversion;
    }

    /**
     * Decodes; nothing is verified yet.
     *
     * @param encoded what {@link #encode()} gave
     * @return the re-key
     * @throws GeneralSecurityException if version, length or an element is wrong
     */
    public static ReKey decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, MAX_ENCODED_BYTES);
        reader.expect(VERSION);
        Terms terms = Terms.read(reader);
        G2 conversion = G2.decode(reader.fixed(G2.BYTES));
        reader.end();
        return new ReKey(terms, conversion);
    }

    /**
     * Encodes.
     *
     * @return the bytes; they are the proxy's alone
     */
    public byte[] encode() {
        ByteWriter writer = new ByteWriter().u8(VERSION);
        terms.write(writer);
        return writer.fixed(conversion.encode()).toByteArray();
    }

    /**
     * Names the re-key.
     *
     * @return the id its owner gave it
     */
    public UUID id() {
        return terms.scope().id();
    }

    /**
     * Who made it.
     *
     * @return the owner's id
     */
    public String owner() {
        return terms.scope().owner();
    }

    /**
     * Which epoch of the collection it is for.
     *
     * @return the number the owner gave it, 0 or more
     */
    public int epoch() {
        return terms.scope().epoch();
    }

    /**
     * Which collection and epoch it is for.
     *
     * @return PK_o, as in the headers of its records
     */
    public G1 ownerKey() {
        return terms.scope().ownerKey();
    }

    /**
     * Where it leads.
     *
     * @return SHA-256 of the target, as {@link Target#digest()}
     */
    public byte[] targetDigest() {
        return terms.targetDigest();
    }

    /**
     * Requires the owner's signature, and that this is the element the owner signed.
     *
     * @param ca the hospital's certificate
     * @throws GeneralSecurityException if the owner did not sign exactly this
     */
    public void verify(X509Certificate ca) throws GeneralSecurityException {
        verify(Authorities.of(ca));
    }

    /**
     * As {@link #verify(X509Certificate)}, for a hospital that had other authorities before.
     *
     * @param authorities the hospital's
     * @throws GeneralSecurityException if the owner did not sign exactly this
     */
    public void verify(Authorities authorities) throws GeneralSecurityException {
        terms.verify(authorities);
        if (!terms.isConversion(conversion)) {
            throw new MalformedException("the owner signed another re-key");
        }
    }

    /**
     * Whether the re-key leads to the exponent that its owner committed to: e(PK_o, RK) = Z^(z_B). Needs no key.
     *
     * @return false if whoever computed it made it wrongly
     */
    public boolean isConsistent() {
        return PairingProduct.pair(ownerKey(), conversion).equals(terms.blinded());
    }

    /**
     * The proxy's part: T = e(C_o, RK), one pairing whatever the record and the target are. Verifies both signatures first: a proxy that converts what nobody signed is
     * an oracle.
     *
     * @param header of a record of this collection and epoch
     * @param ca the hospital's certificate
     * @return what only those to whom the re-key leads complete
     * @throws GeneralSecurityException if owner, collection or epoch are others, or a signature is missing
     */
    public ConvertedLock convert(Header header, X509Certificate ca) throws GeneralSecurityException {
        return convert(header, Authorities.of(ca));
    }

    /**
     * As {@link #convert(Header, X509Certificate)}, for a hospital that had other authorities before.
     *
     * @param header of a record of this collection and epoch
     * @param authorities the hospital's
     * @return what only those to whom the re-key leads complete
     * @throws GeneralSecurityException if owner, collection or epoch are others, or a signature is missing
     */
    public ConvertedLock convert(Header header, Authorities authorities) throws GeneralSecurityException {
        verify(authorities);
        header.verify(authorities);
        return conversionOf(header);
    }

    /**
     * What the conversion of a record is, for those who check a proxy's word; a proxy calls {@link #convert(Header, Authorities)}, which asks for signatures.
     *
     * @param header of a record of this collection and epoch
     * @return always the same for the same record
     * @throws GeneralSecurityException if owner, collection or epoch are others
     */
    public ConvertedLock conversionOf(Header header) throws GeneralSecurityException {
        requireScope(terms.scope(), header);
        return new ConvertedLock(id(), header.coreDigest(), PairingProduct.pair(header.ownerLock(), conversion));
    }

    /**
     * Shows that a conversion is right, without giving the re-key away; what trustees ask for before they answer.
     *
     * @param header the record
     * @param ca the hospital's certificate
     * @return a proof for {@link Delegation#verify(Header, ConvertedLock, ConversionProof, X509Certificate)}
     * @throws GeneralSecurityException as {@link #convert(Header, X509Certificate)}
     */
    public ConversionProof prove(Header header, X509Certificate ca) throws GeneralSecurityException {
        return prove(header, Authorities.of(ca));
    }

    /**
     * As {@link #prove(Header, X509Certificate)}, for a hospital that had other authorities before.
     *
     * @param header the record
     * @param authorities the hospital's
     * @return the proof
     * @throws GeneralSecurityException as {@link #convert(Header, Authorities)}
     */
    public ConversionProof prove(Header header, Authorities authorities) throws GeneralSecurityException {
        return ConversionProof.of(terms, header, convert(header, authorities), conversion);
    }

    static void requireScope(Scope scope, Header header) throws MalformedException {
        if (!scope.ownerKey().equals(header.ownerKey()) || !scope.owner().equals(header.owner())) {
            throw new MalformedException("this re-key is for another collection or epoch");
        }
    }

    @Override
    public String toString() {
        return "ReKey[" + id() + "]";
    }
}
