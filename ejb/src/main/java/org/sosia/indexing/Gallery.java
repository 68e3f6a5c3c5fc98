package org.sosia.indexing;

import org.sosia.crypto.nearest.Dealer;
import org.sosia.imaging.Extractor;
import org.sosia.persistence.GalleryEnd;
import org.sosia.persistence.GalleryServer;

/**
 * One hospital's gallery of what one extractor made.
 *
 * @param extractor what made the vectors
 * @param a the end at the first cloud
 * @param b the end at the second one
 * @param first the cloud that numbers the changes
 * @param second the cloud that follows
 * @param dealer the key authority's part
 */
public record Gallery(
        Extractor extractor, GalleryEnd a, GalleryEnd b, GalleryServer first, GalleryServer second, Dealer dealer) {

    @Override
    public String toString() {
        return "Gallery[" + a.realm() + "/" + a.extractor() + "]";
    }
}
