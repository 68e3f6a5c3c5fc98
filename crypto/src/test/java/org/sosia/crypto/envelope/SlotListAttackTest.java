package org.sosia.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.sosia.crypto.envelope.SealedRecord.AUTHORITY;
import static org.sosia.crypto.envelope.SealedRecord.CA;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;
import static org.sosia.crypto.envelope.SealedRecord.PARAMETERS;
import static org.sosia.crypto.envelope.SealedRecord.SIGNER;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.UserKeys;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.envelope.HeaderCore.Bytes;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;

/**
 * A cloud deals with the list of slots as it likes: takes one away, exchanges two, doubles one, keeps one from an earlier list or from another record, changes the revision. Its wish: readers
 * whom the owner shut out, or a header that shows each reader something else.
 *
 * <p>First against the signature, then, for an owner who signs whatever is put before them, against the slots themselves.
 */
class SlotListAttackTest {
    private final PersonKey paula = PersonKey.generate();
    private final PersonKey peter = PersonKey.generate();
    private final SealedRecord sealed = SealedRecord.of(new byte[100]);
    private final Header first = with(with(sealed.header, paula), peter);
    private final Header changed = changed(first);
    private final HeaderParts parts = parts(first);

    private static Header with(Header header, PersonKey person) {
        try {
            return header.withDirectSlot(COLLECTION, person.publicPart(), SIGNER, CA.certificate());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Header changed(Header header) {
        try {
            return header.withPolicy(
                    COLLECTION, PARAMETERS, AccessPolicy.parse("role:nurse"), SIGNER, CA.certificate());
        } catch (GeneralSecurityException | PolicySyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static HeaderParts parts(Header header) {
        try {
            return HeaderParts.of(header);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void putTogetherAgainUnchangedItIsAccepted() throws Exception {
        parts.assembled().verify(CA.certificate());
        assertThat(parts.slots).hasSize(3);
    }

    @Test
    void aStrippedSlotIsNoticed() {
        assertUnsigned(parts.withSlots(parts.slots.subList(0, 2)));
        assertUnsigned(parts.withSlots(parts.slots.subList(0, 1)));
        assertMalformed(parts.withSlots(List.of()));
        assertMalformed(parts.withSlots(parts.slots.subList(1, 3)));
    }

    @Test
    void swappedSlotsAreNoticed() {
        List<Slot> swapped = new ArrayList<>(parts.slots);
        Collections.swap(swapped, 1, 2);
        assertUnsigned(parts.withSlots(swapped));
        Collections.swap(swapped, 0, 1);
        assertMalformed(parts.withSlots(swapped));
    }

    @Test
    void aDoubledSlotIsNoticed() {
        for (Slot slot : parts.slots) {
            List<Slot> doubled = new ArrayList<>(parts.slots);
            doubled.add(slot);
            assertMalformed(parts.withSlots(doubled));
        }
        List<Slot> many = new ArrayList<>(parts.slots);
        while (many.size() < Header.MAX_DIRECT_SLOTS + 2) {
            many.add(new DirectSlot(new Bytes(new byte[] {(byte) many.size()}), new Bytes(new byte[0])));
        }
        assertMalformed(parts.withSlots(many));
    }

    @Test
    void aSlotOfAnEarlierListIsNoticed() {
        HeaderParts newer = parts(changed);
        List<Slot> withOld = new ArrayList<>(newer.slots);
        withOld.add(parts.slots.get(1));
        assertUnsigned(newer.withSlots(withOld));
        assertUnsigned(newer.withSlots(List.of(parts.slots.get(0))));
        assertUnsigned(parts.withSlots(newer.slots));
    }

    @Test
    void anotherRevisionIsNoticed() {
        assertUnsigned(parts.withRevision(parts.revision + 1));
        assertUnsigned(parts.withRevision(0));
        assertUnsigned(parts(changed).withRevision(parts.revision));
    }

    /** What no header can tell by itself: a whole earlier list is genuine. Its revision gives it away to whoever knows a newer one. */
    @Test
    void aWholeEarlierHeaderShowsItsRevision() throws Exception {
        first.verify(CA.certificate());
        assertThat(first.revision()).isLessThan(changed.revision());
        assertThat(first.coreDigest()).isEqualTo(changed.coreDigest());
    }

    /** The list of one record over the core of another, and the core over the list. */
    @Test
    void theListOfAnotherRecordIsNoticed() {
        HeaderParts other = parts(with(SealedRecord.of(new byte[100]).header, paula));
        assertUnsigned(other.withSlots(parts.slots));
        assertUnsigned(parts.withCore(other.core));
    }

    /** Signed by an owner who does not look: the slots are bound to their record and their place by themselves. */
    @Test
    void aSlotOfAnotherRecordDoesNotOpen() throws Exception {
        HeaderParts other = parts(with(SealedRecord.of(new byte[100]).header, paula));
        List<Slot> mixed = List.of(other.slots.get(0), parts.slots.get(1));
        Header signed = other.withSlots(mixed).signedBy(SIGNER);
        signed.verify(CA.certificate());
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> signed.open(paula));
    }

    @Test
    void aSlotUnderAnotherNameDoesNotOpen() throws Exception {
        DirectSlot paulas = (DirectSlot) parts.slots.get(1);
        DirectSlot peters = (DirectSlot) parts.slots.get(2);
        Header signed = parts.withSlots(
                        List.of(parts.slots.get(0), new DirectSlot(paulas.recipient(), peters.sealed())))
                .signedBy(SIGNER);
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> signed.open(paula));
        Header renamed = parts.withSlots(
                        List.of(parts.slots.get(0), new DirectSlot(peters.recipient(), paulas.sealed())))
                .signedBy(SIGNER);
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> renamed.open(peter));
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> renamed.open(paula));
    }

    /** The slot holds another seed, sealed perfectly: the owner's lock was not made from it. */
    @Test
    void aSlotWithAnotherSeedDoesNotOpen() throws Exception {
        try (Seed seed = Seed.random()) {
            DirectSlot slot = DirectSlot.seal(parts.core, paula.publicPart(), seed);
            Header signed = parts.withSlots(List.of(parts.slots.get(0), slot))
                    .withMac(seed.headerMac(parts.core.encode()))
                    .signedBy(SIGNER);
            signed.verify(CA.certificate());
            assertThatExceptionOfType(TamperedEnvelopeException.class).isThrownBy(() -> signed.open(paula));
        }
    }

    /** The owner would sign over what the cloud put there. */
    @Test
    void anOwnerDoesNotSignWhatSomebodyElseListed() throws Exception {
        Header unsigned = parts(changed)
                .withSlots(List.of(parts(changed).slots.get(0), parts.slots.get(1)))
                .assembled();
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> unsigned.withDirectSlot(COLLECTION, peter.publicPart(), SIGNER, CA.certificate()));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(
                        () -> unsigned.withoutDirectSlot(peter.publicPart().fingerprint(), SIGNER, CA.certificate()));
    }

    /** Format 1 has no list: its one slot cannot be of another kind, nor does a core pass for one of an earlier format. */
    @Test
    void formatsDoNotMix() throws Exception {
        byte[] encoded = first.encode();
        encoded[4] = 1;
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> Header.decode(encoded).verify(CA.certificate()));
        for (int earlier : new int[] {HeaderCore.FORMAT_1, HeaderCore.FORMAT_2}) {
            HeaderCore core = new HeaderCore(inFormat(earlier, parts.core.facts()), parts.core.ownerSlot());
            Header signed =
                    parts.withCore(core).withSlots(parts.slots.subList(0, 1)).signedBy(SIGNER);
            signed.verify(CA.certificate());
            assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> signed.openAsOwner(COLLECTION));
        }
        for (int other : new int[] {0, 2, 4}) {
            encoded[4] = (byte) other;
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Header.decode(encoded));
        }
    }

    private static HeaderCore.Facts inFormat(int earlier, HeaderCore.Facts facts) {
        return new HeaderCore.Facts(
                earlier,
                facts.record(),
                facts.version(),
                facts.owner(),
                facts.ownerKey(),
                facts.approvalKey(),
                Optional.of(new Bytes(PARAMETERS.digest())),
                facts.payloadPrefix(),
                facts.sealedLength(),
                facts.sealedDigest(),
                facts.metadataDigest());
    }

    /** With the seed slot for one policy put under another: the context differs, whoever signs. */
    @Test
    void theNewPolicysLockDoesNotServeTheOldPolicy() throws Exception {
        UserKeys nina = AUTHORITY.keyGen(Set.of(Attribute.of("role", "nurse")));
        PolicySlot old = (PolicySlot) parts.slots.get(0);
        PolicySlot nurses = (PolicySlot) parts(changed).slots.get(0);
        PolicySlot mixed = new PolicySlot(
                nurses.parameters(), nurses.policy(), nurses.approvalLock(), nurses.policyLock(), old.wrapped());
        Header signed = parts.withSlots(List.of(mixed)).signedBy(SIGNER);
        IssuedGrant grant = COLLECTION.issueGrant();
        assertThatExceptionOfType(WrongKeyException.class)
                .isThrownBy(() -> signed.open(
                        PARAMETERS,
                        signed.transform(nina.transformKey()),
                        nina.retrievalKey(),
                        grant.half().convert(signed),
                        grant.partialKey()));
    }

    private static void assertUnsigned(HeaderParts forged) {
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> forged.assembled().verify(CA.certificate()));
    }

    private static void assertMalformed(HeaderParts forged) {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(forged::assembled);
    }
}
