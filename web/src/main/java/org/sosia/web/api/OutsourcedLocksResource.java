package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.keys.IntegrityException;
import org.sosia.outsourcing.LockView;
import org.sosia.outsourcing.Outsourcing;
import org.sosia.outsourcing.OutsourcingOffException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.web.api.Bodies.LockTasksBody;

/** {@code /outsourced-locks}: encryption done by both clouds. */
@Path("/outsourced-locks")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "records")
public class OutsourcedLocksResource {
    @Inject
    Outsourcing outsourcing;

    /** Has a lock made. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Have a policy lock made by both clouds",
            description =
                    "Role data-owner, for a client too weak to lock by itself; off unless sosia.outsourcing.encryption is true. Each cloud is"
                            + " handed one task (base 64) and never the other; both together can open what is locked, without any key. The"
                            + " result was tested, and a cloud that returned a wrong half is reported by name.")
    @APIResponse(responseCode = "200", description = "The lock, with the warning")
    @APIResponse(responseCode = "403", description = "Off in this hospital")
    public LockView lock(@Nullable LockTasksBody body)
            throws RefusedCallException, OutsourcingOffException, InvalidValueException, IntegrityException {
        LockTasksBody given = Bodies.required(body);
        return outsourcing.lock(Parameters.base64("first", given.first()), Parameters.base64("second", given.second()));
    }
}
