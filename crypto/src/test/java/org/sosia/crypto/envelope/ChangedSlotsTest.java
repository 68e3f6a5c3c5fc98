package org.sosia.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.sosia.crypto.envelope.SealedRecord.AUTHORITY;
import static org.sosia.crypto.envelope.SealedRecord.CA;
import static org.sosia.crypto.envelope.SealedRecord.CARDIOLOGY;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;
import static org.sosia.crypto.envelope.SealedRecord.DOCTOR;
import static org.sosia.crypto.envelope.SealedRecord.PARAMETERS;
import static org.sosia.crypto.envelope.SealedRecord.SIGNER;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.PolicyNotSatisfiedException;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.UserKeys;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.delivery.PersonKeySuite;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.RandomPolicies;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.OwnerSigningKey;
import org.sosia.crypto.testing.Json;

/** An owner changes who may open a record; the payload is what it was. */
class ChangedSlotsTest {
    private static final byte[] CONTENT = EnvelopeTest.content(20_000);
    private static final Attribute NURSE = Attribute.of("role", "nurse");

    private final SealedRecord sealed = SealedRecord.of(CONTENT);
    private final UserKeys dora = AUTHORITY.keyGen(Set.of(DOCTOR, CARDIOLOGY));
    private final UserKeys nina = AUTHORITY.keyGen(Set.of(NURSE));
    private final IssuedGrant grant = COLLECTION.issueGrant();

    private OpenedEnvelope open(Header header, UserKeys keys) throws GeneralSecurityException {
        return header.open(
                PARAMETERS,
                header.transform(keys.transformKey()),
                keys.retrievalKey(),
                grant.half().convert(header),
                grant.partialKey());
    }

    private Header forNurses() throws Exception {
        return sealed.header.withPolicy(
                COLLECTION, PARAMETERS, AccessPolicy.parse("role:nurse"), SIGNER, CA.certificate());
    }

    @Test
    void anotherPolicyOpensForOthersWithTheGrantsThatAreThere() throws Exception {
        Header changed = Header.decode(forNurses().encode());
        changed.verify(CA.certificate());
        assertThat(changed.revision()).isEqualTo(1);
        assertThat(changed.policy().toText()).isEqualTo("role:nurse");
        assertThat(changed.coreDigest()).isEqualTo(sealed.header.coreDigest());
        assertThat(changed.isConsistent(PARAMETERS)).isTrue();
        try (OpenedEnvelope opened = open(changed, nina)) {
            assertThat(sealed.read(opened)).isEqualTo(CONTENT);
        }
        try (OpenedEnvelope opened = changed.openAsOwner(COLLECTION)) {
            assertThat(sealed.read(opened)).isEqualTo(CONTENT);
        }
        assertThatExceptionOfType(PolicyNotSatisfiedException.class).isThrownBy(() -> open(changed, dora));
        assertThatExceptionOfType(PolicyNotSatisfiedException.class).isThrownBy(() -> open(sealed.header, nina));
    }

    /** Random policies, one after the other: each opens for those who satisfy it and for nobody else. */
    @Test
    void everyPolicyCanFollowEveryOther() throws Exception {
        long seed = new Random().nextLong();
        RandomPolicies random = new RandomPolicies(new Random(seed));
        Header header = sealed.header;
        for (int revision = 1; revision <= 15; revision++) {
            header = header.withPolicy(COLLECTION, PARAMETERS, random.policy(), SIGNER, CA.certificate());
            header.verify(CA.certificate());
            Set<Attribute> held = random.attributes();
            boolean satisfied = RandomPolicies.oracle(header.policy(), held);
            assertThat(header.revision()).isEqualTo(revision);
            assertThat(opens(header, AUTHORITY.keyGen(held)))
                    .as("seed %d", seed)
                    .isEqualTo(satisfied);
        }
    }

    private boolean opens(Header header, UserKeys keys) throws GeneralSecurityException {
        try {
            open(header, keys).close();
            return true;
        } catch (PolicyNotSatisfiedException e) {
            return false;
        }
    }

    @Test
    void aPersonOfEitherSuiteOpensWithTheirOwnKey() throws Exception {
        for (PersonKeySuite suite : PersonKeySuite.values()) {
            PersonKey paula = PersonKey.generate(suite);
            Header header = Header.decode(sealed.header
                    .withDirectSlot(COLLECTION, paula.publicPart(), SIGNER, CA.certificate())
                    .encode());
            header.verify(CA.certificate());
            try (OpenedEnvelope opened = header.open(paula)) {
                assertThat(sealed.read(opened)).isEqualTo(CONTENT);
            }
            assertThat(header.directRecipients())
                    .containsExactly(paula.publicPart().fingerprint());
            assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> header.open(PersonKey.generate()));
            open(header, dora).close();
        }
    }

    @Test
    void aPersonNamedTwiceHasOneSlot() throws Exception {
        PersonKey paula = PersonKey.generate();
        Header once = sealed.header.withDirectSlot(COLLECTION, paula.publicPart(), SIGNER, CA.certificate());
        Header twice = once.withDirectSlot(COLLECTION, paula.publicPart(), SIGNER, CA.certificate());
        assertThat(twice.directRecipients()).hasSize(1);
        assertThat(twice.revision()).isEqualTo(2);
        twice.open(paula).close();
    }

    @Test
    void aSlotTakenAwayIsGoneAndTheOthersStay() throws Exception {
        PersonKey paula = PersonKey.generate();
        PersonKey peter = PersonKey.generate();
        Header both = sealed.header
                .withDirectSlot(COLLECTION, paula.publicPart(), SIGNER, CA.certificate())
                .withDirectSlot(COLLECTION, peter.publicPart(), SIGNER, CA.certificate());
        Header one = both.withoutDirectSlot(paula.publicPart().fingerprint(), SIGNER, CA.certificate());
        one.verify(CA.certificate());
        one.open(peter).close();
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> one.open(paula));
    }

    @Test
    void aChangeOfPolicyDropsEverybodysSlots() throws Exception {
        PersonKey paula = PersonKey.generate();
        Header direct = sealed.header.withDirectSlot(COLLECTION, paula.publicPart(), SIGNER, CA.certificate());
        Header changed =
                direct.withPolicy(COLLECTION, PARAMETERS, AccessPolicy.parse("role:nurse"), SIGNER, CA.certificate());
        assertThat(changed.directRecipients()).isEmpty();
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> changed.open(paula));
    }

    @Test
    void slotsHaveALimit() throws Exception {
        Header full = sealed.header;
        for (int i = 0; i < Header.MAX_DIRECT_SLOTS; i++) {
            full = full.withDirectSlot(COLLECTION, PersonKey.generate().publicPart(), SIGNER, CA.certificate());
        }
        Header.decode(full.encode()).verify(CA.certificate());
        Header last = full;
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() ->
                        last.withDirectSlot(COLLECTION, PersonKey.generate().publicPart(), SIGNER, CA.certificate()));
    }

    @Test
    void onlyTheOwnerChanges() throws Exception {
        AccessPolicy policy = AccessPolicy.parse("role:nurse");
        assertThatExceptionOfType(WrongKeyException.class)
                .isThrownBy(() -> sealed.header.withPolicy(
                        CollectionKeys.generate(), PARAMETERS, policy, SIGNER, CA.certificate()));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() ->
                        sealed.header.withPolicy(COLLECTION, PARAMETERS, policy, CA.issue("otto"), CA.certificate()));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> sealed.header.withoutDirectSlot(new byte[32], CA.issue("otto"), CA.certificate()));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> sealed.header.withPolicy(
                        COLLECTION, MasterSecretKey.generate().publicParameters(), policy, SIGNER, CA.certificate()));
    }

    /** A header written by an earlier build gets its first list of slots; its payload still opens. */
    @Test
    void aHeaderOfFormat1BecomesOneOfFormat2() throws Exception {
        Json vector = Json.resource("sosia/header-1-single.json");
        Header old = Header.decode(vector.hex("header"));
        var collection = CollectionKeys.decode(SecretBytes.copyOf(vector.hex("collectionKeys")));
        var signer = OwnerSigningKey.decode(SecretBytes.copyOf(vector.hex("signingKey")));
        var parameters = PublicParameters.decode(vector.hex("publicParameters"));
        var ca = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(vector.hex("ca")));

        PersonKey paula = PersonKey.generate();
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> old.withDirectSlot(collection, paula.publicPart(), signer, ca));
        Header changed = old.withPolicy(collection, parameters, old.policy(), signer, ca)
                .withDirectSlot(collection, paula.publicPart(), signer, ca);
        Header read = Header.decode(changed.encode());
        read.verify(ca);
        assertThat(read.revision()).isEqualTo(2);
        for (OpenedEnvelope opened : new OpenedEnvelope[] {read.openAsOwner(collection), read.open(paula)}) {
            try (opened;
                    var content = opened.decrypting(new ByteArrayInputStream(vector.hex("payload")))) {
                assertThat(content.readAllBytes()).isEqualTo(vector.hex("content"));
            }
        }
    }
}
