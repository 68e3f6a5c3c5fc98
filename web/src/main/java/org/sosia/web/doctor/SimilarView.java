package org.sosia.web.doctor;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.imaging.UnsupportedImageException;
import org.sosia.keys.IntegrityException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.retrieval.ProofRequiredException;
import org.sosia.similar.SearchNotGrantedException;
import org.sosia.similar.SearchUnavailableException;
import org.sosia.similar.SimilarImage;
import org.sosia.similar.SimilarImages;
import org.sosia.similar.Similarity;
import org.sosia.similar.TooManySearchesException;
import org.sosia.similar.Wish;
import org.sosia.web.shell.Identifiers;
import org.sosia.web.shell.Screen;

/** Backs the page on which a doctor looks for similar images: with one she brings, or with that of a record whose gate she passed. */
@Named("similar")
@ViewScoped
public class SimilarView implements Serializable {
    @Inject
    Similarity similarity;

    @Inject
    Screen screen;

    private @Nullable String record;
    private int count = 10;
    private boolean pruned;
    private transient @Nullable Part image;
    private transient @Nullable SimilarImages result;

    /** Searches with the image that was chosen, else with the record's. */
    public void search() throws NoSuchRecordException, ProofRequiredException, IntegrityException, IOException {
        Part brought = image;
        image = null;
        result = null;
        Wish wish = new Wish(count, null, pruned);
        try {
            if (brought != null && brought.getSize() > 0) {
                try (InputStream bytes = brought.getInputStream()) {
                    result = similarity.nearest(bytes, wish);
                }
            } else if (record != null) {
                result = similarity.nearestTo(
                        Identifiers.parse(record).orElseThrow(NoSuchRecordException::new), null, wish);
            } else {
                screen.refuse("similar.missing");
            }
        } catch (UnsupportedImageException unsupported) {
            screen.refuse("similar.unsupported", unsupported.reason());
        } catch (SearchNotGrantedException notAllowed) {
            screen.refuse("similar.not-pruned", notAllowed.refused(), notAllowed.rows());
        } catch (TooManySearchesException tooMany) {
            screen.refuse("similar.too-many");
        } catch (SearchUnavailableException unavailable) {
            screen.refuse("similar.unavailable");
        } catch (InvalidValueException | TypingErrorException never) {
            throw new IllegalStateException(never);
        }
    }

    /** How many grey levels two images differ by in the root mean square of a pixel, or nothing where distances are withheld. */
    public String distance(SimilarImage each) {
        Integer squared = each.squaredDistance();
        SimilarImages known = result;
        return squared == null || known == null
                ? ""
                : String.format(java.util.Locale.ROOT, "%.1f", Math.sqrt(squared / (double) known.dimensions()));
    }

    /** The share of images that the bound did not reject, in percent. */
    public String getKeptShare() {
        SimilarImages known = result;
        return known == null || known.searched() == 0
                ? ""
                : String.format(java.util.Locale.ROOT, "%.1f %%", 100.0 * known.kept() / known.searched());
    }

    public @Nullable SimilarImages getResult() {
        return result;
    }

    public int[] getCounts() {
        return new int[] {5, 10, 20, 50};
    }

    public int getCount() {
        return count;
    }

    public void setCount(int count) {
        this.count = count;
    }

    public boolean isPruned() {
        return pruned;
    }

    public void setPruned(boolean pruned) {
        this.pruned = pruned;
    }

    public @Nullable Part getImage() {
        return image;
    }

    public void setImage(@Nullable Part image) {
        this.image = image;
    }

    public @Nullable String getRecord() {
        return record;
    }

    public void setRecord(@Nullable String record) {
        this.record = record == null || record.isEmpty() ? null : record;
    }
}
