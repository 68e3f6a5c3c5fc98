package org.sosia.crypto.envelope;

import java.security.GeneralSecurityException;
import org.sosia.crypto.abe.PolicyLock;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.envelope.HeaderCore.Bytes;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.policy.AccessPolicy;

/** The slot for everybody but the owner: attributes and approval together. docs/FORMATS.md, section Header. */
record PolicySlot(AccessPolicy policy, G1 approvalLock, PolicyLock policyLock, Bytes wrapped) {
    private static final byte POLICY_AND_APPROVAL_SLOT = 2;

    static PolicySlot read(ByteReader reader) throws GeneralSecurityException {
        reader.expect(POLICY_AND_APPROVAL_SLOT);
        AccessPolicy policy = AccessPolicy.decode(reader.sized(AccessPolicy.MAX_CANONICAL_BYTES));
        G1 approvalLock = G1.decode(reader.fixed(G1.BYTES));
        PolicyLock policyLock = PolicyLock.read(reader, policy);
        return new PolicySlot(policy, approvalLock, policyLock, new Bytes(reader.fixed(SlotWrap.BYTES)));
    }

    byte[] encode() {
        ByteWriter writer = new ByteWriter()
                .u8(POLICY_AND_APPROVAL_SLOT)
                .sized(policy.canonical())
                .fixed(approvalLock.encode());
        policyLock.write(writer);
        return writer.fixed(wrapped.copy()).toByteArray();
    }

    /** ctx: what this slot is bound to, the whole core and the policy. */
    static byte[] context(HeaderCore core, AccessPolicy policy) {
        return Digests.sha256(
                core.encode(),
                new ByteWriter()
                        .u8(POLICY_AND_APPROVAL_SLOT)
                        .sized(policy.canonical())
                        .toByteArray());
    }
}
