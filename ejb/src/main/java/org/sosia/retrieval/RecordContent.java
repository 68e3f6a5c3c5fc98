package org.sosia.retrieval;

import java.io.InputStream;

/**
 * A record's content, ready to be sent. The body verifies every chunk before it releases it; a reader that meets an
 * {@link java.io.IOException} has to discard what it got. Whoever receives this closes the body.
 *
 * @param mediaType its media type
 * @param fileName the name the system gave it
 * @param size the bytes of the whole content
 * @param from the first byte of the body within the whole
 * @param length the bytes of the body
 * @param etag an opaque validator, without quotes
 * @param body the bytes
 */
public record RecordContent(
        String mediaType, String fileName, long size, long from, long length, String etag, InputStream body) {}
