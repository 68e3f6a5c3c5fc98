/**
 * Keeps the galleries of sealed images current: an image that arrives is sealed for both clouds' ends of its hospital's galleries, one
 * that is deleted disappears from them. docs/SEARCH.md, section 1.
 */
@NullMarked
package org.sosia.indexing;

import org.jspecify.annotations.NullMarked;
