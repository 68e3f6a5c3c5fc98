/** The rules that hold between the packages of the whole system. */
@NullMarked
package org.sosia.web;

import org.jspecify.annotations.NullMarked;
