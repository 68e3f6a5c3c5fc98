package org.sosia.web.authority;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.jobs.JobView;
import org.sosia.jobs.NoSuchJobException;
import org.sosia.keys.IntegrityException;
import org.sosia.rotation.KeyView;
import org.sosia.rotation.MasterKeySharedException;
import org.sosia.rotation.NoSuchKeyException;
import org.sosia.rotation.Rotations;
import org.sosia.web.shell.Screen;

/** Backs the page on which the key authority puts new keys in the place of old ones. */
@Named("keys")
@ViewScoped
public class KeysView implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Rotations rotations;

    @Inject
    Screen screen;

    private transient @Nullable List<KeyView> rows;
    private String name = "";

    /** The dialog is about this key from now on. */
    public void choose(KeyView chosen) {
        name = chosen.name();
    }

    /** Begins the rotation. */
    public void rotate() throws NoSuchKeyException, StepUpRequiredException, IntegrityException {
        try {
            rotations.rotate(name);
            screen.done("keys.begun");
        } catch (MasterKeySharedException refused) {
            screen.refuse("keys.shared");
        }
        rows = null;
    }

    /** Stops a rotation after the piece under way: keys that were rotated stay so. */
    public void stop(JobView job) throws NoSuchJobException {
        rotations.stop(job.id());
        screen.done("keys.stopped");
        rows = null;
    }

    /** Lets a stopped rotation go on. */
    public void resume(JobView job) throws NoSuchJobException {
        rotations.resume(job.id());
        screen.done("keys.begun");
        rows = null;
    }

    /** Looks again at what may have changed by itself. */
    public void refresh() {
        rows = null;
    }

    /** Every key that can be rotated. */
    public List<KeyView> getRows() {
        List<KeyView> known = rows;
        if (known == null) {
            known = rotations.list();
            rows = known;
        }
        return known;
    }

    public String getName() {
        return name;
    }
}
