package org.sosia.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;

/** Against what another program wrote from docs/FORMATS.md. */
@Tag("both-engines")
class CollectionKeyringVectorsTest {
    @Test
    void aKeyringHoldsTheKeysOfItsEpochsInOrder() throws Exception {
        Json vector = Json.resource("sosia/collection-keyring-1.json");
        SecretBytes encoded = SecretBytes.copyOf(vector.hex("encoded"));
        CollectionKeyring keyring = CollectionKeyring.decode(encoded);
        List<Json> epochs = vector.get("epochs").list();
        assertThat(keyring.epoch()).isEqualTo(epochs.size() - 1);
        for (int epoch = 0; epoch < epochs.size(); epoch++) {
            String keys = epochs.get(epoch).toString();
            assertThat(keyring.ofEpoch(epoch).encode())
                    .isEqualTo(SecretBytes.copyOf(java.util.HexFormat.of().parseHex(keys)));
        }
        assertThat(keyring.encode()).isEqualTo(encoded);
    }
}
