package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;

class KeyIssuingTest {
    private static final MasterSecretKey AUTHORITY = MasterSecretKey.generate();
    private static final PublicParameters PARAMETERS = AUTHORITY.publicParameters();
    private static final Attribute DOCTOR = Attribute.of("role", "doctor");
    private static final Attribute CARDIOLOGY = Attribute.of("department", "cardiology");
    private static final byte[] CONTEXT = "dora, enrolment 7".getBytes(StandardCharsets.UTF_8);

    private final RetrievalKey retrievalKey = RetrievalKey.generate();
    private final RetrievalImage dora = retrievalKey.image(PARAMETERS);
    private final Scalar s = Scalar.random();

    @Test
    void aKeyIssuedToAnImageOpensWithTheRetrievalKeyBehindIt() throws Exception {
        KeyRequest request =
                KeyRequest.decode(retrievalKey.request(PARAMETERS, CONTEXT).encode());
        RetrievalImage image = request.verify(PARAMETERS, CONTEXT);
        TransformKey key = AUTHORITY.issue(RetrievalImage.decode(image.encode()), Set.of(DOCTOR, CARDIOLOGY));

        assertThat(image).isEqualTo(dora).hasSameHashCodeAs(dora);
        assertThat(opened(key, "role:doctor and department:cardiology")).isEqualTo(PARAMETERS.encapsulated(s));
        assertThat(RetrievalKey.generate().retrieve(lock("role:doctor").transform(key)))
                .as("another person's retrieval key")
                .isNotEqualTo(PARAMETERS.encapsulated(s));
    }

    /** When a master key takes another's place, whoever keeps her retrieval key herself does nothing for it. */
    @Test
    void anotherMasterKeyIssuesToTheSameImage() throws Exception {
        MasterSecretKey next = MasterSecretKey.generate();
        RetrievalImage known = next.imageOf(dora);
        assertThat(known).isEqualTo(retrievalKey.image(next.publicParameters())).isNotEqualTo(dora);
        assertThat(known.isOfSameKey(dora)).isTrue();
        assertThat(known.isOfSameKey(RetrievalKey.generate().image(next.publicParameters())))
                .isFalse();
        TransformKey key = next.issue(dora, Set.of(DOCTOR));
        assertThat(key.isIssuedTo(next.publicParameters(), known)).isTrue();
        assertThat(key.isIssuedTo(next.publicParameters(), dora)).isFalse();
        PolicyLock lock = PolicyLock.encaps(next.publicParameters(), AccessPolicy.parse("role:doctor"), s);
        assertThat(retrievalKey.retrieve(lock.transform(key)))
                .isEqualTo(next.publicParameters().encapsulated(s));
    }

    @Test
    void aRequestServesOnePurposeAndOneAuthority() {
        KeyRequest request = retrievalKey.request(PARAMETERS, CONTEXT);
        assertRefused(request, PARAMETERS, new byte[0]);
        assertRefused(request, MasterSecretKey.generate().publicParameters(), CONTEXT);
    }

    /** Whoever saw an image cannot ask in its owner's place, nor pair it with another Y_u to spoil the key test. */
    @Test
    void aRequestNeedsTheRetrievalKey() throws Exception {
        Scalar other = Scalar.random();
        assertRefused(KeyRequest.prove(PARAMETERS, dora, other, CONTEXT), PARAMETERS, CONTEXT);
        RetrievalImage mixed = new RetrievalImage(G1.GENERATOR.power(other), dora.secured());
        assertRefused(KeyRequest.prove(PARAMETERS, mixed, other, CONTEXT), PARAMETERS, CONTEXT);

        byte[] encoded = retrievalKey.request(PARAMETERS, CONTEXT).encode();
        encoded[KeyRequest.ENCODED_BYTES - 1] ^= 1;
        assertRefused(KeyRequest.decode(encoded), PARAMETERS, CONTEXT);
    }

    /** Zero knowledge cannot be tested; that two proofs share nothing can. */
    @Test
    void requestsAreFreshEachTime() {
        byte[] first = retrievalKey.request(PARAMETERS, CONTEXT).encode();
        byte[] second = retrievalKey.request(PARAMETERS, CONTEXT).encode();
        int proof = KeyRequest.ENCODED_BYTES - 2 * Scalar.BYTES;
        assertThat(Arrays.copyOfRange(first, proof, first.length))
                .isNotEqualTo(Arrays.copyOfRange(second, proof, second.length));
    }

    @Test
    void malformedRequestsAndImagesAreRefused() {
        byte[] request = retrievalKey.request(PARAMETERS, CONTEXT).encode();
        assertMalformed(() -> KeyRequest.decode(Arrays.copyOf(request, request.length + 1)));
        assertMalformed(() -> KeyRequest.decode(Arrays.copyOf(request, request.length - 1)));
        byte[] infinity = request.clone();
        Arrays.fill(infinity, 1, 49, (byte) 0);
        infinity[1] = (byte) 0xc0;
        assertMalformed(() -> KeyRequest.decode(infinity));
        assertMalformed(() -> RetrievalImage.decode(Arrays.copyOf(infinity, RetrievalImage.ENCODED_BYTES)));
        byte[] zeroResponse = request.clone();
        Arrays.fill(zeroResponse, request.length - Scalar.BYTES, request.length, (byte) 0);
        assertMalformed(() -> KeyRequest.decode(zeroResponse));
    }

    @Test
    void reissuingNeedsNothingOfThePerson() throws Exception {
        Attribute next = CARDIOLOGY.nextEpoch();
        TransformKey old = AUTHORITY.issue(dora, Set.of(DOCTOR, CARDIOLOGY));
        TransformKey fresh = AUTHORITY.issue(dora, Set.of(DOCTOR, next));

        assertThat(next).isEqualTo(new Attribute("hospital", "department", "cardiology", 2));
        assertThat(opened(fresh, "role:doctor and department:cardiology@2")).isEqualTo(PARAMETERS.encapsulated(s));
        assertThatExceptionOfType(PolicyNotSatisfiedException.class)
                .isThrownBy(() -> opened(old, "department:cardiology@2"));
        assertThatExceptionOfType(PolicyNotSatisfiedException.class)
                .isThrownBy(() -> opened(fresh, "department:cardiology"));
    }

    @Test
    void anAttributeIsTakenAwayAtOnce() throws Exception {
        TransformKey whole = AUTHORITY.issue(dora, Set.of(DOCTOR, CARDIOLOGY));
        TransformKey rest = TransformKey.decode(whole.without(CARDIOLOGY).encode());

        assertThat(rest.attributes()).containsExactly(DOCTOR);
        assertThat(whole.attributes()).containsExactlyInAnyOrder(DOCTOR, CARDIOLOGY);
        assertThat(opened(rest, "role:doctor")).isEqualTo(PARAMETERS.encapsulated(s));
        assertThatExceptionOfType(PolicyNotSatisfiedException.class)
                .isThrownBy(() -> opened(rest, "role:doctor and department:cardiology"));
        assertThat(rest.isIssuedTo(PARAMETERS, dora)).isTrue();
        assertThat(whole.without(DOCTOR.nextEpoch()).encode()).isEqualTo(whole.encode());
    }

    @Test
    void theKeyTestAcceptsWhatWasIssued() {
        assertThat(AUTHORITY.issue(dora, Set.of(DOCTOR, CARDIOLOGY)).isIssuedTo(PARAMETERS, dora))
                .isTrue();
        assertThat(AUTHORITY.issue(dora, Set.of()).isIssuedTo(PARAMETERS, dora)).isTrue();
        UserKeys drawn = AUTHORITY.keyGen(Set.of(DOCTOR));
        assertThat(drawn.transformKey()
                        .isIssuedTo(PARAMETERS, drawn.retrievalKey().image(PARAMETERS)))
                .isTrue();
    }

    @Test
    void theKeyTestRefusesEveryWrongPart() {
        TransformKey key = AUTHORITY.issue(dora, Set.of(DOCTOR, CARDIOLOGY));
        G1 noise = G1.GENERATOR.power(Scalar.random());
        Map<Attribute, G1> parts = parts(key);
        assertThat(new TransformKey(key.k().multiply(noise), key.l(), parts).isIssuedTo(PARAMETERS, dora))
                .isFalse();
        assertThat(new TransformKey(key.k(), AUTHORITY.issue(dora, Set.of()).l(), parts).isIssuedTo(PARAMETERS, dora))
                .isFalse();
        for (Attribute attribute : parts.keySet()) {
            Map<Attribute, G1> spoiled = new LinkedHashMap<>(parts);
            spoiled.computeIfPresent(attribute, (same, part) -> part.multiply(noise));
            assertThat(new TransformKey(key.k(), key.l(), spoiled).isIssuedTo(PARAMETERS, dora))
                    .as("%s spoiled", attribute)
                    .isFalse();
        }
        assertThat(key.isIssuedTo(PARAMETERS, RetrievalKey.generate().image(PARAMETERS)))
                .as("another person")
                .isFalse();
        assertThat(key.isIssuedTo(MasterSecretKey.generate().publicParameters(), dora))
                .as("another authority")
                .isFalse();
    }

    /** Two errors that cancel in a plain product do not cancel under random exponents. */
    @Test
    void theKeyTestRefusesErrorsThatCancel() {
        TransformKey key = AUTHORITY.issue(dora, Set.of(DOCTOR, CARDIOLOGY));
        G1 noise = G1.GENERATOR.power(Scalar.random());
        Map<Attribute, G1> spoiled = parts(key);
        spoiled.computeIfPresent(DOCTOR, (same, part) -> part.multiply(noise));
        spoiled.computeIfPresent(CARDIOLOGY, (same, part) -> part.multiply(noise.inverse()));
        assertThat(new TransformKey(key.k(), key.l(), spoiled).isIssuedTo(PARAMETERS, dora))
                .isFalse();
    }

    static Map<Attribute, G1> parts(TransformKey key) {
        Map<Attribute, G1> parts = new LinkedHashMap<>();
        key.attributes()
                .forEach(attribute ->
                        parts.put(attribute, key.forAttribute(attribute).orElseThrow()));
        return parts;
    }

    private PolicyLock lock(String policy) throws Exception {
        return PolicyLock.encaps(PARAMETERS, AccessPolicy.parse(policy), s);
    }

    private Gt opened(TransformKey key, String policy) throws Exception {
        return retrievalKey.retrieve(lock(policy).transform(key));
    }

    private static void assertRefused(KeyRequest request, PublicParameters parameters, byte[] context) {
        assertThatExceptionOfType(KeyRequestRefusedException.class)
                .isThrownBy(() -> request.verify(parameters, context));
    }

    private interface Decoding {
        void run() throws GeneralSecurityException;
    }

    private static void assertMalformed(Decoding decoding) {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(decoding::run);
    }
}
