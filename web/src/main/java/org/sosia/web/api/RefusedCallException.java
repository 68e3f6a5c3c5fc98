package org.sosia.web.api;

/** A call cannot be taken as it is; the problem says why. */
final class RefusedCallException extends Exception {
    private final transient Problem problem;

    RefusedCallException(Problem problem) {
        super(problem.name());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }

    /** Refuses one field or parameter. */
    static RefusedCallException value(String field, String rule) {
        return new RefusedCallException(Problem.of(400, "invalid-value", "A value cannot be taken", field + ": " + rule)
                .with("field", field));
    }
}
