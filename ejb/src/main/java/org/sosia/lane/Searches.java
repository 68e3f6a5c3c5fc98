package org.sosia.lane;

import org.sosia.persistence.GalleryServer;

/**
 * The two clouds that search a hospital's galleries together. Of the twin hospital both are cloud B, as everything of it is.
 *
 * @param first has end A, which numbers the changes
 * @param second has end B, which follows
 */
public record Searches(GalleryServer first, GalleryServer second) {}
