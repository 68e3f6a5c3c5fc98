package org.sosia.crypto.abe;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.secret.SecretBytes;

/** Writes a new set of known answers for the policy lock; run by hand, with the folder. It never writes over a file: vectors are kept for ever. */
final class StrictLockVectorWriter {
    private StrictLockVectorWriter() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> policies = new LinkedHashMap<>();
        policies.put("single", "role:doctor");
        policies.put("and", "role:doctor and department:cardiology and ward:3");
        policies.put("threshold", "2 of (role:doctor, ward:3, board/shift:\"night, late\"@2)");
        policies.put("nested", "(role:doctor and 2 of (a:1, b:2, c:3)) or 3 of (d:4, e:5, a:1 and f:6, g:7)");
        for (Map.Entry<String, String> entry : policies.entrySet()) {
            write(Path.of(arguments[0]), "strict-lock-1-" + entry.getKey(), AccessPolicy.parse(entry.getValue()));
        }
    }

    private static void write(Path folder, String name, AccessPolicy policy) throws Exception {
        MasterSecretKey master = MasterSecretKey.generate();
        PublicParameters parameters = master.publicParameters();
        UserKeys keys = master.keyGen(policy.attributes());
        byte[] context = ("context of " + name).getBytes(StandardCharsets.UTF_8);
        Scalar s = Scalar.random();
        SecretBytes seed = SecretBytes.random(32);
        PolicyLock lock = PolicyLock.encapsDerived(parameters, policy, s, seed, context);

        Map<String, String> vector = new LinkedHashMap<>();
        vector.put("name", name);
        vector.put("policy", hex(policy.canonical()));
        vector.put("master", hex(master.encode().exposeSecretBytes()));
        vector.put("parameters", hex(parameters.encode()));
        vector.put("seed", hex(seed.exposeSecretBytes()));
        vector.put("context", hex(context));
        vector.put("exponent", hex(s.encode()));
        vector.put("lock", hex(lock.encode()));
        vector.put("secret", hex(parameters.encapsulated(s).encode()));
        vector.put("retrievalKey", hex(keys.retrievalKey().encode().exposeSecretBytes()));
        vector.put("retrievalImage", hex(keys.retrievalKey().image(parameters).encode()));
        vector.put("transformKey", hex(keys.transformKey().encode()));
        vector.put("transformed", hex(lock.transform(keys.transformKey()).encode()));
        String json = vector.entrySet().stream()
                .map(field -> "  \"" + field.getKey() + "\": \"" + field.getValue() + "\"")
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
        Files.writeString(folder.resolve(name + ".json"), json, StandardOpenOption.CREATE_NEW);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
