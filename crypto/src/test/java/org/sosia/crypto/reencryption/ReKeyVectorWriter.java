package org.sosia.crypto.reencryption;

import static org.sosia.crypto.envelope.SealedRecord.CA;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;
import static org.sosia.crypto.envelope.SealedRecord.PARAMETERS;
import static org.sosia.crypto.envelope.SealedRecord.SIGNER;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.delivery.PersonKeySuite;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.SealedRecord;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.secret.SecretBytes;

/**
 * Writes a new set of vectors of re-keys; run by hand when the format gains a version, with the folder and a prefix for the names. It never writes over a file: vectors are kept
 * for ever.
 */
final class ReKeyVectorWriter {
    private static final PersonKey PAULA = PersonKey.generate();
    private static final PersonKey HYBRID_PAULA = PersonKey.generate(PersonKeySuite.RSA_3072_WITH_ML_KEM_768);
    private static final List<PersonKey> TRUSTEES =
            IntStream.range(0, 3).mapToObj(i -> PersonKey.generate()).toList();

    private final Path folder;
    private final String prefix;
    private final SealedRecord sealed = Handover.record(COLLECTION);

    private ReKeyVectorWriter(Path folder, String prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    public static void main(String[] arguments) throws Exception {
        new ReKeyVectorWriter(Path.of(arguments[0]), arguments[1]).writeAll();
    }

    private void writeAll() throws Exception {
        write("policy", "opened", Handover.toNurses());
        write("policy-and-approval", "opened", Handover.toNursesWithApproval());
        write("person", "opened", toPerson(PAULA));
        write("person-hybrid", "opened", toPerson(HYBRID_PAULA));
        write("wrong-conversion", "cheating-proxy", toPerson(PAULA));
        write("infinity", "malformed", toPerson(PAULA));
        write("left-over", "malformed", toPerson(PAULA));
        write("exchanged-target", "unsigned", toPerson(PAULA));
        write("dishonest", "dishonest", dishonest());
        write("trustees", "opened", null);
        write("cheating-trustee", "cheating-trustee", null);
    }

    private static IssuedReKey toPerson(PersonKey person) throws Exception {
        return Handover.OLGA.toPerson(UUID.randomUUID(), person.publicPart());
    }

    private static IssuedReKey dishonest() throws Exception {
        Scope scope = new Scope(UUID.randomUUID(), SealedRecord.OWNER, 0, COLLECTION.ownerKey());
        Target target = PersonTarget.seal(scope, PAULA.publicPart(), SecretBytes.random(32));
        Scalar another = Scalar.random();
        return Terms.issue(scope, target, COLLECTION.conversion(another), Generators.zPower(another), SIGNER);
    }

    private void write(String name, String expect, @Nullable IssuedReKey given) throws Exception {
        IssuedEmergencyKey emergency = Handover.OLGA.toTrustees(
                UUID.randomUUID(),
                2,
                TRUSTEES.stream().map(PersonKey::publicPart).toList());
        IssuedReKey issued = given == null ? new IssuedReKey(emergency.reKey(), emergency.delegation()) : given;
        Header header = sealed.header;
        ConvertedLock converted = issued.reKey().convert(header, CA.certificate());
        ConversionProof proof = issued.reKey().prove(header, CA.certificate());

        Map<String, String> vector = new LinkedHashMap<>();
        vector.put("name", prefix + name);
        vector.put("expect", expect);
        vector.put("header", hex(header.encode()));
        vector.put("payload", hex(sealed.payload));
        vector.put("content", hex("content".getBytes(StandardCharsets.UTF_8)));
        vector.put("ca", hex(CA.certificate().getEncoded()));
        vector.put("collectionKeys", hex(COLLECTION.encode().exposeSecretBytes()));
        vector.put("publicParameters", hex(PARAMETERS.encode()));
        vector.put("reKey", hex(reKey(name, issued.reKey().encode())));
        vector.put("delegation", hex(delegation(name, issued)));
        vector.put("convertedLock", hex(converted(name, converted).encode()));
        vector.put("conversionProof", hex(proof.encode()));
        if (name.startsWith("policy")) {
            vector.put("transformKey", hex(Handover.NINA.transformKey().encode()));
            vector.put("retrievalKey", hex(Handover.NINA.retrievalKey().encode().exposeSecretBytes()));
            vector.put("grantHalf", hex(Handover.GRANT.half().encode()));
            vector.put("partialKey", Handover.GRANT.partialKey().revealText());
        } else if (given != null) {
            PersonKey person = name.equals("person-hybrid") ? HYBRID_PAULA : PAULA;
            vector.put("personKey", hex(person.encode().exposeSecretBytes()));
        } else {
            vector.put("coordination", hex(emergency.coordination().encode()));
            for (int trustee : new int[] {1, 3}) {
                TrusteeAnswer answer = issued.delegation()
                        .answer(TRUSTEES.get(trustee - 1), header, converted, proof, CA.certificate());
                byte[] encoded = answer.encode();
                if (name.equals("cheating-trustee") && trustee == 3) {
                    byte[] other = Generators.zPower(Scalar.random()).encode();
                    System.arraycopy(other, 0, encoded, 2, Gt.BYTES);
                }
                vector.put("answer" + trustee, hex(encoded));
                vector.put(
                        "trusteeKey" + trustee,
                        hex(TRUSTEES.get(trustee - 1).encode().exposeSecretBytes()));
            }
        }
        String json = vector.entrySet().stream()
                .map(e -> "  \"" + e.getKey() + "\": \"" + e.getValue() + "\"")
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
        Files.writeString(folder.resolve(prefix + name + ".json"), json, StandardOpenOption.CREATE_NEW);
    }

    private static byte[] reKey(String name, byte[] encoded) {
        if (name.equals("infinity")) {
            int position = encoded.length - G2.BYTES;
            Arrays.fill(encoded, position, encoded.length, (byte) 0);
            encoded[position] = (byte) 0xc0;
        }
        return name.equals("left-over") ? Arrays.copyOf(encoded, encoded.length + 1) : encoded;
    }

    private static byte[] delegation(String name, IssuedReKey issued) throws Exception {
        byte[] encoded = issued.delegation().encode();
        if (!name.equals("exchanged-target")) {
            return encoded;
        }
        byte[] other = toPerson(PAULA).delegation().target().encode();
        System.arraycopy(other, 0, encoded, encoded.length - other.length, other.length);
        return encoded;
    }

    private static ConvertedLock converted(String name, ConvertedLock right) {
        return name.equals("wrong-conversion")
                ? new ConvertedLock(right.reKey(), right.coreDigest(), Generators.zPower(Scalar.random()))
                : right;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
