package org.sosia.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sosia.crypto.abe.AuthorityShare;
import org.sosia.crypto.abe.QuorumParameters;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.grant.SeatKey;

/**
 * The key authorities who issue persons' keys together: who sits where, what is public of their quorum, and each one's share, sealed under
 * the key that she alone carries.
 *
 * <p><b>Life.</b> Takes the place of the master key at the end of a ceremony, in the same row, and its own place when it is renewed.
 *
 * <p><b>Shape.</b> docs/SEALS.md, Secrets, {@code master}.
 */
public final class Council {

    /** More could not be brought together. */
    public static final int MOST_SEATS = 16;

    static final byte VERSION = 2;
    private static final int MAX_BYTES = 1 << 17;
    private static final int MAX_SUBJECT_BYTES = 400;
    private static final int MAX_SHARE_BYTES = 1 << 10;

    private final QuorumParameters parameters;
    private final int generation;
    private final Instant since;
    private final List<Seat> seats;

    /** One authority's seat: its number, from 1, whose it is, and her share, sealed under her seat key. */
    public static final class Seat {
        private final int number;
        private final String subject;
        private final byte[] sealedShare;

        /** A seat that is filled. */
        public Seat(int number, String subject, byte[] sealedShare) {
            this.number = number;
            this.subject = subject;
            this.sealedShare = sealedShare.clone();
        }

        public int number() {
            return number;
        }

        public String subject() {
            return subject;
        }

        public byte[] sealedShare() {
            return sealedShare.clone();
        }
    }

    /**
     * A council as its ceremony left it.
     *
     * @param generation how many councils there were, this one included
     * @param seats in the order of their numbers
     */
    public Council(QuorumParameters parameters, int generation, Instant since, List<Seat> seats) {
        this.parameters = parameters;
        this.generation = generation;
        this.since = since;
        this.seats = List.copyOf(seats);
    }

    /** What is public: threshold, commitments, and the public parameters in them. */
    public QuorumParameters parameters() {
        return parameters;
    }

    public int generation() {
        return generation;
    }

    /** When its ceremony ended. */
    public Instant since() {
        return since;
    }

    public List<Seat> seats() {
        return seats;
    }

    public int threshold() {
        return parameters.quorum().threshold();
    }

    /** The seat of an account. */
    public Optional<Seat> seatOf(String subject) {
        return seats.stream().filter(seat -> seat.subject().equals(subject)).findFirst();
    }

    /** Whose seat has this number; empty text if there is none. */
    public String subjectAt(int number) {
        return seats.stream()
                .filter(seat -> seat.number() == number)
                .findFirst()
                .map(Seat::subject)
                .orElse("");
    }

    /** What a share of these parameters is sealed for in a seat. */
    public static byte[] shareContext(QuorumParameters parameters, int number) {
        return new ByteWriter()
                .fixed("share".getBytes(StandardCharsets.US_ASCII))
                .u8(number)
                .fixed(parameters.digest())
                .toByteArray();
    }

    /**
     * Opens a seat's share.
     *
     * @throws GeneralSecurityException if that is not the seat's key, or the store returned something else
     */
    public AuthorityShare open(Seat seat, SeatKey key) throws GeneralSecurityException {
        return AuthorityShare.decode(key.open(shareContext(parameters, seat.number()), seat.sealedShare()), parameters);
    }

    byte[] encode() {
        ByteWriter writer = new ByteWriter()
                .u8(VERSION)
                .u32(generation)
                .u64(since.toEpochMilli())
                .sized(parameters.encode())
                .u8(seats.size());
        for (Seat seat : seats) {
            writer.u8(seat.number())
                    .sized(seat.subject().getBytes(StandardCharsets.UTF_8))
                    .sized(seat.sealedShare());
        }
        return writer.toByteArray();
    }

    static Council decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, MAX_BYTES);
        reader.expect(VERSION);
        int generation = reader.u32();
        Instant since = Instant.ofEpochMilli(reader.u64());
        QuorumParameters parameters = QuorumParameters.decode(reader.sized(MAX_BYTES));
        int count = reader.u8();
        if (count > MOST_SEATS) {
            throw new MalformedException("a council of too many seats");
        }
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seats.add(new Seat(reader.u8(), reader.text(MAX_SUBJECT_BYTES), reader.sized(MAX_SHARE_BYTES)));
        }
        reader.end();
        return new Council(parameters, generation, since, seats);
    }

    @Override
    public String toString() {
        return "Council[" + parameters.quorum() + "]";
    }
}
