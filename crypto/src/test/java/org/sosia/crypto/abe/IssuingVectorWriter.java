package org.sosia.crypto.abe;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretBytes;

/** Writes a new set of known answers for key requests and quorums; run by hand, with the folder. It never writes over a file: vectors are kept for ever. */
final class IssuingVectorWriter {
    private static final Set<Attribute> HELD = Set.of(
            Attribute.of("role", "doctor"),
            Attribute.of("department", "cardiology").inEpoch(2));

    private IssuingVectorWriter() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        request(folder, "key-request-1");
        quorum(folder, "quorum-1-converted", new Quorum(2, 3), List.of(1, 3));
        quorum(folder, "quorum-1-all", new Quorum(3, 3), List.of(1, 2, 3));
    }

    private static void request(Path folder, String name) throws Exception {
        MasterSecretKey master = MasterSecretKey.generate();
        PublicParameters parameters = master.publicParameters();
        RetrievalKey z = RetrievalKey.generate();
        byte[] context = "sosia-recovery-1\n0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
        KeyRequest request = z.request(parameters, context);
        TransformKey issued = master.issue(request.verify(parameters, context), HELD);

        Map<String, String> vector = new LinkedHashMap<>();
        vector.put("name", name);
        vector.put("master", hex(master.encode()));
        vector.put("parameters", hex(parameters.encode()));
        vector.put("retrievalKey", hex(z.encode()));
        vector.put("retrievalImage", hex(z.image(parameters).encode()));
        vector.put("context", hex(context));
        vector.put("request", hex(request.encode()));
        vector.put("transformKey", hex(issued.encode()));
        write(folder, name, vector);
    }

    private static void quorum(Path folder, String name, Quorum quorum, List<Integer> givers) throws Exception {
        MasterSecretKey master = MasterSecretKey.generate();
        Dealer dealer = Dealer.converting(master, quorum);
        KeyCeremony ceremony = KeyCeremony.converting(master.publicParameters(), dealer.dealing());
        QuorumParameters parameters = ceremony.parameters();
        RetrievalKey z = RetrievalKey.generate();
        RetrievalImage person = z.image(parameters.publicParameters());

        Map<String, String> vector = new LinkedHashMap<>();
        vector.put("name", name);
        vector.put("master", hex(master.encode()));
        vector.put("dealing", hex(dealer.dealing().encode()));
        vector.put("quorumParameters", hex(parameters.encode()));
        vector.put("retrievalKey", hex(z.encode()));
        vector.put("retrievalImage", hex(person.encode()));
        List<PartialTransformKey> parts = new ArrayList<>();
        for (int authority = 1; authority <= quorum.authorities(); authority++) {
            DealtShare dealt = dealer.shareFor(authority);
            AuthorityShare share = ceremony.receive(authority, List.of(dealt));
            vector.put("dealtShare" + authority, hex(dealt.encode()));
            vector.put("share" + authority, hex(share.encode()));
            if (givers.contains(authority)) {
                PartialTransformKey part = share.issue(person, HELD);
                vector.put("part" + authority, hex(part.encode()));
                parts.add(part);
            }
        }
        vector.put("transformKey", hex(parameters.combine(person, HELD, parts).encode()));
        write(folder, name, vector);
    }

    private static void write(Path folder, String name, Map<String, String> vector) throws Exception {
        String json = vector.entrySet().stream()
                .map(field -> "  \"" + field.getKey() + "\": \"" + field.getValue() + "\"")
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
        Files.writeString(folder.resolve(name + ".json"), json, StandardOpenOption.CREATE_NEW);
    }

    private static String hex(SecretBytes secret) {
        return hex(secret.exposeSecretBytes());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
