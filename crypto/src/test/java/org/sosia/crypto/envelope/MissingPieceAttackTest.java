package org.sosia.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.sosia.crypto.envelope.SealedRecord.AUTHORITY;
import static org.sosia.crypto.envelope.SealedRecord.CARDIOLOGY;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;
import static org.sosia.crypto.envelope.SealedRecord.DOCTOR;
import static org.sosia.crypto.envelope.SealedRecord.OWNER;
import static org.sosia.crypto.envelope.SealedRecord.PARAMETERS;
import static org.sosia.crypto.envelope.SealedRecord.POLICY;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.UserKeys;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.grant.ConvertedGrant;
import org.sosia.crypto.grant.GrantHalf;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.secret.SecretBytes;

/**
 * Somebody has three of the four pieces that open a record – transform key, retrieval key, grant half, partial key – and replaces the fourth by
 * whatever they can compute or guess.
 *
 * <p>Each test names the missing piece. The last ones go around {@link Header#open}: they build the wrapping secrets by hand from everything a cloud
 * sees, and try those.
 */
class MissingPieceAttackTest {
    private final SealedRecord sealed = SealedRecord.of(new byte[1_000]);
    private final Header header = sealed.header;
    private final UserKeys dora = AUTHORITY.keyGen(Set.of(DOCTOR, CARDIOLOGY));
    private final IssuedGrant grant = COLLECTION.issueGrant();

    private OpenedEnvelope openWith(UserKeys keys, GrantHalf half, PartialKey partialKey)
            throws GeneralSecurityException {
        return header.open(
                PARAMETERS,
                header.transform(keys.transformKey()),
                keys.retrievalKey(),
                half.convert(header),
                partialKey);
    }

    @Test
    void withAllFourPiecesItOpens() throws Exception {
        openWith(dora, grant.half(), grant.partialKey()).close();
    }

    @Test
    void withoutThePartialKeyNothingOpens() {
        for (int guess = 0; guess < 20; guess++) {
            assertClosed(() -> openWith(dora, grant.half(), PartialKey.random()));
        }
    }

    @Test
    void thePartialKeyOfAnotherGrantDoesNotOpen() {
        IssuedGrant other = COLLECTION.issueGrant();
        assertClosed(() -> openWith(dora, grant.half(), other.partialKey()));
        assertClosed(() -> openWith(dora, other.half(), grant.partialKey()));
    }

    @Test
    void theGrantOfAnotherCollectionIsRefusedByTheCloudAlready() {
        IssuedGrant other = CollectionKeys.generate().issueGrant();
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> openWith(dora, other.half(), other.partialKey()));
    }

    /** The grant was taken back and its half deleted: all that is left for the reader are records of what it once converted. */
    @Test
    void withoutTheGrantHalfAnotherRecordDoesNotOpen() throws Exception {
        ConvertedGrant keptFromAnotherRecord = grant.half().convert(SealedRecord.of(new byte[5]).header);
        assertClosed(() -> header.open(
                PARAMETERS,
                header.transform(dora.transformKey()),
                dora.retrievalKey(),
                keptFromAnotherRecord,
                grant.partialKey()));
        ConvertedGrant madeUp = ConvertedGrant.decode(new ByteWriter()
                .u8(1)
                .fixed(Generators.zPower(Scalar.random()).encode())
                .fixed(new byte[32])
                .toByteArray());
        assertClosed(() -> header.open(
                PARAMETERS, header.transform(dora.transformKey()), dora.retrievalKey(), madeUp, grant.partialKey()));
    }

    @Test
    void withoutTheRetrievalKeyNothingOpens() {
        UserKeys other = AUTHORITY.keyGen(Set.of(DOCTOR, CARDIOLOGY));
        assertClosed(() -> header.open(
                PARAMETERS,
                header.transform(dora.transformKey()),
                other.retrievalKey(),
                grant.half().convert(header),
                grant.partialKey()));
    }

    @Test
    void withoutATransformKeyForTheAttributesNothingOpens() throws Exception {
        TransformedSlot madeUp = new TransformedSlot(Generators.zPower(Scalar.random()));
        TransformedSlot ofAnotherRecord = SealedRecord.of(new byte[9]).header.transform(dora.transformKey());
        for (TransformedSlot slot : List.of(madeUp, ofAnotherRecord)) {
            assertClosed(() -> header.open(
                    PARAMETERS, slot, dora.retrievalKey(), grant.half().convert(header), grant.partialKey()));
        }
    }

    @Test
    void anotherAuthoritysKeysDoNotOpen() throws Exception {
        MasterSecretKey other = MasterSecretKey.generate();
        UserKeys foreign = other.keyGen(Set.of(DOCTOR, CARDIOLOGY));
        assertClosed(() -> openWith(foreign, grant.half(), grant.partialKey()));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> header.open(
                        other.publicParameters(),
                        header.transform(foreign.transformKey()),
                        foreign.retrievalKey(),
                        grant.half().convert(header),
                        grant.partialKey()));
    }

    /** What both clouds see, combined in every simple way, is not what wraps the seed. */
    @Test
    void bothCloudsTogetherDoNotOpen() throws Exception {
        byte[] context = slotContext();
        ConvertedGrant converted = grant.half().convert(header);
        byte[] encoded = converted.encode();
        Gt approval = Gt.decode(Arrays.copyOfRange(encoded, 1, 577));
        byte[] masked = Arrays.copyOfRange(encoded, 577, 609);
        Gt attribute = header.transform(dora.transformKey()).transformed();
        List<Gt> elements = new ArrayList<>(List.of(
                attribute,
                approval,
                attribute.multiply(approval),
                PairingProduct.pair(header.approvalLock(), G2.GENERATOR),
                PairingProduct.pair(header.approvalKey(), G2.GENERATOR),
                PairingProduct.pair(G1.GENERATOR, G2.GENERATOR)));
        for (Gt first : elements) {
            for (Gt second : elements) {
                for (byte[] third : List.of(masked, new byte[32])) {
                    byte[] secrets = new ByteWriter()
                            .fixed(first.encode())
                            .fixed(second.encode())
                            .fixed(third)
                            .toByteArray();
                    assertThatExceptionOfType(WrongKeyException.class)
                            .isThrownBy(() -> SlotWrap.unwrap(secrets, context, wrappedSeed()));
                }
            }
        }
    }

    /** Everything but the symmetric secret G, as after a break of the pairing: the wrap still holds. */
    @Test
    void withoutTheCollectionSecretNothingOpens() throws Exception {
        byte[] context = slotContext();
        Gt attribute = dora.retrievalKey()
                .retrieve(header.transform(dora.transformKey()).transformed());
        ConvertedGrant converted = grant.half().convert(header);
        Gt approval = converted.approvalSecret(grant.partialKey(), header.approvalKey());
        byte[] right =
                secrets(attribute, approval, converted.collectionSecret(grant.partialKey(), header.approvalKey()));
        byte[] wrong = secrets(attribute, approval, SecretBytes.random(32));
        assertThat(SlotWrap.unwrap(right, context, wrappedSeed()).length()).isEqualTo(32);
        assertThatExceptionOfType(WrongKeyException.class)
                .isThrownBy(() -> SlotWrap.unwrap(wrong, context, wrappedSeed()));
    }

    private static byte[] secrets(Gt attribute, Gt approval, SecretBytes collectionSecret) {
        return new ByteWriter()
                .fixed(attribute.encode())
                .fixed(approval.encode())
                .fixed(collectionSecret.exposeSecretBytes())
                .toByteArray();
    }

    private byte[] slotContext() throws Exception {
        return HeaderParts.of(header).policySlotContext();
    }

    private byte[] wrappedSeed() throws Exception {
        return HeaderParts.of(header).slot().wrapped().copy();
    }

    @Test
    void theOwnersOldEpochDoesNotOpenNewRecords() {
        SealedRecord newer = SealedRecord.of(UUID.randomUUID(), POLICY, CollectionKeys.generate(), new byte[3]);
        assertThat(newer.header.owner()).isEqualTo(OWNER);
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> newer.header.openAsOwner(COLLECTION));
    }

    private interface Opening {
        OpenedEnvelope run() throws GeneralSecurityException;
    }

    private static void assertClosed(Opening opening) {
        assertThatExceptionOfType(WrongKeyException.class)
                .isThrownBy(opening::run)
                .withMessage("these keys do not open this envelope");
    }
}
