package org.sosia.web.content;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.keys.IntegrityException;
import org.sosia.retrieval.ProofRequiredException;
import org.sosia.retrieval.RangeNotSatisfiableException;
import org.sosia.retrieval.RecordView;
import org.sosia.retrieval.Retrieval;
import org.sosia.web.shell.Words;

/** Shows the beginning of a record as text, in the answer to one request and nowhere else. */
@Named("preview")
@RequestScoped
public class PreviewView {
    /** As much text as a reader skims; the rest is in the download. */
    private static final int TEXT_BYTES = 64 * 1024;

    /** A document is parsed as a whole, so it is bounded as a whole. */
    private static final int DOCUMENT_BYTES = 8 * 1024 * 1024;

    @Inject
    Retrieval retrieval;

    @Inject
    Words words;

    private @Nullable UUID read;
    private String text = "";

    /** How the record can be shown. */
    public Preview way(RecordView record) {
        var way = Preview.of(record.mediaType());
        return way == Preview.PAGES && record.size() > DOCUMENT_BYTES ? Preview.NONE : way;
    }

    /** Whether {@link #text} leaves something out. */
    public boolean isCut(RecordView record) {
        return way(record) == Preview.TEXT && record.size() > TEXT_BYTES;
    }

    /** The record's text, or its beginning; empty where it has none. */
    public String text(RecordView record) throws NoSuchRecordException, IntegrityException {
        if (!record.id().equals(read)) {
            text = open(record);
            read = record.id();
        }
        return text;
    }

    private String open(RecordView record) throws NoSuchRecordException, IntegrityException {
        try (var body = retrieval.open(record.id(), null, null).body()) {
            return way(record) == Preview.PAGES
                    ? pages(body)
                    : new String(body.readNBytes(TEXT_BYTES), StandardCharsets.UTF_8);
        } catch (RangeNotSatisfiableException empty) {
            return "";
        } catch (ProofRequiredException closed) {
            return words.get("preview.closed");
        } catch (TypingErrorException noKeyWasTyped) {
            throw new IllegalStateException(noKeyWasTyped);
        } catch (IOException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private static String pages(InputStream body) throws IOException {
        return PageText.of(body.readNBytes(DOCUMENT_BYTES));
    }
}
