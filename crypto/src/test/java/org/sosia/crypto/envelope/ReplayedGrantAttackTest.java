package org.sosia.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.sosia.crypto.envelope.SealedRecord.AUTHORITY;
import static org.sosia.crypto.envelope.SealedRecord.CARDIOLOGY;
import static org.sosia.crypto.envelope.SealedRecord.DOCTOR;
import static org.sosia.crypto.envelope.SealedRecord.PARAMETERS;
import static org.sosia.crypto.envelope.SealedRecord.POLICY;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.UserKeys;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.grant.ConvertedGrant;
import org.sosia.crypto.grant.GrantHalf;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.pairing.G1;

/**
 * A reader was granted something once and plays it again: the answer of the cloud for one record at another, the half of an ended epoch at a record of the next,
 * under the next epoch's name, or one grant's part with the other's. The reader's own keys are good, and so is the policy.
 */
class ReplayedGrantAttackTest {
    private final CollectionKeyring first = CollectionKeyring.generate();
    private final CollectionKeyring second = first.nextEpoch();
    private final UserKeys reader = AUTHORITY.keyGen(Set.of(DOCTOR, CARDIOLOGY));
    private final IssuedGrant old = first.current().issueGrant();
    private final IssuedGrant fresh = second.current().issueGrant();
    private final SealedRecord before = SealedRecord.of(UUID.randomUUID(), POLICY, first.current(), new byte[3]);
    private final SealedRecord after = SealedRecord.of(UUID.randomUUID(), POLICY, second.current(), new byte[3]);

    private OpenedEnvelope open(SealedRecord record, ConvertedGrant converted, PartialKey partialKey)
            throws GeneralSecurityException {
        Header header = record.header;
        return header.open(
                PARAMETERS, header.transform(reader.transformKey()), reader.retrievalKey(), converted, partialKey);
    }

    @Test
    void eachGrantOpensItsOwnEpoch() throws Exception {
        open(before, old.half().convert(before.header), old.partialKey()).close();
        open(after, fresh.half().convert(after.header), fresh.partialKey()).close();
    }

    @Test
    void anAnswerForOneRecordOpensNoOther() throws Exception {
        SealedRecord sibling = SealedRecord.of(UUID.randomUUID(), POLICY, first.current(), new byte[3]);
        ConvertedGrant answered = old.half().convert(sibling.header);
        closed(() -> open(before, answered, old.partialKey()));
        open(sibling, answered, old.partialKey()).close();
    }

    /** The cloud refuses it, and a cloud that does not converts it to nothing. */
    @Test
    void aHalfOfAnEndedEpochOpensNothingOfTheNext() throws Exception {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> old.half().convert(after.header));
        byte[] half = old.half().encode();
        byte[] renamed = new ByteWriter()
                .u8(1)
                .fixed(after.header.approvalKey().encode())
                .fixed(Arrays.copyOfRange(half, 1 + G1.BYTES, half.length))
                .toByteArray();
        ConvertedGrant converted = GrantHalf.decode(renamed).convert(after.header);
        closed(() -> open(after, converted, old.partialKey()));
        closed(() -> open(after, converted, fresh.partialKey()));
    }

    @Test
    void partsOfTwoGrantsDoNotMix() throws Exception {
        ConvertedGrant converted = fresh.half().convert(after.header);
        closed(() -> open(after, converted, old.partialKey()));
        IssuedGrant sibling = second.current().issueGrant();
        closed(() -> open(after, converted, sibling.partialKey()));

        byte[] mine = converted.encode();
        byte[] theirs = sibling.half().convert(after.header).encode();
        byte[] patchwork = mine.clone();
        System.arraycopy(theirs, mine.length - 32, patchwork, mine.length - 32, 32);
        closed(() -> open(after, ConvertedGrant.decode(patchwork), fresh.partialKey()));
        closed(() -> open(after, ConvertedGrant.decode(patchwork), sibling.partialKey()));
    }

    /** No mathematics takes back what was handed over whole: THREATS says so, and the cloud deletes the half. */
    @Test
    void whoeverKeptBothPartsKeepsTheEpoch() throws Exception {
        GrantHalf kept = GrantHalf.decode(old.half().encode());
        open(before, kept.convert(before.header), old.partialKey()).close();
        assertThat(second.keysOf(before.header).encode())
                .isEqualTo(first.current().encode());
    }

    private interface Opening {
        OpenedEnvelope run() throws GeneralSecurityException;
    }

    private static void closed(Opening opening) {
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(opening::run);
    }
}
