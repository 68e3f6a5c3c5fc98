package org.sosia.persistence;

/** Cloud B as a server of galleries. */
public interface DuplicateGallery extends GalleryServer {}
