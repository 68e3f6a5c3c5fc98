package org.sosia.ceremony;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.UUID;
import org.sosia.crypto.abe.AuthorityShare;
import org.sosia.crypto.abe.DealtShare;
import org.sosia.crypto.abe.QuorumParameters;
import org.sosia.crypto.delivery.Delivery;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.delivery.PersonKeySuite;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.grant.SeatKey;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.keys.Council;

/**
 * A member of a council to come, and what is kept for her meanwhile: first nothing, then a key pair that lasts as long as the ceremony, to
 * which dealers seal what they deal to her, its private half sealed under her seat key; at last her share, sealed under it too.
 */
final class Chair {
    private static final int MAX_NAME_BYTES = 1 << 10;
    private static final int MAX_KEY_BYTES = 1 << 12;
    private static final byte[] NOTHING = {};

    private final int number;
    private final String subject;
    private final String name;
    private final byte[] publicKey;
    private final byte[] sealedPrivate;
    private final byte[] sealedShare;

    private Chair(int number, String subject, String name, byte[] publicKey, byte[] sealedPrivate, byte[] sealedShare) {
        this.number = number;
        this.subject = subject;
        this.name = name;
        this.publicKey = publicKey;
        this.sealedPrivate = sealedPrivate;
        this.sealedShare = sealedShare;
    }

    static Chair empty(int number, String subject, String name) {
        return new Chair(number, subject, name, NOTHING, NOTHING, NOTHING);
    }

    int number() {
        return number;
    }

    String subject() {
        return subject;
    }

    String name() {
        return name;
    }

    boolean isTaken() {
        return publicKey.length > 0;
    }

    boolean hasReceived() {
        return sealedShare.length > 0;
    }

    /** The same member, seated. */
    Chair taken(UUID ceremony, SeatKey key) {
        PersonKey pair = PersonKey.generate(PersonKeySuite.RSA_3072_WITH_ML_KEM_768);
        try (SecretBytes secret = pair.encode()) {
            byte[] sealed = key.seal(context(ceremony, "seat", 0), secret);
            return new Chair(number, subject, name, pair.publicKey(), sealed, NOTHING);
        }
    }

    /** Seals for this member alone what a dealer has for her. */
    byte[] seal(UUID ceremony, DealtShare share) throws GeneralSecurityException {
        byte[] exposed = share.encode().exposeSecretBytes();
        try {
            return Delivery.seal(publicKey, context(ceremony, "dealt", share.dealer()), exposed);
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    /** Opens the member's private key, which only her seat key does. */
    PersonKey open(UUID ceremony, SeatKey key) throws GeneralSecurityException {
        return PersonKey.decode(key.open(context(ceremony, "seat", 0), sealedPrivate));
    }

    DealtShare opened(UUID ceremony, PersonKey pair, int dealer, byte[] sealed) throws GeneralSecurityException {
        byte[] plain = pair.open(sealed, context(ceremony, "dealt", dealer));
        try {
            return DealtShare.decode(SecretBytes.copyOf(plain));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** The same member with her share; what led to it is forgotten. */
    Chair holding(AuthorityShare share, QuorumParameters parameters, SeatKey key) {
        try (SecretBytes secret = share.encode()) {
            byte[] sealed = key.seal(Council.shareContext(parameters, number), secret);
            return new Chair(number, subject, name, publicKey, NOTHING, sealed);
        }
    }

    Council.Seat seat() {
        return new Council.Seat(number, subject, sealedShare);
    }

    /** The same member, for whom nothing secret is kept any more. */
    Chair forgotten() {
        return new Chair(number, subject, name, publicKey, NOTHING, hasReceived() ? new byte[] {1} : NOTHING);
    }

    private byte[] context(UUID ceremony, String what, int dealer) {
        return new ByteWriter()
                .fixed(what.getBytes(StandardCharsets.US_ASCII))
                .uuid(ceremony)
                .u8(dealer)
                .u8(number)
                .toByteArray();
    }

    void write(ByteWriter writer) {
        writer.u8(number)
                .sized(subject.getBytes(StandardCharsets.UTF_8))
                .sized(name.getBytes(StandardCharsets.UTF_8))
                .sized(publicKey)
                .sized(sealedPrivate)
                .sized(sealedShare);
    }

    static Chair read(ByteReader reader) throws GeneralSecurityException {
        return new Chair(
                reader.u8(),
                reader.text(MAX_NAME_BYTES),
                reader.text(MAX_NAME_BYTES),
                reader.sized(MAX_KEY_BYTES),
                reader.sized(MAX_KEY_BYTES),
                reader.sized(MAX_KEY_BYTES));
    }

    @Override
    public String toString() {
        return "Chair[" + number + "]";
    }
}
