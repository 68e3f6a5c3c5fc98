package org.sosia.crypto.grant;

import org.sosia.crypto.pairing.G1;

/** What is locked with an owner's approval: it shows the lock and names the key pair it was made with. */
public interface Approvable {
    /**
     * The public half of the owner's approval key, PK_g = g1^(o_g).
     *
     * @return names the collection and epoch
     */
    G1 approvalKey();

    /**
     * The lock of this record, C_g = PK_g^(k_g).
     *
     * @return differs for every record
     */
    G1 approvalLock();
}
