package org.sosia.ceremony;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.abe.Dealer;
import org.sosia.crypto.abe.Dealing;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;

/** What one dealer does in a ceremony: nothing yet, or commitments for all and a sealed share for each member. */
final class Hand {
    /** Who deals where the hospital gives its master key away; no account is called so. */
    static final String HOSPITAL = "hospital";

    private static final int MAX_NAME_BYTES = 1 << 10;
    private static final int MAX_DEALING_BYTES = 1 << 15;
    private static final int MAX_SHARE_BYTES = 1 << 12;

    private final int number;
    private final String subject;
    private final byte[] dealing;
    private final List<byte[]> shares;

    private Hand(int number, String subject, byte[] dealing, List<byte[]> shares) {
        this.number = number;
        this.subject = subject;
        this.dealing = dealing;
        this.shares = List.copyOf(shares);
    }

    static Hand waiting(int number, String subject) {
        return new Hand(number, subject, new byte[0], List.of());
    }

    int number() {
        return number;
    }

    String subject() {
        return subject;
    }

    boolean hasDealt() {
        return dealing.length > 0;
    }

    /** The commitments, as they were published. */
    byte[] published() {
        return dealing.clone();
    }

    Dealing dealing() throws GeneralSecurityException {
        return Dealing.decode(dealing);
    }

    byte[] sealedFor(Chair chair) {
        return shares.get(chair.number() - 1);
    }

    /** The same dealer, who has dealt to all members. */
    Hand dealt(UUID ceremony, Dealer dealer, List<Chair> chairs) throws GeneralSecurityException {
        List<byte[]> sealed = new ArrayList<>();
        for (Chair chair : chairs) {
            sealed.add(chair.seal(ceremony, dealer.shareFor(chair.number())));
        }
        return new Hand(number, subject, dealer.dealing().encode(), sealed);
    }

    /** The same dealer; of what was dealt only the commitments stay. */
    Hand forgotten() {
        return new Hand(number, subject, dealing, List.of());
    }

    void write(ByteWriter writer) {
        writer.u8(number)
                .sized(subject.getBytes(StandardCharsets.UTF_8))
                .sized(dealing)
                .u8(shares.size());
        shares.forEach(writer::sized);
    }

    static Hand read(ByteReader reader) throws GeneralSecurityException {
        int number = reader.u8();
        String subject = reader.text(MAX_NAME_BYTES);
        byte[] dealing = reader.sized(MAX_DEALING_BYTES);
        int count = reader.u8();
        List<byte[]> shares = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shares.add(reader.sized(MAX_SHARE_BYTES));
        }
        return new Hand(number, subject, dealing, shares);
    }

    @Override
    public String toString() {
        return "Hand[of " + number + "]";
    }
}
