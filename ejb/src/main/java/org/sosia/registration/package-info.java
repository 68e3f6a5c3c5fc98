/**
 * Who may act in the hospital: persons, their roles, the attributes the key authority vouches for, and the keys that follow.
 *
 * <p>A person is registered, then approved. Approval makes her keys: a transform key, which goes to the mediating cloud, and a
 * retrieval key and a person key, which rest sealed in her row. Disabling her drops the transform key, at once.
 *
 * <p>Out of scope: passwords and one-time codes, which are Keycloak's.
 */
@NullMarked
package org.sosia.registration;

import org.jspecify.annotations.NullMarked;
