package org.sosia.crypto.reencryption;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.envelope.CollectionKeyring;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.SealedRecord;
import org.sosia.crypto.envelope.WrongKeyException;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.pairing.Scalar;

/**
 * The proxy, who has the re-key, and a reader, who has opened its target, put together what they have: RK^(1/z_B) = g2^(1/o). With it they open every record of that collection and epoch, whatever
 * the owner does later. The test shows that they get this, as docs/SCHEME.md says, and how far it goes.
 */
class ProxyAndReaderCollusionAttackTest {
    private final PersonKey paula = PersonKey.generate();
    private final CollectionKeyring keyring = CollectionKeyring.of(COLLECTION).nextEpoch();

    private IssuedReKey toPaula() throws Exception {
        return Handover.OLGA.toPerson(UUID.randomUUID(), paula.publicPart());
    }

    private static G2 elementOf(ReKey reKey) throws Exception {
        ByteReader reader = new ByteReader(reKey.encode());
        reader.expect((byte) 1);
        Terms.read(reader);
        return G2.decode(reader.fixed(G2.BYTES));
    }

    /** The exponent that the reader computed, by the reader's own steps. */
    private Scalar exponentOf(Delegation delegation) throws Exception {
        PersonTarget target = (PersonTarget) delegation.target();
        return delegation.scope().blinding(target.open(delegation.scope(), paula), target.digest());
    }

    private G2 pooled(IssuedReKey issued) throws Exception {
        return elementOf(issued.reKey()).power(exponentOf(issued.delegation()).inverse());
    }

    private static Gt ownerSecret(Header header, G2 pooled) {
        return PairingProduct.pair(header.ownerLock(), pooled);
    }

    @Test
    void togetherTheyOpenThatCollectionAndEpoch() throws Exception {
        G2 pooled = pooled(toPaula());
        for (int i = 0; i < 3; i++) {
            Header header = Handover.record(COLLECTION).header;
            assertThatNoException()
                    .isThrownBy(() -> header.open(ownerSecret(header, pooled)).close());
        }
    }

    @Test
    void noOtherEpochOpens() throws Exception {
        G2 pooled = pooled(toPaula());
        Header newer = Handover.record(keyring.current()).header;
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> newer.open(ownerSecret(newer, pooled)));
    }

    /** Many re-keys of one collection, and of several, lead to 1/o of each and to nothing else. */
    @Test
    void pooledReKeysOfOtherCollectionsDoNotHelp() throws Exception {
        G2 one = pooled(toPaula());
        Header newer = Handover.record(keyring.current()).header;
        IssuedReKey second = toPaula();
        List<G2> combinations = List.of(
                one,
                one.multiply(G2.GENERATOR),
                one.multiply(elementOf(second.reKey())),
                elementOf(second.reKey()),
                one.inverse());
        for (G2 combination : combinations) {
            assertThatExceptionOfType(WrongKeyException.class)
                    .isThrownBy(() -> newer.open(ownerSecret(newer, combination)));
        }
    }

    @Test
    void theProxyAloneOpensNothing() throws Exception {
        G2 element = elementOf(toPaula().reKey());
        G2 other = elementOf(toPaula().reKey());
        Header header = Handover.record(COLLECTION).header;
        for (G2 guess :
                List.of(element, other, element.multiply(other), element.multiply(other.inverse()), G2.GENERATOR)) {
            assertThatExceptionOfType(WrongKeyException.class)
                    .isThrownBy(() -> header.open(ownerSecret(header, guess)));
        }
    }

    @Test
    void theReaderAloneOpensNothing() throws Exception {
        IssuedReKey issued = toPaula();
        Scalar z = exponentOf(issued.delegation());
        Header header = Handover.record(COLLECTION).header;
        Gt public1 = PairingProduct.pair(header.ownerLock(), G2.GENERATOR);
        Gt public2 = PairingProduct.pair(header.ownerKey(), G2.GENERATOR);
        for (Gt guess : List.of(public1, public2, public1.multiply(public2))) {
            for (Scalar exponent : List.of(z, z.inverse(), Scalar.of(1))) {
                assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> header.open(guess.power(exponent)));
            }
        }
    }

    /** A converted lock is in the target group: no pairing takes it further, and its reader's conversion says nothing of another record. */
    @Test
    void aConvertedLockOfOneRecordSaysNothingOfAnother() throws Exception {
        IssuedReKey issued = toPaula();
        SealedRecord one = Handover.record(COLLECTION);
        Header other = Handover.record(COLLECTION).header;
        ConvertedLock converted = issued.reKey().convert(one.header, SealedRecord.CA.certificate());
        Gt known = converted.converted().power(exponentOf(issued.delegation()).inverse());
        assertThatNoException().isThrownBy(() -> one.header.open(known).close());
        for (Gt guess : List.of(known, known.multiply(PairingProduct.pair(other.ownerLock(), G2.GENERATOR)))) {
            assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> other.open(guess));
        }
    }

    /** Unidirectional: what leads from the owner to a reader does not lead from that reader's records to the owner's readers. */
    @Test
    void aReKeyDoesNotLeadBack() throws Exception {
        IssuedReKey issued = toPaula();
        Header paulasOwn = Handover.record(keyring.current()).header;
        G2 element = elementOf(issued.reKey());
        Scalar z = exponentOf(issued.delegation());
        for (G2 guess : List.of(element.inverse(), element.power(z), element.power(z.inverse()))) {
            assertThatExceptionOfType(WrongKeyException.class)
                    .isThrownBy(() -> paulasOwn.open(ownerSecret(paulasOwn, guess)));
        }
    }
}
