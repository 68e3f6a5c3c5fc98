package org.sosia.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Collectors;
import org.sosia.identity.Caller;
import org.sosia.identity.Roles;
import org.sosia.lane.Gate;
import org.sosia.lane.GateState;

/** Who sits in front of the page, as the header names her. */
@Named
@RequestScoped
public class Person {
    @Inject
    HttpServletRequest request;

    @Inject
    Caller caller;

    @Inject
    Gate gate;

    @Inject
    Words words;

    /** Whether somebody is signed in. */
    public boolean isSignedIn() {
        return !caller.subject().isEmpty();
    }

    /** Her name. */
    public String getName() {
        return caller.credentials().name();
    }

    /** Her roles in words. */
    public String getRoleNames() {
        return Role.of(request).map(role -> words.get(role.label())).collect(Collectors.joining(", "));
    }

    /** Whether the header shows the mark of a session that passed the gate; a deceived session looks the same. */
    public boolean isVerified() {
        return request.isUserInRole(Roles.DOCTOR) && gate.state() == GateState.OPEN;
    }
}
