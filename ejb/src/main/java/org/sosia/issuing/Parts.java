package org.sosia.issuing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sosia.crypto.abe.PartialTransformKey;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.Keyring;
import org.sosia.persistence.CommissionPart;

/** What authorities gave, each sealed for the order and the giver: a part of another order, or in another's name, does not open. */
final class Parts {
    private static final String FIELD_KIND = "commission-part";

    private Parts() {}

    /**
     * Seals one.
     *
     * @param part what she gave; empty where she gave her word
     * @param identity how she made sure of who asks; empty where nobody asked
     */
    static byte[] seal(Keyring keys, UUID order, String giver, byte[] part, String identity) {
        return keys.sealFields(
                FIELD_KIND,
                order,
                1,
                Json.createObjectBuilder()
                        .add("giver", giver)
                        .add("part", Base64.getEncoder().encodeToString(part))
                        .add("identity", identity)
                        .build());
    }

    /** The parts of an order by giver, in the order in which they were given. */
    static Map<String, byte[]> open(Keyring keys, UUID order, List<CommissionPart> given)
            throws GeneralSecurityException, IntegrityException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (CommissionPart each : given) {
            JsonObject fields = keys.openFields(FIELD_KIND, order, 1, each.sealed());
            if (!fields.getString("giver").equals(each.giver())) {
                throw new IntegrityException();
            }
            parts.put(each.giver(), Base64.getDecoder().decode(fields.getString("part")));
        }
        return parts;
    }

    static PartialTransformKey decode(byte[] part) throws GeneralSecurityException {
        return PartialTransformKey.decode(part);
    }
}
