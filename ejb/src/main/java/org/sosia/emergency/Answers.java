package org.sosia.emergency;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.sosia.crypto.reencryption.TrusteeAnswer;
import org.sosia.keys.Keyring;
import org.sosia.persistence.PleaAnswer;

/** The partial answers of trustees, one for each record, sealed for the plea that they belong to. */
final class Answers {
    private static final String FIELD_KIND = "plea-part";

    /** No circle's way. */
    private static final String NO_RECORD = "";

    private Answers() {}

    /** What a trustee answers for one record, and on which way: another circle's answers say nothing there. */
    record Given(String trustee, String way, TrusteeAnswer answer) {}

    static byte[] seal(Keyring keys, UUID plea, Map<UUID, Given> byRecord) {
        JsonObjectBuilder fields = Json.createObjectBuilder();
        byRecord.forEach((record, given) -> fields.add(
                record.toString(),
                Json.createObjectBuilder()
                        .add("trustee", given.trustee())
                        .add("way", given.way())
                        .add(
                                "answer",
                                Base64.getEncoder()
                                        .encodeToString(given.answer().encode()))));
        return keys.sealFields(FIELD_KIND, plea, 1, fields.build());
    }

    /**
     * How many answered together: of one circle, for records of one collection, or for a patient who had no record yet. Those of another
     * circle do not add to them. An answer that does not open counts for nobody.
     */
    static int together(Keyring keys, UUID plea, List<PleaAnswer> answers) {
        Map<String, Set<String>> byWay = new HashMap<>();
        for (PleaAnswer each : answers) {
            for (String way : ways(keys, plea, each)) {
                byWay.computeIfAbsent(way, first -> new HashSet<>()).add(each.trustee());
            }
        }
        return byWay.values().stream().mapToInt(Set::size).max().orElse(0);
    }

    private static List<String> ways(Keyring keys, UUID plea, PleaAnswer answer) {
        try {
            List<String> ways = keys.openFields(FIELD_KIND, plea, 1, answer.sealed()).values().stream()
                    .map(one -> one.asJsonObject().getString("way"))
                    .toList();
            return ways.isEmpty() ? List.of(NO_RECORD) : ways;
        } catch (GeneralSecurityException damaged) {
            return List.of();
        }
    }

    /** What most answered for one record on the same way; an answer of another plea does not open here. */
    static List<Given> of(Keyring keys, UUID plea, UUID record, List<PleaAnswer> answers)
            throws GeneralSecurityException {
        Map<String, List<Given>> byWay = new LinkedHashMap<>();
        for (PleaAnswer each : answers) {
            JsonObject one = keys.openFields(FIELD_KIND, plea, 1, each.sealed()).getJsonObject(record.toString());
            if (one != null) {
                String way = one.getString("way");
                TrusteeAnswer answer = TrusteeAnswer.decode(Base64.getDecoder().decode(one.getString("answer")));
                byWay.computeIfAbsent(way, first -> new ArrayList<>())
                        .add(new Given(one.getString("trustee"), way, answer));
            }
        }
        return byWay.values().stream().max(Comparator.comparing(List::size)).orElseGet(List::of);
    }
}
