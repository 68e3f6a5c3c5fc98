/** The patient's screens: own profile, own records, who reads them. */
@NullMarked
package org.sosia.web.patient;

import org.jspecify.annotations.NullMarked;
