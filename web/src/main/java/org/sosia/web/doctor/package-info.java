/** The doctor's screens: patients, records behind the gate, own requests. */
@NullMarked
package org.sosia.web.doctor;

import org.jspecify.annotations.NullMarked;
