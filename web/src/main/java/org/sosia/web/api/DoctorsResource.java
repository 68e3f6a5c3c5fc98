package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.keys.IntegrityException;
import org.sosia.paging.Page;
import org.sosia.sharing.DoctorView;
import org.sosia.sharing.Referrals;

/** {@code /doctors}. */
@Path("/doctors")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "sharing")
public class DoctorsResource {
    @Inject
    Referrals referrals;

    /** Finds doctors. */
    @GET
    @Operation(
            summary = "Find a doctor to refer to",
            description = "Roles patient, doctor, data-owner. By a part of the name or the department; at most 50.")
    @APIResponse(responseCode = "200", description = "Doctors, by account")
    public Page<DoctorView> find(@QueryParam("search") @Nullable String search) throws IntegrityException {
        return Page.whole(referrals.doctors(Objects.requireNonNullElse(search, "")));
    }
}
