package org.sosia.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Where the signed-in person can go. */
@Named
@RequestScoped
public class Navigation {
    @Inject
    HttpServletRequest request;

    /** Every place of every role she has. */
    public List<Place> getPlaces() {
        return Role.of(request)
                .flatMap(role -> role.places(request.getServletPath()))
                .toList();
    }

    /** Her first role's start page; the public start page for a person without a role. */
    public String getHome() {
        return Role.of(request).findFirst().map(Role::home).orElse("/index.xhtml");
    }

    /** Where she may have the record recovered that a page says is damaged; empty if no page says so, or she may not. */
    public String getRecovery() {
        return Identifiers.parse(request.getParameter("record"))
                .flatMap(record -> Role.of(request)
                        .filter(Role::mayRecover)
                        .findFirst()
                        .map(role -> role.folder() + "recover.xhtml?id=" + record))
                .orElse("");
    }

    /** Whether she has any role here. */
    public boolean isWelcome() {
        return Role.of(request).findAny().isPresent();
    }
}
