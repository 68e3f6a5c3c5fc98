/** Intake of patients: every field sealed and signed by the data owner. */
@NullMarked
package org.sosia.patients;

import org.jspecify.annotations.NullMarked;
