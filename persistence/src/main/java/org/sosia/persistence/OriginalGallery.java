package org.sosia.persistence;

/** Cloud A as a server of galleries. */
public interface OriginalGallery extends GalleryServer {}
