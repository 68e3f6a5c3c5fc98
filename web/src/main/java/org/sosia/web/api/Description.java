package org.sosia.web.api;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;
import org.sosia.upload.RecordReceipt;

/**
 * Completes the interface's description: how every operation says no, what it answers, and a name for it that no other has.
 *
 * <p>The server describes what stands in this module and leaves out what doors hand out, so the shapes of answers are read from the
 * resources' own return types.
 */
public class Description implements OASFilter {
    private static final List<Class<?>> RESOURCES = List.of(
            AlertsResource.class,
            AttributesResource.class,
            AuthoritiesResource.class,
            AuditResource.class,
            ParametersResource.class,
            StatementsResource.class,
            DoctorsResource.class,
            EmergencyResource.class,
            GrantsResource.class,
            KeyOrdersResource.class,
            ImagesResource.class,
            KeysResource.class,
            OutsourcedLocksResource.class,
            PatientsResource.class,
            RecordsResource.class,
            RecoveriesResource.class,
            RegistrationsResource.class,
            RequestsResource.class,
            SearchResource.class,
            SessionResource.class);

    private final AnswerSchemas schemas = new AnswerSchemas();

    @Override
    public Operation filterOperation(Operation operation) {
        @Nullable APIResponses present = operation.getResponses();
        APIResponses responses = present == null ? OASFactory.createAPIResponses() : present;
        addProblem(responses, "401", "No valid token, or a fresh sign-in with the second factor is needed (RFC 9470)");
        addProblem(responses, "403", "The caller's role does not allow this");
        addProblem(responses, "503", "A store does not answer; nothing was done");
        addProblem(responses, "default", "A problem");
        operation.setResponses(responses);
        return operation;
    }

    /** The server writes annotations' defaults as if they were said: "at most 0 properties" would refuse every object. */
    @Override
    public Schema filterSchema(Schema schema) {
        schema.setMaxProperties(null);
        schema.setMinProperties(null);
        schema.setMinLength(null);
        schema.setUniqueItems(null);
        schema.setExclusiveMaximum(null);
        schema.setExclusiveMinimum(null);
        return schema;
    }

    @Override
    public void filterOpenAPI(OpenAPI description) {
        @Nullable Components present = description.getComponents();
        Components components = present == null ? OASFactory.createComponents() : present;
        components.removeSchema("Bodies");
        components.addSchema("Problem", problem());
        for (Class<?> resource : RESOURCES) {
            for (Method method : resource.getDeclaredMethods()) {
                operation(description, resource, method).ifPresent(operation -> complete(operation, resource, method));
            }
        }
        // Answered by a Response, which hides its type.
        schemas.of(RecordReceipt.class);
        schemas.of(Bodies.ApprovalAnswer.class);
        schemas.known().forEach(components::addSchema);
        namePathsWithoutPatterns(description);
        description.setComponents(components);
    }

    private static void namePathsWithoutPatterns(OpenAPI description) {
        Paths named = OASFactory.createPaths();
        description.getPaths().getPathItems().forEach((path, item) -> named.addPathItem(withoutPatterns(path), item));
        description.setPaths(named);
    }

    /** Which texts a parameter matches is said to the server in its place, and a description has the name alone there. */
    static String withoutPatterns(String path) {
        return path.replaceAll("\\{\\s*(\\w+)\\s*:[^}]*}", "{$1}");
    }

    private void complete(Operation operation, Class<?> resource, Method method) {
        operation.setOperationId(method.getName() + resource.getSimpleName().replace("Resource", ""));
        @Nullable APIResponse success = operation.getResponses().getAPIResponse("200");
        if (success != null) {
            schemas.of(method.getGenericReturnType())
                    .ifPresent(schema -> success.setContent(OASFactory.createContent()
                            .addMediaType(
                                    "application/json",
                                    OASFactory.createMediaType().schema(schema))));
        }
    }

    private static Optional<Operation> operation(OpenAPI description, Class<?> resource, Method method) {
        String path = "/api/v1" + path(resource.getAnnotation(Path.class)) + path(method.getAnnotation(Path.class));
        @Nullable
        PathItem item =
                description.getPaths() == null ? null : description.getPaths().getPathItem(path);
        if (item == null) {
            return Optional.empty();
        }
        for (Annotation annotation : method.getAnnotations()) {
            @Nullable HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                return Optional.ofNullable(item.getOperations().get(PathItem.HttpMethod.valueOf(verb.value())));
            }
        }
        return Optional.empty();
    }

    private static String path(@Nullable Path path) {
        return path == null ? "" : path.value();
    }

    private static void addProblem(APIResponses responses, String status, String meaning) {
        if (!responses.hasAPIResponse(status)) {
            Schema reference = OASFactory.createSchema().ref("#/components/schemas/Problem");
            responses.addAPIResponse(
                    status,
                    OASFactory.createAPIResponse()
                            .description(meaning)
                            .content(OASFactory.createContent()
                                    .addMediaType(
                                            Problem.MEDIA_TYPE,
                                            OASFactory.createMediaType().schema(reference))));
        }
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
