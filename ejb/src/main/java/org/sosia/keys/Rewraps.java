package org.sosia.keys;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sosia.crypto.envelope.Header;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.NamingRecord;

/**
 * Headers made anew by their owners' keys, for the newest issues of their attributes and the newest master key: another policy slot for the same seed. The content stays as it is.
 * docs/adr/0005, docs/adr/0007.
 */
public final class Rewraps {

    /** What holds a job up that met a record which does not open for its owner. */
    public static final String DAMAGED = "records do not open for their owners";

    private static final Logger LOG = Logger.getLogger(Rewraps.class.getName());

    private Rewraps() {}

    /** What does not open is left behind: fewer come back than were given. */
    public static List<NamingRecord.Rewrapped> of(Keyring keys, Cloud store, List<NamingRecord> records) {
        List<NamingRecord.Rewrapped> headers = new ArrayList<>();
        Epochs epochs = Epochs.of(store);
        for (NamingRecord record : records) {
            try {
                headers.add(record.with(rewrapped(keys, epochs, record)));
            } catch (GeneralSecurityException tampered) {
                LOG.log(Level.SEVERE, "record " + record.id() + " does not open for its owner", tampered);
            }
        }
        return headers;
    }

    private static byte[] rewrapped(Keyring keys, Epochs epochs, NamingRecord record) throws GeneralSecurityException {
        Header header = Header.decode(record.header());
        return header.withIssues(
                        keys.collection(record.owner(), header),
                        keys.parameters(),
                        epochs::newest,
                        keys.signingKey(record.owner()),
                        keys.caOf(header.signature()))
                .encode();
    }
}
