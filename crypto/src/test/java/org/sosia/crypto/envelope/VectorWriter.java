package org.sosia.crypto.envelope;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.abe.UserKeys;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.delivery.PersonKeySuite;
import org.sosia.crypto.envelope.HeaderCore.Bytes;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.CertificateAuthority;
import org.sosia.crypto.signature.OwnerSigningKey;
import org.sosia.crypto.signature.SignatureSuite;
import org.sosia.crypto.testing.Json;

/**
 * Writes a new set of header vectors; run by hand when the format gains a version, with the folder and a prefix for the names. It never writes over a file:
 * vectors are kept for ever.
 */
final class VectorWriter {
    private static final CertificateAuthority HYBRID_CA =
            CertificateAuthority.generate("General Hospital", SignatureSuite.RSA_PSS_3072_WITH_ML_DSA_65);

    /** The authority with another master key. */
    private static final MasterSecretKey NEXT = MasterSecretKey.generate();

    private final Path folder;
    private final String prefix;

    private VectorWriter(Path folder, String prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    public static void main(String[] arguments) throws Exception {
        VectorWriter writer = new VectorWriter(Path.of(arguments[0]), arguments[1]);
        writer.writeAll();
        writer.writeLedOver("header-2-direct");
    }

    /** A header of an earlier format, under another master key than it was sealed for: its core and its other slots stay. */
    private void writeLedOver(String earlier) throws Exception {
        Json from = Json.resource("sosia/" + earlier + ".json");
        Header header = Header.decode(from.hex("header"));
        RetrievalKey z = RetrievalKey.decode(SecretBytes.copyOf(from.hex("retrievalKey")));
        X509Certificate ca = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(from.hex("ca")));
        Header after = header.withIssues(
                CollectionKeys.decode(SecretBytes.copyOf(from.hex("collectionKeys"))),
                NEXT.publicParameters(),
                UnaryOperator.identity(),
                OwnerSigningKey.decode(SecretBytes.copyOf(from.hex("signingKey"))),
                ca);
        Map<String, String> changed = Map.of(
                "name", earlier + "-led-over",
                "header", hex(after.encode()),
                "revision", "2",
                "publicParameters", hex(NEXT.publicParameters().encode()),
                "masterSecretKey", hex(NEXT.encode().exposeSecretBytes()),
                "transformKey",
                        hex(NEXT.issue(
                                        z.image(NEXT.publicParameters()),
                                        header.policy().attributes())
                                .encode()));
        Path file = folder.resolve(earlier + "-led-over.json");
        String text = Files.readString(folder.resolve(earlier + ".json"));
        for (Map.Entry<String, String> each : changed.entrySet()) {
            text = text.replaceAll(
                    "\"" + each.getKey() + "\": \"[^\"]*\"", "\"" + each.getKey() + "\": \"" + each.getValue() + "\"");
        }
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    }

    private void writeAll() throws Exception {
        write("and", "opened", "role:doctor and department:cardiology", "role:doctor", "department:cardiology");
        write(
                "threshold",
                "opened",
                "2 of (role:doctor, ward:3, board/shift:\"night, late\"@2)",
                "role:doctor",
                "board/shift:\"night, late\"@2");
        write("single", "opened", "funktion:ärztin", "funktion:ärztin");
        write("or-of-and", "opened", "role:head or role:doctor and department:cardiology", "role:head");
        write("unsatisfied", "policy-not-satisfied", "role:doctor and department:cardiology", "role:doctor");
        write("wrong-partial-key", "wrong-key", "role:doctor", "role:doctor");
        write("changed-mac", "tampered", "role:doctor", "role:doctor");
        write("changed-signature", "unsigned", "role:doctor", "role:doctor");
        write("infinity", "malformed", "role:doctor", "role:doctor");
        write("left-over", "malformed", "role:doctor", "role:doctor");
        write("direct", "opened", "role:doctor", "role:doctor");
        write("direct-hybrid", "opened", "role:doctor", "role:doctor");
        write("changed-policy", "opened", "role:doctor", "role:doctor");
        write("hybrid-signature", "opened", "role:doctor", "role:doctor");
        write("stripped", "unsigned", "role:doctor", "role:doctor");
        write("swapped", "unsigned", "role:doctor", "role:doctor");
        write("doubled", "malformed", "role:doctor", "role:doctor");
        write("older-slot", "unsigned", "role:doctor", "role:doctor");
        write("led-over", "opened", "role:doctor", "role:doctor");
        write("other-parameters", "malformed", "role:doctor", "role:doctor");
        write("renamed-parameters", "wrong-key", "role:doctor", "role:doctor");
        write("unnamed-parameters", "malformed", "role:doctor", "role:doctor");
    }

    private void write(String name, String expect, String policy, String... held) throws Exception {
        byte[] content = ("content of " + name).getBytes(StandardCharsets.UTF_8);
        CollectionKeys collection = CollectionKeys.generate();
        SealedRecord sealed = SealedRecord.of(UUID.randomUUID(), policy, collection, content);
        Set<Attribute> attributes = new LinkedHashSet<>();
        for (String text : held) {
            attributes.add(Attribute.parse(text));
        }
        UserKeys keys = SealedRecord.AUTHORITY.keyGen(attributes);
        IssuedGrant grant = collection.issueGrant();
        IssuedGrant other = collection.issueGrant();

        Map<String, String> vector = new LinkedHashMap<>();
        vector.put("name", prefix + name);
        vector.put("expect", expect);
        vector.put("record", sealed.header.record().toString());
        vector.put("owner", sealed.header.owner());
        vector.put("policy", policy.replace("\"", "\\\""));
        vector.put("canonicalPolicy", hex(AccessPolicy.parse(policy).canonical()));
        PersonKey person = PersonKey.generate(
                name.equals("direct-hybrid") ? PersonKeySuite.RSA_3072_WITH_ML_KEM_768 : PersonKeySuite.X25519);
        boolean hybrid = name.equals("hybrid-signature");
        CertificateAuthority ca = hybrid ? HYBRID_CA : SealedRecord.CA;
        OwnerSigningKey signer = hybrid ? HYBRID_CA.issue(SealedRecord.OWNER) : SealedRecord.SIGNER;
        byte[] header = hybrid
                ? HeaderParts.of(sealed.header).signedBy(signer).encode()
                : header(name, sealed, collection, person);
        vector.put("header", hex(header));
        if (name.startsWith("direct")) {
            vector.put("personKey", hex(person.encode().exposeSecretBytes()));
            vector.put("revision", "1");
        }
        if (name.equals("changed-policy") || name.equals("led-over")) {
            vector.put("revision", "1");
        }
        // Attributes of the authority that the header names.
        MasterSecretKey named = name.equals("led-over") ? NEXT : SealedRecord.AUTHORITY;
        TransformKey transformKey = named.issue(keys.retrievalKey().image(named.publicParameters()), attributes);
        vector.put("payload", hex(sealed.payload));
        vector.put("content", hex(content));
        vector.put("metadataDigest", hex(SealedRecord.METADATA_DIGEST));
        vector.put("ca", hex(ca.certificate().getEncoded()));
        vector.put("signingKey", hex(signer.encode().exposeSecretBytes()));
        vector.put(
                "publicParameters",
                hex((name.equals("renamed-parameters") ? NEXT : named)
                        .publicParameters()
                        .encode()));
        vector.put("masterSecretKey", hex(named.encode().exposeSecretBytes()));
        vector.put("collectionKeys", hex(collection.encode().exposeSecretBytes()));
        vector.put("transformKey", hex(transformKey.encode()));
        vector.put("retrievalKey", hex(keys.retrievalKey().encode().exposeSecretBytes()));
        vector.put("grantHalf", hex(grant.half().encode()));
        vector.put(
                "partialKey",
                (name.equals("wrong-partial-key") ? other : grant).partialKey().revealText());
        String json = vector.entrySet().stream()
                .map(e -> "  \"" + e.getKey() + "\": \"" + e.getValue() + "\"")
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
        Files.writeString(folder.resolve(prefix + name + ".json"), json, StandardOpenOption.CREATE_NEW);
    }

    private static byte[] header(String name, SealedRecord sealed, CollectionKeys collection, PersonKey person)
            throws GeneralSecurityException {
        HeaderParts parts = HeaderParts.of(sealed.header);
        byte[] encoded = sealed.header.encode();
        switch (name) {
            case "changed-mac" -> {
                byte[] mac = parts.mac.clone();
                mac[0] ^= 1;
                return parts.withMac(mac).signedBy(SealedRecord.SIGNER).encode();
            }
            case "changed-signature" -> {
                byte[] certificate = parts.signature;
                encoded[encoded.length - certificate.length + 1] ^= 1;
                return encoded;
            }
            case "infinity" -> {
                // PK_o follows magic, suite, record, version and the owner's name.
                int position = 4 + 1 + 16 + 4 + 2 + SealedRecord.OWNER.length();
                Arrays.fill(encoded, position, position + 48, (byte) 0);
                encoded[position] = (byte) 0xc0;
                return encoded;
            }
            case "left-over" -> {
                return Arrays.copyOf(encoded, encoded.length + 1);
            }
            case "changed-policy" -> {
                return changed(sealed.header, collection).encode();
            }
            case "led-over" -> {
                return sealed.header
                        .withIssues(
                                collection,
                                NEXT.publicParameters(),
                                UnaryOperator.identity(),
                                SealedRecord.SIGNER,
                                SealedRecord.CA.certificate())
                        .encode();
            }
            case "other-parameters", "renamed-parameters" -> {
                Bytes other = new Bytes(NEXT.publicParameters().digest());
                return parts.withSlot(naming(Optional.of(other), parts.slot()))
                        .signedBy(SealedRecord.SIGNER)
                        .encode();
            }
            case "unnamed-parameters" -> {
                return parts.withSlot(naming(Optional.empty(), parts.slot())).encoded();
            }
            case "direct", "direct-hybrid" -> {
                return named(sealed.header, collection, person).encode();
            }
            case "stripped", "swapped", "doubled", "older-slot" -> {
                return forged(
                        name,
                        named(named(sealed.header, collection, person), collection, PersonKey.generate()),
                        collection);
            }
            default -> {
                return encoded;
            }
        }
    }

    private static PolicySlot naming(Optional<Bytes> parameters, PolicySlot slot) {
        return new PolicySlot(parameters, slot.policy(), slot.approvalLock(), slot.policyLock(), slot.wrapped());
    }

    private static byte[] forged(String name, Header header, CollectionKeys collection)
            throws GeneralSecurityException {
        HeaderParts parts = HeaderParts.of(header);
        List<Slot> slots = new ArrayList<>(parts.slots);
        switch (name) {
            case "stripped" -> slots.remove(1);
            case "swapped" -> Collections.swap(slots, 1, 2);
            case "doubled" -> slots.add(slots.get(1));
            default -> {
                HeaderParts changed = HeaderParts.of(changed(header, collection));
                return changed.withSlots(List.of(changed.slot(), slots.get(1))).encoded();
            }
        }
        return parts.withSlots(slots).encoded();
    }

    private static Header changed(Header header, CollectionKeys collection) throws GeneralSecurityException {
        return header.withPolicy(
                collection,
                SealedRecord.PARAMETERS,
                header.policy(),
                SealedRecord.SIGNER,
                SealedRecord.CA.certificate());
    }

    private static Header named(Header header, CollectionKeys collection, PersonKey person)
            throws GeneralSecurityException {
        return header.withDirectSlot(
                collection, person.publicPart(), SealedRecord.SIGNER, SealedRecord.CA.certificate());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
