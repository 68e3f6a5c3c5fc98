package org.sosia.crypto.reencryption;

import static org.sosia.crypto.envelope.SealedRecord.AUTHORITY;
import static org.sosia.crypto.envelope.SealedRecord.CA;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;
import static org.sosia.crypto.envelope.SealedRecord.PARAMETERS;
import static org.sosia.crypto.envelope.SealedRecord.SIGNER;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.UUID;
import org.sosia.crypto.abe.UserKeys;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.IssuedGrant;
import org.sosia.crypto.envelope.OpenedEnvelope;
import org.sosia.crypto.envelope.SealedRecord;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;

/** What most tests of re-encryption start from: an owner, a nurse with a grant, and how the nurse opens. */
final class Handover {
    static final Delegator OLGA = new Delegator(COLLECTION, 0, SIGNER);
    static final Attribute NURSE = Attribute.of("role", "nurse");
    static final UserKeys NINA = AUTHORITY.keyGen(Set.of(NURSE));
    static final IssuedGrant GRANT = COLLECTION.issueGrant();

    private Handover() {}

    static IssuedReKey toNursesWithApproval() {
        try {
            return OLGA.toPolicyAndApproval(UUID.randomUUID(), PARAMETERS, AccessPolicy.parse("role:nurse"));
        } catch (GeneralSecurityException | PolicySyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static IssuedReKey toNurses() {
        try {
            return OLGA.toPolicy(UUID.randomUUID(), PARAMETERS, AccessPolicy.parse("role:nurse"));
        } catch (GeneralSecurityException | PolicySyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static SealedRecord record(CollectionKeys collection) {
        return SealedRecord.of(
                UUID.randomUUID(), SealedRecord.POLICY, collection, "content".getBytes(StandardCharsets.UTF_8));
    }

    static DelegationSecret openedByNina(Delegation delegation) throws GeneralSecurityException {
        PolicyTarget target = (PolicyTarget) delegation.target();
        if (target.approvable().isEmpty()) {
            return delegation.open(PARAMETERS, target.transform(NINA.transformKey()), NINA.retrievalKey());
        }
        return delegation.open(
                PARAMETERS,
                target.transform(NINA.transformKey()),
                NINA.retrievalKey(),
                GRANT.half().convert(target.approvable().orElseThrow()),
                GRANT.partialKey());
    }

    static OpenedEnvelope read(IssuedReKey issued, Header header) throws GeneralSecurityException {
        return openedByNina(issued.delegation()).open(header, issued.reKey().convert(header, CA.certificate()));
    }
}
