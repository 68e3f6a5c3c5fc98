/** From a file to the vector that is indexed: DICOM, PNG and JPEG are read, windowed to 8 bits and scaled down. Nothing is kept here. */
@NullMarked
package org.sosia.imaging;

import org.jspecify.annotations.NullMarked;
