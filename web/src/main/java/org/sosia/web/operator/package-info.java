/** The screens of the store's operator: sealed forms, states, registrations; never plaintext. */
@NullMarked
package org.sosia.web.operator;

import org.jspecify.annotations.NullMarked;
