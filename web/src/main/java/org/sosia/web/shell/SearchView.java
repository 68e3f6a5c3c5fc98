package org.sosia.web.shell;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.decoy.RecordKind;
import org.sosia.keys.IntegrityException;
import org.sosia.paging.Page;
import org.sosia.patients.PatientView;
import org.sosia.patients.Patients;
import org.sosia.refusal.InvalidValueException;
import org.sosia.retrieval.RecordView;
import org.sosia.retrieval.Selection;
import org.sosia.search.NoSuchSearchException;
import org.sosia.search.SavedSearch;
import org.sosia.search.Search;
import org.sosia.search.SearchQuery;
import org.sosia.search.SearchResult;

/** Backs the page on which an owner or a doctor finds records by words. Nothing is searched before she asks. */
@Named("wordSearch")
@ViewScoped
public class SearchView implements Serializable {
    private static final int ROWS = 20;

    @Inject
    Search search;

    @Inject
    Patients patients;

    @Inject
    Screen screen;

    private String words = "";
    private boolean all = true;
    private @Nullable String kind;
    private @Nullable String patient;
    private @Nullable LocalDate from;
    private @Nullable LocalDate until;
    private String name = "";
    private transient @Nullable SearchResult first;
    private transient SearchResult.@Nullable Learned learned;
    private transient @Nullable List<SavedSearch> saved;
    private transient @Nullable List<PatientView> known;
    private boolean asked;
    private final CursorModel<RecordView> rows = new CursorModel<>(this::page);

    /** Looks, and remembers the first page for the table, which would look again. */
    public void find() {
        try {
            first = search.find(query(), null, ROWS);
            learned = first.learned();
            asked = true;
            rows.restart();
        } catch (InvalidValueException refused) {
            screen.refuseAt("search:words", "search.refused");
        }
    }

    private Page<RecordView> page(@Nullable String after, int limit) throws InvalidValueException {
        if (!asked) {
            return new Page<>(List.of(), null);
        }
        var found = first;
        if (found == null || after != null || limit != ROWS) {
            found = search.find(query(), after, limit);
        }
        first = null;
        learned = found.learned();
        return new Page<>(found.items(), found.next());
    }

    private SearchQuery query() {
        var among = new Selection(
                Identifiers.parse(patient).orElse(null),
                Optional.ofNullable(kind).map(RecordKind::of).orElse(null),
                from,
                until);
        return new SearchQuery(Typed.words(words), all, among);
    }

    /** Keeps what is asked for under a name. */
    public void save() {
        try {
            var kept = search.save(name, query());
            saved = null;
            name = "";
            screen.done("search.kept", kept.name());
        } catch (InvalidValueException refused) {
            screen.refuse("name".equals(refused.field()) ? "search.name-refused" : "search.refused");
        }
    }

    /** Asks for what was kept. */
    public void again(UUID id) {
        getSaved().stream().filter(kept -> kept.id().equals(id)).findFirst().ifPresent(kept -> {
            var query = kept.query();
            words = String.join(" ", query.keywords());
            all = query.all();
            kind = Optional.ofNullable(query.among().kind())
                    .map(RecordKind::text)
                    .orElse(null);
            patient = Optional.ofNullable(query.among().patient())
                    .map(UUID::toString)
                    .orElse(null);
            from = query.among().from();
            until = query.among().until();
            find();
        });
    }

    /** Keeps it no longer. */
    public void forget(UUID id) throws NoSuchSearchException {
        search.forget(id);
        saved = null;
    }

    public CursorModel<RecordView> getRows() {
        return rows;
    }

    /** Whether something was looked for on this page. */
    public boolean isAsked() {
        return asked;
    }

    /** What the last search told the clouds; null before the first. */
    public SearchResult.@Nullable Learned getLearned() {
        return learned;
    }

    /** The reader's own words, with which she found something before. */
    public List<String> getVocabulary() {
        return search.suggest("");
    }

    /** What she kept; read once a request. */
    public List<SavedSearch> getSaved() {
        var read = saved;
        if (read == null) {
            read = search.saved();
            saved = read;
        }
        return read;
    }

    /** Whose records can be asked for: the first of those whom she knows. */
    public List<PatientView> getPatients() throws IntegrityException, InvalidValueException {
        var read = known;
        if (read == null) {
            read = patients.list(null, Page.MOST).items();
            known = read;
        }
        return read;
    }

    public String getWords() {
        return words;
    }

    public void setWords(@Nullable String words) {
        this.words = words == null ? "" : words;
    }

    public boolean isAll() {
        return all;
    }

    public void setAll(boolean all) {
        this.all = all;
    }

    public @Nullable String getKind() {
        return kind;
    }

    public void setKind(@Nullable String kind) {
        this.kind = kind == null || kind.isEmpty() ? null : kind;
    }

    public @Nullable String getPatient() {
        return patient;
    }

    public void setPatient(@Nullable String patient) {
        this.patient = patient;
    }

    public @Nullable LocalDate getFrom() {
        return from;
    }

    public void setFrom(@Nullable LocalDate from) {
        this.from = from;
    }

    public @Nullable LocalDate getUntil() {
        return until;
    }

    public void setUntil(@Nullable LocalDate until) {
        this.until = until;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name == null ? "" : name;
    }
}
