package org.sosia.similar;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.nearest.Question;
import org.sosia.crypto.nearest.Side;
import org.sosia.indexing.Gallery;
import org.sosia.indexing.Indexer;
import org.sosia.lane.Hospital;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.persistence.GalleryRefusedException;
import org.sosia.persistence.GalleryRow;
import org.sosia.persistence.StoreFailedException;

/** Puts a question to both clouds at the same time and their answers together. Either both answer, or there is no part of a result. */
@ApplicationScoped
class Inquiry {

    private static final Logger LOG = Logger.getLogger(Inquiry.class.getName());

    private static final int MOST_DISAGREEMENTS = 4;
    private static final int MOST_DISCONNECTIONS = 3;
    private static final int PATIENCE_SECONDS = 20;

    @Inject
    Tokens tokens;

    @Inject
    Indexer indexer;

    /** What was searched, and what was found in it. */
    record Finding(List<GalleryRow> rows, Question.Result result) {}

    /** @param searchable what may be searched; asked anew for each try, because rows come and go */
    Finding ask(
            Hospital hospital,
            Gallery gallery,
            String who,
            Supplier<List<GalleryRow>> searchable,
            byte[] vector,
            int k,
            boolean pruned)
            throws TooManySearchesException, SearchUnavailableException {
        int disagreed = 0;
        int disconnected = 0;
        while (disagreed < MOST_DISAGREEMENTS && disconnected < MOST_DISCONNECTIONS) {
            List<GalleryRow> rows = searchable.get();
            if (rows.isEmpty()) {
                return new Finding(rows, new Question.Result(List.of(), 0, 0));
            }
            try {
                boolean distances = rows.stream().allMatch(GalleryRow::distances);
                return new Finding(rows, once(gallery, who, rows, vector, k, distances, pruned));
            } catch (GalleryRefusedException refused) {
                LOG.log(Level.INFO, "a search of {0} was refused: {1}", new Object[] {gallery, refused.why()});
                switch (refused.why()) {
                    case DISAGREE, NOT_GRANTED -> mend(hospital, gallery, ++disagreed);
                    // A server that began anew has another connection, which the other one finds out by using the old
                    // one.
                    case UNAVAILABLE -> disconnected++;
                    case TOO_MANY -> throw new TooManySearchesException();
                    case TOKEN_SPENT_OR_UNKNOWN, MALFORMED -> throw new SearchUnavailableException();
                }
            }
        }
        throw new SearchUnavailableException();
    }

    /** Most often the second cloud has only not heard of something yet. */
    private void mend(Hospital hospital, Gallery gallery, int disagreed) {
        if (disagreed == 1) {
            indexer.catchUp(hospital, gallery);
        } else if (disagreed == 2) {
            indexer.reconcile(hospital, gallery);
        }
    }

    private Question.Result once(
            Gallery gallery, String who, List<GalleryRow> rows, byte[] vector, int k, boolean distances, boolean pruned)
            throws GalleryRefusedException, SearchUnavailableException {
        Question question = new Question(tokens.deal(gallery, rows, k, pruned), vector, k, distances);
        int[] numbers = rows.stream().mapToInt(GalleryRow::number).toArray();
        CompletableFuture<byte[]> a = gallery.first().answer(gallery.a(), who, numbers, question.request(Side.A));
        CompletableFuture<byte[]> b = gallery.second().answer(gallery.b(), who, numbers, question.request(Side.B));
        try {
            bothOrTheFirstRefusal(a, b).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return question.read(a.join(), b.join());
        } catch (ExecutionException refused) {
            throw refusal(refused.getCause());
        } catch (TimeoutException | MalformedException noResult) {
            throw new SearchUnavailableException();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new SearchUnavailableException();
        }
    }

    /** Whoever refuses need not be waited for by whom the other one lets wait. */
    private static CompletableFuture<Void> bothOrTheFirstRefusal(
            CompletableFuture<byte[]> a, CompletableFuture<byte[]> b) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        var unusedA = a.whenComplete((answer, refusal) -> ended(end, refusal, b));
        var unusedB = b.whenComplete((answer, refusal) -> ended(end, refusal, a));
        return end;
    }

    private static void ended(
            CompletableFuture<Void> end, @Nullable Throwable refusal, CompletableFuture<byte[]> other) {
        if (refusal != null) {
            end.completeExceptionally(refusal);
        } else if (other.isDone() && !other.isCompletedExceptionally()) {
            end.complete(null);
        }
    }

    private static GalleryRefusedException refusal(@Nullable Throwable cause) throws SearchUnavailableException {
        Throwable why = cause;
        while (why != null) {
            if (why instanceof GalleryRefusedException refused) {
                return refused;
            }
            if (why instanceof StoreFailedException failed) {
                throw new StoreUnavailableException(failed);
            }
            why = why.getCause();
        }
        LOG.log(Level.WARNING, "a search failed", cause);
        throw new SearchUnavailableException();
    }
}
