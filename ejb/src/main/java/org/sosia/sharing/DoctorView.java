package org.sosia.sharing;

import java.util.List;

/**
 * A doctor to whom a record can be referred.
 *
 * @param subject the account
 * @param name the name she is registered under
 * @param departments what she is vouched for as belonging to, sorted
 */
public record DoctorView(String subject, String name, List<String> departments) {}
