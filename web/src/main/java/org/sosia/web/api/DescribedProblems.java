package org.sosia.web.api;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;

/** Writes into the interface's description what every operation has in common: how it says no. */
public class DescribedProblems implements OASFilter {
    private static final String SCHEMA = "Problem";

    @Override
    public Operation filterOperation(Operation operation) {
        @Nullable APIResponses present = operation.getResponses();
        APIResponses responses = present == null ? OASFactory.createAPIResponses() : present;
        add(responses, "401", "No valid token, or a fresh sign-in with the second factor is needed (RFC 9470)");
        add(responses, "403", "The caller's role does not allow this");
        add(responses, "503", "A store does not answer; nothing was done");
        add(responses, "default", "A problem");
        operation.setResponses(responses);
        return operation;
    }

    @Override
    public void filterOpenAPI(OpenAPI description) {
        @Nullable Components present = description.getComponents();
        Components components = present == null ? OASFactory.createComponents() : present;
        components.addSchema(SCHEMA, problem());
        description.setComponents(components);
    }

    private static void add(APIResponses responses, String status, String meaning) {
        if (!responses.hasAPIResponse(status)) {
            responses.addAPIResponse(status, response(meaning));
        }
    }

    private static APIResponse response(String meaning) {
        Schema reference = OASFactory.createSchema().ref("#/components/schemas/" + SCHEMA);
        return OASFactory.createAPIResponse()
                .description(meaning)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(reference)));
    }

    private static Schema problem() {
        return OASFactory.createSchema()
                .type(Schema.SchemaType.OBJECT)
                .description("RFC 9457. The type is urn:sosia:problem: and a name that never changes its meaning.")
                .required(List.of("type", "title", "status", "detail"))
                .addProperty("type", text())
                .addProperty("title", text())
                .addProperty("status", OASFactory.createSchema().type(Schema.SchemaType.INTEGER))
                .addProperty("detail", text());
    }

    private static Schema text() {
        return OASFactory.createSchema().type(Schema.SchemaType.STRING);
    }
}
