package org.sosia.crypto.reencryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.sosia.crypto.envelope.SealedRecord.AUTHORITY;
import static org.sosia.crypto.envelope.SealedRecord.CA;
import static org.sosia.crypto.envelope.SealedRecord.CARDIOLOGY;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;
import static org.sosia.crypto.envelope.SealedRecord.DOCTOR;
import static org.sosia.crypto.envelope.SealedRecord.PARAMETERS;
import static org.sosia.crypto.envelope.SealedRecord.SIGNER;
import static org.sosia.crypto.reencryption.Handover.OLGA;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.PolicyNotSatisfiedException;
import org.sosia.crypto.abe.UserKeys;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.delivery.PersonKeySuite;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.OpenedEnvelope;
import org.sosia.crypto.envelope.SealedRecord;
import org.sosia.crypto.envelope.WrongKeyException;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.RandomPolicies;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.OwnerSigningKey;
import org.sosia.crypto.testing.Json;

/** An owner hands a collection on; the proxy converts; those to whom it leads read, and nobody else does. */
class ReEncryptionTest {
    private final SealedRecord sealed = Handover.record(COLLECTION);
    private final Header header = sealed.header;

    private void assertReads(OpenedEnvelope opened) throws IOException {
        try (opened) {
            assertThat(new String(sealed.read(opened), StandardCharsets.UTF_8)).isEqualTo("content");
        }
    }

    @Test
    void aPolicyWithApprovalReads() throws Exception {
        IssuedReKey issued = Handover.toNursesWithApproval();
        assertReads(Handover.read(issued, header));
        assertThat(((PolicyTarget) issued.delegation().target()).policy().toText())
                .isEqualTo("role:nurse");
        assertThat(((PolicyTarget) issued.delegation().target()).isConsistent(PARAMETERS))
                .isTrue();
    }

    @Test
    void aPolicyAloneReads() throws Exception {
        assertReads(Handover.read(Handover.toNurses(), header));
    }

    @Test
    void aPersonOfEitherSuiteReads() throws Exception {
        for (PersonKeySuite suite : PersonKeySuite.values()) {
            PersonKey paula = PersonKey.generate(suite);
            IssuedReKey issued = OLGA.toPerson(UUID.randomUUID(), paula.publicPart());
            ConvertedLock converted = issued.reKey().convert(header, CA.certificate());
            Delegation delegation = Delegation.decode(issued.delegation().encode());
            delegation.verify(CA.certificate());
            assertReads(delegation.open(paula).open(header, converted));
            assertThat(((PersonTarget) delegation.target()).recipient())
                    .isEqualTo(paula.publicPart().fingerprint());
            assertThatExceptionOfType(GeneralSecurityException.class)
                    .isThrownBy(() -> delegation.open(PersonKey.generate(suite)));
        }
    }

    /** One re-key, one opened target, many records, those sealed later included. */
    @Test
    void oneReKeyServesTheWholeCollection() throws Exception {
        IssuedReKey issued = Handover.toNursesWithApproval();
        DelegationSecret secret = Handover.openedByNina(issued.delegation());
        for (int i = 0; i < 3; i++) {
            Header one = Handover.record(COLLECTION).header;
            secret.open(one, issued.reKey().convert(one, CA.certificate())).close();
        }
    }

    @Test
    void aReKeyServesNoOtherCollectionOrEpoch() {
        IssuedReKey issued = Handover.toNurses();
        Header other = Handover.record(CollectionKeys.generate()).header;
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> issued.reKey().convert(other, CA.certificate()));
    }

    @Test
    void whatWasIssuedSurvivesEncoding() throws Exception {
        IssuedReKey issued = Handover.toNursesWithApproval();
        ReKey reKey = ReKey.decode(issued.reKey().encode());
        Delegation delegation = Delegation.decode(issued.delegation().encode());
        reKey.verify(CA.certificate());
        delegation.verify(CA.certificate());
        assertThat(reKey.encode()).isEqualTo(issued.reKey().encode());
        assertThat(delegation.encode()).isEqualTo(issued.delegation().encode());
        assertThat(reKey.id()).isEqualTo(delegation.id());
        assertThat(reKey.owner()).isEqualTo(delegation.owner()).isEqualTo("olga");
        assertThat(reKey.epoch()).isEqualTo(delegation.epoch()).isZero();
        assertThat(reKey.ownerKey()).isEqualTo(delegation.ownerKey()).isEqualTo(header.ownerKey());
        assertThat(reKey.targetDigest()).isEqualTo(delegation.target().digest());
        assertThat(reKey.isConsistent()).isTrue();

        ConvertedLock converted = reKey.convert(header, CA.certificate());
        ConvertedLock read = ConvertedLock.decode(converted.encode());
        assertThat(read.encode()).isEqualTo(converted.encode()).hasSize(ConvertedLock.ENCODED_BYTES);
        assertThat(read.reKey()).isEqualTo(reKey.id());
        assertThat(read.coreDigest()).isEqualTo(header.coreDigest());
        assertReads(Handover.openedByNina(delegation).open(header, read));

        ConversionProof proof =
                ConversionProof.decode(reKey.prove(header, CA.certificate()).encode());
        delegation.verify(header, read, proof, CA.certificate());
    }

    /** The proxy's work stands after the owner changed the record's own policy: the owner's slot is untouched. */
    @Test
    void aConversionOutlivesAChangeOfPolicy() throws Exception {
        IssuedReKey issued = Handover.toNurses();
        ConvertedLock converted = issued.reKey().convert(header, CA.certificate());
        Header changed = header.withPolicy(COLLECTION, PARAMETERS, header.policy(), SIGNER, CA.certificate());
        assertReads(Handover.openedByNina(issued.delegation()).open(changed, converted));
    }

    @Test
    void attributesThatDoNotSatisfyAreRefused() {
        UserKeys dora = AUTHORITY.keyGen(Set.of(DOCTOR, CARDIOLOGY));
        PolicyTarget target = (PolicyTarget) Handover.toNurses().delegation().target();
        assertThatExceptionOfType(PolicyNotSatisfiedException.class)
                .isThrownBy(() -> target.transform(dora.transformKey()));
    }

    @Test
    void withoutTheApprovalNothingOpens() throws Exception {
        Delegation delegation = Handover.toNursesWithApproval().delegation();
        PolicyTarget target = (PolicyTarget) delegation.target();
        var transformed = target.transform(Handover.NINA.transformKey());
        assertThatExceptionOfType(WrongKeyException.class)
                .isThrownBy(() -> delegation.open(PARAMETERS, transformed, Handover.NINA.retrievalKey()));
        assertThatExceptionOfType(WrongKeyException.class)
                .isThrownBy(() -> delegation.open(
                        PARAMETERS,
                        transformed,
                        Handover.NINA.retrievalKey(),
                        Handover.GRANT.half().convert(target.approvable().orElseThrow()),
                        COLLECTION.issueGrant().partialKey()));
    }

    /** Random policies: a target opens exactly for those who satisfy it. */
    @Test
    void targetsOpenForThoseWhoSatisfyThem() throws Exception {
        long seed = new Random().nextLong();
        RandomPolicies random = new RandomPolicies(new Random(seed));
        for (int i = 0; i < 20; i++) {
            IssuedReKey issued = OLGA.toPolicy(UUID.randomUUID(), PARAMETERS, random.policy());
            Set<Attribute> held = random.attributes();
            UserKeys keys = AUTHORITY.keyGen(held);
            PolicyTarget target = (PolicyTarget) issued.delegation().target();
            assertThat(target.isConsistent(PARAMETERS)).isTrue();
            if (RandomPolicies.oracle(target.policy(), held)) {
                DelegationSecret secret = issued.delegation()
                        .open(PARAMETERS, target.transform(keys.transformKey()), keys.retrievalKey());
                assertReads(secret.open(header, issued.reKey().convert(header, CA.certificate())));
            } else {
                assertThatExceptionOfType(PolicyNotSatisfiedException.class)
                        .as("seed %d", seed)
                        .isThrownBy(() -> target.transform(keys.transformKey()));
            }
        }
    }

    /** Records of format 1 are handed on like all others. */
    @Test
    void recordsOfEarlierBuildsAreHandedOn() throws Exception {
        Json vector = Json.resource("sosia/header-1-single.json");
        Header old = Header.decode(vector.hex("header"));
        Delegator delegator = new Delegator(
                CollectionKeys.decode(SecretBytes.copyOf(vector.hex("collectionKeys"))),
                0,
                OwnerSigningKey.decode(SecretBytes.copyOf(vector.hex("signingKey"))));
        X509Certificate ca = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(vector.hex("ca")));
        PersonKey paula = PersonKey.generate();
        IssuedReKey issued = delegator.toPerson(UUID.randomUUID(), paula.publicPart());
        try (OpenedEnvelope opened =
                        issued.delegation().open(paula).open(old, issued.reKey().convert(old, ca));
                InputStream content = opened.decrypting(new ByteArrayInputStream(vector.hex("payload")))) {
            assertThat(content.readAllBytes()).isEqualTo(vector.hex("content"));
        }
    }

    /** Headers hold owners of at most 64 bytes: a longer one, which a certificate may name, has no records. */
    @Test
    void anOwnerWithoutRecordsHandsNothingOn() {
        Delegator delegator = new Delegator(COLLECTION, 0, CA.issue("ö".repeat(40)));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> delegator.toPerson(
                        UUID.randomUUID(), PersonKey.generate().publicPart()));
    }

    @Test
    void nothingPrintsASecret() throws Exception {
        IssuedReKey issued = Handover.toNurses();
        assertThat(OLGA).hasToString("Delegator[secret]");
        assertThat(Handover.openedByNina(issued.delegation())).hasToString("DelegationSecret[secret]");
        assertThat(issued.toString()).hasSizeLessThan(200);
        assertThatIllegalArgumentException().isThrownBy(() -> new Delegator(COLLECTION, -1, SIGNER));
    }
}
