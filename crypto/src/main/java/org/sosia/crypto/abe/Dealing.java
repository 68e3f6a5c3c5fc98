package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;

/**
 * What a dealer tells everybody: commitments against which each authority checks the share it received.
 *
 * <p><b>Security.</b> Tells nothing about the shares beyond Z and g1 raised to the dealt secrets, which for a whole ceremony are the public parameters.
 *
 * <p><b>Shape.</b> version 1, dealer (1), threshold t (1), authorities n (1), then t times Z^coefficient of α (576), g1^coefficient of a (48).
 */
public final class Dealing {
    private static final byte VERSION = 1;
    private static final int MAX_BYTES = 2 + Commitments.MAX_BYTES;

    private final int dealer;
    private final Commitments commitments;

    Dealing(int dealer, Commitments commitments) {
        this.dealer = dealer;
        this.commitments = commitments;
    }

    /**
     * Decodes.
     *
     * @param encoded what {@link #encode()} gave
     * @return the dealing
     * @throws GeneralSecurityException if version, length, a number or an element is wrong
     */
    public static Dealing decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, MAX_BYTES);
        reader.expect(VERSION);
        int dealer = reader.u8();
        if (dealer < 1 || dealer > Quorum.MAX_AUTHORITIES) {
            throw new MalformedException("there is no such dealer");
        }
        Commitments commitments = Commitments.read(reader);
        reader.end();
        return new Dealing(dealer, commitments);
    }

    /**
     * Encodes.
     *
     * @return 4 bytes and 624 for each of the threshold
     */
    public byte[] encode() {
        ByteWriter writer = new ByteWriter().u8(VERSION).u8(dealer);
        commitments.write(writer);
        return writer.toByteArray();
    }

    /**
     * Who deals.
     *
     * @return the number
     */
    public int dealer() {
        return dealer;
    }

    /**
     * For whom.
     *
     * @return the quorum to come
     */
    public Quorum quorum() {
        return commitments.quorum();
    }

    /**
     * Whether a share is what this dealer committed to. Anybody to whom an authority shows its share can decide their dispute with it.
     *
     * @param share what an authority received
     * @return false if it is wrong, or of another dealer
     */
    public boolean confirms(DealtShare share) {
        return share.dealer() == dealer
                && quorum().has(share.authority())
                && commitments.open(share.authority(), share.alpha(), share.blindingExponent());
    }

    Commitments commitments() {
        return commitments;
    }

    @Override
    public String toString() {
        return "Dealing[of " + dealer + "]";
    }
}
