package org.sosia.web.api;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A problem as it is told to a program: RFC 9457, {@code application/problem+json}.
 *
 * <p>The {@code type} is {@code urn:sosia:problem:} and a name that never changes its meaning. Title and detail are fixed text; facts
 * travel as members beside them.
 */
final class Problem {
    static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPES = "urn:sosia:problem:";

    private final int status;
    private final String name;
    private final String title;
    private final String detail;
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    private Problem(int status, String name, String title, String detail) {
        this.status = status;
        this.name = name;
        this.title = title;
        this.detail = detail;
    }

    /**
     * A problem.
     *
     * @param status the HTTP status
     * @param name its stable name, such as {@code no-such-record}
     * @param title what is wrong, in a few words
     * @param detail what the caller can do about it
     */
    static Problem of(int status, String name, String title, String detail) {
        return new Problem(status, name, title, detail);
    }

    /** The same with a fact: text or a number. */
    Problem with(String member, Object value) {
        facts.put(member, value);
        return this;
    }

    /** The same with a header. */
    Problem header(String header, String value) {
        headers.put(header, value);
        return this;
    }

    int status() {
        return status;
    }

    String name() {
        return name;
    }

    Map<String, String> headers() {
        return headers;
    }

    String toJson() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("type", TYPES + name)
                .add("title", title)
                .add("status", status)
                .add("detail", detail);
        facts.forEach((member, value) -> {
            if (value instanceof Number number) {
                json.add(member, number.longValue());
            } else {
                json.add(member, value.toString());
            }
        });
        return json.build().toString();
    }

    Response toResponse() {
        Response.ResponseBuilder response =
                Response.status(status).type(MEDIA_TYPE).header(HttpHeaders.CACHE_CONTROL, "no-store");
        headers.forEach(response::header);
        return response.entity(toJson()).build();
    }
}
