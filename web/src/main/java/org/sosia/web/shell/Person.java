package org.sosia.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.stream.Collectors;

/** Who sits in front of the page, as the header names her. */
@Named
@RequestScoped
public class Person {
    @Inject
    HttpServletRequest request;

    @Inject
    Words words;

    /** Whether somebody is signed in. */
    public boolean isSignedIn() {
        return request.getUserPrincipal() != null;
    }

    /** Her name. */
    public String getName() {
        return Objects.requireNonNull(request.getUserPrincipal()).getName();
    }

    /** Her roles in words. */
    public String getRoleNames() {
        return Role.of(request).map(role -> words.get(role.label())).collect(Collectors.joining(", "));
    }

    /** Whether the header shows the mark of a session that passed the gate. */
    public boolean isVerified() {
        return false;
    }
}
