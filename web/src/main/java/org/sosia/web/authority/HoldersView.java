package org.sosia.web.authority;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sosia.attributes.AttributeView;
import org.sosia.attributes.Attributes;
import org.sosia.attributes.NoSuchAttributeException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.jobs.JobView;
import org.sosia.jobs.NoSuchJobException;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.paging.Page;
import org.sosia.refusal.InvalidValueException;
import org.sosia.registration.NoSuchPersonException;
import org.sosia.web.shell.CursorModel;
import org.sosia.web.shell.Screen;

/** Backs the page on which the key authority takes attributes back, gives them, and watches records follow. */
@Named("holders")
@ViewScoped
public class HoldersView implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Attributes attributes;

    @Inject
    Screen screen;

    @Inject
    AttributeRevealed revealed;

    private transient @Nullable List<AttributeView> all;
    private final CursorModel<AttributeView> named = new CursorModel<>(this::page);
    private String words = "";
    private transient @Nullable List<JobView> jobs;
    private String attribute = "";
    private String user = "";
    private String name = "";
    private String to = "";

    /** Shows who holds this attribute. */
    public void choose(AttributeView chosen) {
        attribute = chosen.name();
    }

    /** The dialog is about this person from now on. */
    public void consider(AttributeView.Holder holder) {
        user = holder.subject();
        name = holder.name();
    }

    /** Takes the attribute from the person; the receipt is in {@link AttributeRevealed}. */
    public void revoke() throws StepUpRequiredException, IntegrityException {
        try {
            revealed.show(attributes.revoke(attribute, user));
            screen.done("holders.revoked", attribute, name);
        } catch (NoSuchAttributeException | NoSuchPersonException changed) {
            screen.refuse("holders.gone");
        }
        all = null;
        jobs = null;
    }

    /** Gives the attribute to whoever has the account that was typed, for the first time or again. */
    public void give() throws StepUpRequiredException, IntegrityException {
        try {
            attributes.give(attribute, to.strip());
            screen.done("holders.given", to.strip(), attribute);
            to = "";
        } catch (NoSuchAttributeException | NoSuchPersonException unknown) {
            screen.refuseAt("list:to", "holders.to-unknown");
        } catch (InvalidValueException tooMany) {
            screen.refuseAt("list:to", "holders.too-many", RegisteredPerson.MOST_ATTRIBUTES);
        }
        all = null;
    }

    /** Stops a job. */
    public void stop(JobView job) throws NoSuchJobException {
        attributes.stop(job.id());
        screen.done("jobs.stopped", job.name());
        jobs = null;
    }

    /** Lets a stopped job go on. */
    public void resume(JobView job) throws NoSuchJobException {
        attributes.resume(job.id());
        screen.done("jobs.resumed", job.name());
        jobs = null;
    }

    /** Looks again at what may have changed by itself; at the attributes only when the last job ended, for they are read person by person. */
    public void refresh() {
        boolean wasBusy = isBusy();
        jobs = null;
        if (wasBusy && !isBusy()) {
            all = null;
        }
    }

    /** The attributes in whose names the words are. */
    private Page<AttributeView> page(@Nullable String after, int limit) throws IntegrityException {
        String part = words.strip().toLowerCase(Locale.ROOT);
        List<AttributeView> found = all().stream()
                .filter(each -> each.name().toLowerCase(Locale.ROOT).contains(part))
                .toList();
        return CursorModel.cut(found, after, limit);
    }

    /** The attributes, by name. */
    public CursorModel<AttributeView> getNamed() {
        return named;
    }

    private List<AttributeView> all() throws IntegrityException {
        List<AttributeView> known = all;
        if (known == null) {
            known = attributes.list();
            all = known;
        }
        return known;
    }

    /** Who holds the chosen attribute. */
    public List<AttributeView.Holder> getRows() throws IntegrityException {
        return all().stream()
                .filter(each -> each.name().equals(attribute))
                .findFirst()
                .map(AttributeView::holders)
                .orElse(List.of());
    }

    /** The newest jobs. */
    public List<JobView> getJobs() {
        List<JobView> known = jobs;
        if (known == null) {
            known = attributes.jobs();
            jobs = known;
        }
        return known;
    }

    /** Whether a job is under way, so that it is worth looking again. */
    public boolean isBusy() {
        return getJobs().stream().anyMatch(job -> job.state().equals("RUNNING"));
    }

    public String getWords() {
        return words;
    }

    public void setWords(@Nullable String words) {
        this.words = words == null ? "" : words;
    }

    /** The chosen attribute; empty before one is chosen. */
    public String getAttribute() {
        return attribute;
    }

    public String getName() {
        return name;
    }

    /** The account that the chosen attribute is to be given to. */
    public String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = to == null ? "" : to;
    }
}
