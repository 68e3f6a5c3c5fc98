package org.sosia.web.desk;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sosia.alerts.Alerts;
import org.sosia.alerts.IncidentState;
import org.sosia.alerts.IncidentView;
import org.sosia.alerts.NoSuchIncidentException;
import org.sosia.incidents.Technique;
import org.sosia.keys.IntegrityException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.web.shell.Appearance;
import org.sosia.web.shell.CursorModel;
import org.sosia.web.shell.Identifiers;
import org.sosia.web.shell.Screen;
import org.sosia.web.shell.Words;

/** Backs the security desk's live list of incidents. */
@Named("incidents")
@ViewScoped
public class IncidentsView implements Serializable {
    /** As many as one look at the list can count; the chart says so when there are more. */
    private static final int INCIDENTS_TO_COUNT = 200;

    @Inject
    Alerts alerts;

    @Inject
    Screen screen;

    @Inject
    Words words;

    @Inject
    Appearance appearance;

    private @Nullable IncidentState state = IncidentState.OPEN;
    private @Nullable Technique technique;
    private final CursorModel<IncidentView> rows =
            new CursorModel<>((after, limit) -> alerts.list(state, technique, after, limit));

    /** Says that somebody has looked at the incident of this number, wherever it stands in the list by now. */
    public void acknowledge(String incident) throws NoSuchIncidentException, IntegrityException {
        alerts.acknowledge(Identifiers.parse(incident).orElseThrow(NoSuchIncidentException::new));
        screen.done("incidents.acknowledged");
    }

    /** How many are open, up to {@value #INCIDENTS_TO_COUNT}. */
    public int getOpen() throws InvalidValueException, IntegrityException {
        return alerts.list(IncidentState.OPEN, null, null, INCIDENTS_TO_COUNT)
                .items()
                .size();
    }

    /** Incidents per hour of the last day, as Chart.js wants them. */
    public String getChart() throws InvalidValueException, IntegrityException {
        return hours().toChart(words.get("incidents.per-hour"), appearance.zone());
    }

    /** What the chart shows, in words. */
    public String getChartInWords() throws InvalidValueException, IntegrityException {
        var hours = hours();
        return words.get("incidents.chart-in-words", hours.total(), hours.most());
    }

    private Hours hours() throws InvalidValueException, IntegrityException {
        return Hours.of(
                alerts.list(null, null, null, INCIDENTS_TO_COUNT).items().stream()
                        .map(IncidentView::lastAt)
                        .toList(),
                Instant.now());
    }

    public CursorModel<IncidentView> getRows() {
        return rows;
    }

    public IncidentState[] getStates() {
        return IncidentState.values();
    }

    public @Nullable IncidentState getState() {
        return state;
    }

    public void setState(@Nullable IncidentState state) {
        this.state = state;
    }

    public Technique[] getTechniques() {
        return Technique.values();
    }

    public @Nullable Technique getTechnique() {
        return technique;
    }

    public void setTechnique(@Nullable Technique technique) {
        this.technique = technique;
    }
}
