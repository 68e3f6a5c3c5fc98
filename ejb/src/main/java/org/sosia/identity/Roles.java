package org.sosia.identity;

import java.util.Set;

/** The roles, as the identity provider names them. */
public final class Roles {

    public static final String DATA_OWNER = "data-owner";
    public static final String PATIENT = "patient";
    public static final String DOCTOR = "doctor";
    public static final String CLOUD_OPERATOR = "cloud-operator";
    public static final String KEY_AUTHORITY = "key-authority";
    public static final String SECURITY_DESK = "security-desk";

    /** Every role this system gives a meaning to; a token may carry others, which mean nothing here. */
    public static final Set<String> ALL =
            Set.of(DATA_OWNER, PATIENT, DOCTOR, CLOUD_OPERATOR, KEY_AUTHORITY, SECURITY_DESK);

    private Roles() {}
}
