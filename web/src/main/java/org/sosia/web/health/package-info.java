/** What the operator's tools ask: is it alive, can it work ({@code /health/live}, {@code /health/ready}). */
@NullMarked
package org.sosia.web.health;

import org.jspecify.annotations.NullMarked;
