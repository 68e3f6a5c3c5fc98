package org.sosia.ceremony;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.abe.Dealing;
import org.sosia.crypto.abe.KeyCeremony;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.Quorum;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.keys.Council;

/**
 * A ceremony as it was left by the last step. Immutable; each step gives the next, which is written only if nobody else took a step meanwhile.
 *
 * <p><b>Shape.</b> docs/SEALS.md, Secrets, {@code draft-ceremony}.
 */
final class Proceedings {
    static final String DRAFT = "ceremony";

    private static final byte VERSION = 1;
    private static final int MAX_BYTES = 1 << 21;
    private static final int MAX_NAME_BYTES = 1 << 10;

    private final UUID id;
    private final boolean renewal;
    private final CeremonyState state;
    private final int threshold;
    private final Instant begunAt;
    private final String begunBy;
    private final List<Chair> chairs;
    private final List<Hand> hands;
    private final String cheater;

    private Proceedings(
            UUID id,
            boolean renewal,
            CeremonyState state,
            int threshold,
            Instant begunAt,
            String begunBy,
            List<Chair> chairs,
            List<Hand> hands,
            String cheater) {
        this.id = id;
        this.renewal = renewal;
        this.state = state;
        this.threshold = threshold;
        this.begunAt = begunAt;
        this.begunBy = begunBy;
        this.chairs = List.copyOf(chairs);
        this.hands = List.copyOf(hands);
        this.cheater = cheater;
    }

    static Proceedings begun(
            boolean renewal, int threshold, Instant now, String by, List<Chair> chairs, List<Hand> hands) {
        return new Proceedings(
                UUID.randomUUID(), renewal, CeremonyState.SEATING, threshold, now, by, chairs, hands, "");
    }

    UUID id() {
        return id;
    }

    boolean isRenewal() {
        return renewal;
    }

    CeremonyState state() {
        return state;
    }

    List<Chair> chairs() {
        return chairs;
    }

    List<Hand> hands() {
        return hands;
    }

    Quorum quorum() {
        return new Quorum(threshold, chairs.size());
    }

    Optional<Chair> chairOf(String subject) {
        return chairs.stream().filter(chair -> chair.subject().equals(subject)).findFirst();
    }

    Optional<Hand> handOf(String subject) {
        return hands.stream().filter(hand -> hand.subject().equals(subject)).findFirst();
    }

    boolean allTaken() {
        return chairs.stream().allMatch(Chair::isTaken);
    }

    boolean allDealt() {
        return hands.stream().allMatch(Hand::hasDealt);
    }

    boolean allReceived() {
        return chairs.stream().allMatch(Chair::hasReceived);
    }

    Proceedings in(CeremonyState next) {
        return with(next, chairs, hands, cheater);
    }

    Proceedings with(Chair changed) {
        return with(state, replaced(chairs, changed.number(), Chair::number, changed), hands, cheater);
    }

    Proceedings with(Hand changed) {
        return with(state, chairs, replaced(hands, changed.number(), Hand::number, changed), cheater);
    }

    /** Ended: nothing secret is kept of it. */
    Proceedings ended(CeremonyState how, String whoCheated) {
        return with(how, mapped(chairs, Chair::forgotten), mapped(hands, Hand::forgotten), whoCheated);
    }

    private Proceedings with(CeremonyState next, List<Chair> members, List<Hand> dealers, String whoCheated) {
        return new Proceedings(id, renewal, next, threshold, begunAt, begunBy, members, dealers, whoCheated);
    }

    private static <T> List<T> replaced(List<T> all, int number, ToIntFunction<T> numberOf, T changed) {
        return mapped(all, one -> numberOf.applyAsInt(one) == number ? changed : one);
    }

    private static <T> List<T> mapped(List<T> all, UnaryOperator<T> change) {
        return all.stream().map(change).toList();
    }

    /**
     * What the dealings make together.
     *
     * @param parameters of the hospital so far
     * @param present the council so far, if there is one
     * @throws org.sosia.crypto.abe.CheatingDealerException if one dealt something else than it has
     */
    KeyCeremony ceremony(PublicParameters parameters, @Nullable Council present) throws GeneralSecurityException {
        List<Dealing> dealings = new ArrayList<>();
        for (Hand hand : hands) {
            Dealing dealing = hand.dealing();
            if (dealing.dealer() != hand.number() || !dealing.quorum().equals(quorum())) {
                throw new MalformedException("a dealing of another dealer or quorum");
            }
            dealings.add(dealing);
        }
        if (!renewal) {
            return KeyCeremony.converting(parameters, dealings.get(0));
        }
        if (present == null) {
            throw new MalformedException("there is no council to renew");
        }
        return KeyCeremony.renewing(present.parameters(), dealings);
    }

    CeremonyView view(@Nullable String digest) {
        return new CeremonyView(
                id,
                renewal ? "RENEWAL" : "SHARING",
                state,
                threshold,
                chairs.stream()
                        .map(chair -> new CeremonyView.Member(
                                chair.number(), chair.subject(), chair.name(), chair.isTaken(), chair.hasReceived()))
                        .toList(),
                hands.stream()
                        .map(hand -> new CeremonyView.DealerView(
                                hand.number(),
                                hand.subject(),
                                hand.hasDealt() ? HexFormat.of().formatHex(Digests.sha256(hand.published())) : null))
                        .toList(),
                digest,
                begunAt,
                begunBy,
                cheater.isEmpty() ? null : cheater);
    }

    byte[] encode() {
        ByteWriter writer = new ByteWriter()
                .u8(VERSION)
                .uuid(id)
                .u8(renewal ? 1 : 0)
                .sized(state.name().getBytes(StandardCharsets.US_ASCII))
                .u8(threshold)
                .u64(begunAt.toEpochMilli())
                .sized(begunBy.getBytes(StandardCharsets.UTF_8))
                .sized(cheater.getBytes(StandardCharsets.UTF_8))
                .u8(chairs.size());
        chairs.forEach(chair -> chair.write(writer));
        writer.u8(hands.size());
        hands.forEach(hand -> hand.write(writer));
        return writer.toByteArray();
    }

    /** Empty if no ceremony was ever begun. */
    static Optional<Proceedings> decode(byte[] encoded) throws GeneralSecurityException {
        if (encoded.length == 0) {
            return Optional.empty();
        }
        ByteReader reader = new ByteReader(encoded, MAX_BYTES);
        reader.expect(VERSION);
        UUID id = reader.uuid();
        boolean renewal = flag(reader);
        CeremonyState state = state(reader.text(MAX_NAME_BYTES));
        int threshold = reader.u8();
        Instant begunAt = Instant.ofEpochMilli(reader.u64());
        String begunBy = reader.text(MAX_NAME_BYTES);
        String cheater = reader.text(MAX_NAME_BYTES);
        List<Chair> chairs = new ArrayList<>();
        int seats = reader.u8();
        for (int i = 0; i < seats; i++) {
            chairs.add(Chair.read(reader));
        }
        List<Hand> hands = new ArrayList<>();
        int dealers = reader.u8();
        for (int i = 0; i < dealers; i++) {
            hands.add(Hand.read(reader));
        }
        reader.end();
        return Optional.of(new Proceedings(id, renewal, state, threshold, begunAt, begunBy, chairs, hands, cheater));
    }

    private static boolean flag(ByteReader reader) throws MalformedException {
        int flag = reader.u8();
        if (flag > 1) {
            throw new MalformedException("neither yes nor no");
        }
        return flag == 1;
    }

    private static CeremonyState state(String name) throws MalformedException {
        try {
            return CeremonyState.valueOf(name);
        } catch (IllegalArgumentException unknown) {
            throw new MalformedException("a ceremony in no known state");
        }
    }

    @Override
    public String toString() {
        return "Proceedings[" + id + ", " + state + "]";
    }
}
