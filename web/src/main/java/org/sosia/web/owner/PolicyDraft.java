package org.sosia.web.owner;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.PolicySyntaxException;

/** A policy in the making: put together from choices or written by hand, and looked at meanwhile. */
public final class PolicyDraft implements Serializable {
    private PolicyBuilder builder = new PolicyBuilder();
    private @Nullable String attribute;
    private String text = "";
    private @Nullable PolicyError error;
    private boolean understood;

    /** Begins with a policy as it is; where choices can say it, they show it. */
    void begin(String present) {
        text = present;
        builder = PolicyBuilder.saying(present);
    }

    /** The text becomes what was chosen: the attribute is required beside the last ones. */
    public void require() {
        if (attribute != null) {
            builder.require(builder.groups().size() - 1, attribute);
            write(builder.text());
        }
    }

    /** The text becomes what was chosen: the attribute will do as well. */
    public void allowInstead() {
        if (attribute != null) {
            builder.allowInstead(attribute);
            write(builder.text());
        }
    }

    /** Takes a choice back. */
    public void drop(int group, String dropped) {
        builder.drop(group, dropped);
        write(builder.text());
    }

    /** Says whether the text is a policy, and if not, where it stops being one. */
    public void check() {
        write(text);
    }

    private void write(String written) {
        text = written;
        error = null;
        understood = false;
        if (!written.isBlank()) {
            try {
                AccessPolicy.parse(written);
                understood = true;
            } catch (PolicySyntaxException notUnderstood) {
                error = PolicyError.at(written, notUnderstood.position(), notUnderstood.expected());
            }
        }
    }

    public List<List<String>> getGroups() {
        return builder.groups();
    }

    public @Nullable PolicyError getError() {
        return error;
    }

    public boolean isUnderstood() {
        return understood;
    }

    public @Nullable String getAttribute() {
        return attribute;
    }

    public void setAttribute(@Nullable String attribute) {
        this.attribute = attribute;
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text == null ? "" : text;
    }
}
