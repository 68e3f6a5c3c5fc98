package org.sosia.attributes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What everybody may know of a hospital's keys: enough to seal and to verify, not to open. Bytes are in standard base 64.
 *
 * @param suite the scheme: ciphertext-policy attribute-based encryption by Waters (PKC 2011) with outsourced decryption
 * @param curve the pairing curve
 * @param encoded the public parameters that new records are sealed for, docs/FORMATS.md
 * @param digest SHA-256 of them, in lower-case hex behind {@code sha-256:}
 * @param certificate the hospital's certificate authority: X.509, DER
 * @param keyAuthority the certificate under which the key authority signs its receipts: X.509, DER
 * @param formerAuthorities the certificate authorities before, the oldest first
 * @param keeper the keys of the cloud that keeps the grants, the newest last
 * @param mediator the keys of the mediating cloud, the newest last
 * @param change both sets of public parameters, while the master key is being exchanged; otherwise null
 */
public record ParametersView(
        String suite,
        String curve,
        String encoded,
        String digest,
        String certificate,
        String keyAuthority,
        List<FormerAuthorityView> formerAuthorities,
        List<OperatorKeyView> keeper,
        List<OperatorKeyView> mediator,
        @Nullable ParametersChangeView change) {}
