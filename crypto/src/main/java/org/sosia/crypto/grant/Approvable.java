package org.sosia.crypto.grant;

/** To come. */
public interface Approvable {}
