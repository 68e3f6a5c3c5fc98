package org.sosia.keys;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * The master key that is to take the present one's place.
 *
 * <p><b>Life.</b> Keys are issued under both from its first moment on; new records are sealed under it once it leads; then it is put into the present one's row, and this row is
 * empty again.
 *
 * <p><b>Shape.</b> docs/SEALS.md, Secrets, {@code master-next}.
 */
final class NextMaster implements SecretMaterial {
    private static final byte VERSION = 1;
    private static final int ENCODED_BYTES = 2 + MasterSecretKey.ENCODED_BYTES;
    private static final int FOLLOWS = 0;
    private static final int LEADS = 1;

    private final MasterSecretKey master;
    private final boolean leads;

    private NextMaster(MasterSecretKey master, boolean leads) {
        this.master = master;
        this.leads = leads;
    }

    static NextMaster generate() {
        return new NextMaster(MasterSecretKey.generate(), false);
    }

    MasterSecretKey master() {
        return master;
    }

    /** Whether new records are sealed under it. */
    boolean leads() {
        return leads;
    }

    NextMaster leading() {
        return new NextMaster(master, true);
    }

    SecretBytes encode() {
        byte[] key = master.encode().exposeSecretBytes();
        byte[] encoded = new ByteWriter()
                .u8(VERSION)
                .u8(leads ? LEADS : FOLLOWS)
                .fixed(key)
                .toByteArray();
        Arrays.fill(key, (byte) 0);
        SecretBytes secret = SecretBytes.copyOf(encoded);
        Arrays.fill(encoded, (byte) 0);
        return secret;
    }

    /** Empty if none is to take the present one's place. */
    static Optional<NextMaster> decode(SecretBytes kept) throws GeneralSecurityException {
        byte[] encoded = kept.exposeSecretBytes();
        try {
            if (encoded.length == 0) {
                return Optional.empty();
            }
            ByteReader reader = new ByteReader(encoded, ENCODED_BYTES);
            reader.expect(VERSION);
            int place = reader.u8();
            if (place != FOLLOWS && place != LEADS) {
                throw new MalformedException("a master key neither follows nor leads");
            }
            byte[] key = reader.fixed(MasterSecretKey.ENCODED_BYTES);
            reader.end();
            MasterSecretKey master = MasterSecretKey.decode(SecretBytes.copyOf(key));
            Arrays.fill(key, (byte) 0);
            return Optional.of(new NextMaster(master, place == LEADS));
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "NextMaster[secret]";
    }
}
