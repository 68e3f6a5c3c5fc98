package org.sosia.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.UUID;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.keys.IntegrityException;
import org.sosia.retrieval.Retrieval;

/** What a record is called where a list knows only which one it is. */
@Named("recordName")
@RequestScoped
public class RecordNames {
    @Inject
    Retrieval retrieval;

    @Inject
    Formats show;

    @Inject
    Words words;

    /** Its name; the beginning of its identifier where it is gone, or not the reader's to know. */
    public String of(UUID record) {
        try {
            return show.name(retrieval.get(record));
        } catch (NoSuchRecordException gone) {
            return show.id(record);
        } catch (IntegrityException tampered) {
            return words.get("record.damaged");
        }
    }
}
