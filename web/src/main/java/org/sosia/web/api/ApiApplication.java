package org.sosia.web.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The root of the REST interface, and what its description begins with. */
@ApplicationPath("/api/v1")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Sosia",
                        version = "1",
                        description =
                                "Sharing of medical records through storage that the hospital does not trust. Lists answer"
                                        + " {items, next}; pass next as `after` for the page that follows. Errors are problem details"
                                        + " (RFC 9457) whose `type` is stable. Times are RFC 3339, UTC.",
                        license = @License(name = "Apache-2.0")),
        security = @SecurityRequirement(name = ApiApplication.BEARER),
        tags = {
            @Tag(name = "patients", description = "Intake; every field is stored sealed and signed"),
            @Tag(name = "records", description = "Sealing, listing and opening records"),
            @Tag(name = "sharing", description = "Requests, approvals, partial keys, revocation"),
            @Tag(
                    name = "search",
                    description = "Finding records by words, and similar images, over what no cloud can see"),
            @Tag(name = "session", description = "The gate"),
            @Tag(name = "administration", description = "Registrations and attributes"),
            @Tag(name = "security", description = "Incidents and the audit chains")
        })
@SecurityScheme(
        securitySchemeName = ApiApplication.BEARER,
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description =
                "An access token of the realm with the API's audience. A challenge with insufficient_user_authentication"
                        + " (RFC 9470) asks for a fresh sign-in with the second factor.")
public class ApiApplication extends Application {
    static final String BEARER = "bearer";
}
