package org.sosia.issuing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.abe.RetrievalImage;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.signature.OwnerSigningKey;
import org.sosia.keys.Council;
import org.sosia.keys.KeyOrder;
import org.sosia.keys.KeyReason;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Hospital;
import org.sosia.persistence.Commission;
import org.sosia.persistence.CommissionPart;
import org.sosia.persistence.CommissionState;

/** Orders of one hospital as people see them, and what is signed about them. */
final class Orders {
    private static final String RECEIPT = "sosia-key-recovery-1";

    private Orders() {}

    /** How many authorities have to agree: a council's threshold, or one where the hospital itself makes keys. */
    static int threshold(Hospital hospital) throws GeneralSecurityException {
        return hospital.keys().council().map(Council::threshold).orElse(1);
    }

    static OrderView view(Hospital hospital, Commission commission, String caller) throws GeneralSecurityException {
        KeyOrder order = KeyOrder.open(hospital.keys(), commission);
        List<CommissionPart> parts = hospital.store().commissionParts(commission.id());
        String name = hospital.persons()
                .find(commission.subject())
                .map(RegisteredPerson::name)
                .orElse("");
        return new OrderView(
                commission.id(),
                commission.subject(),
                name,
                commission.kind(),
                commission.state().name(),
                order.attributes().stream()
                        .map(held -> held.inEpoch(1).toText())
                        .distinct()
                        .sorted()
                        .toList(),
                order.note(),
                commission.kind().equals(KeyReason.RECOVERY.name()) && order.isForHerOwnKeeping(),
                parts.size(),
                threshold(hospital),
                parts.stream().anyMatch(part -> part.giver().equals(caller)),
                Base64.getEncoder().encodeToString(order.image().encode()),
                order.attributes().stream().map(Attribute::toText).sorted().toList(),
                commission.createdAt(),
                commission.decidedAt(),
                receipt(commission, order).orElse(null));
    }

    /** What is kept of a recovery: its receipt. */
    static JsonObject receipt(
            Hospital hospital,
            Commission commission,
            RetrievalImage before,
            KeyOrder order,
            List<String> approvers,
            long audit,
            Instant at)
            throws GeneralSecurityException {
        String old = digest(before.encode());
        String fresh = digest(order.image().encode());
        String statement = String.join(
                "\n",
                RECEIPT,
                commission.id().toString(),
                commission.subject(),
                at.toString(),
                old,
                fresh,
                HexFormat.of().formatHex(hospital.keys().parameters().digest()),
                String.join(" ", approvers),
                Long.toString(audit),
                "");
        OwnerSigningKey office = hospital.keys().officeKey();
        byte[] signature =
                office.sign(statement.getBytes(StandardCharsets.UTF_8)).signature();
        Base64.Encoder text = Base64.getEncoder();
        return Json.createObjectBuilder()
                .add("at", at.toString())
                .add("before", old)
                .add("after", fresh)
                .add("approvers", Json.createArrayBuilder(approvers))
                .add("statement", statement)
                .add("signature", text.encodeToString(signature))
                .add("certificate", text.encodeToString(office.certificate().getEncoded()))
                .build();
    }

    private static Optional<RecoveryReceipt> receipt(Commission commission, KeyOrder order) {
        @Nullable JsonObject kept = order.outcome().orElse(null);
        boolean recovered =
                commission.state() == CommissionState.ISSUED && kept != null && kept.containsKey("statement");
        return !recovered || kept == null
                ? Optional.empty()
                : Optional.of(new RecoveryReceipt(
                        commission.id(),
                        commission.subject(),
                        Instant.parse(kept.getString("at")),
                        kept.getString("before"),
                        kept.getString("after"),
                        kept.getJsonArray("approvers").getValuesAs(JsonString::getString),
                        kept.getString("statement"),
                        kept.getString("signature"),
                        kept.getString("certificate")));
    }

    private static String digest(byte[] encoded) {
        return HexFormat.of().formatHex(Digests.sha256(encoded));
    }
}
