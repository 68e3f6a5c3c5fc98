package org.sosia.persistence;

import java.io.Serializable;
import java.util.Objects;

/** The two parts of a transform key's key, as the persistence provider wants them. */
public class TransformKeyId implements Serializable {

    private String realm;
    private String subject;

    /** For the container, which fills the fields. */
    public TransformKeyId() {
        this("", "");
    }

    TransformKeyId(String realm, String subject) {
        this.realm = realm;
        this.subject = subject;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TransformKeyId that && realm.equals(that.realm) && subject.equals(that.subject);
    }

    @Override
    public int hashCode() {
        return Objects.hash(realm, subject);
    }
}
