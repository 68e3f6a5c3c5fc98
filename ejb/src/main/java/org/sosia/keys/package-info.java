/**
 * The keys of one hospital, and the people who hold some of them.
 *
 * <p>Each hospital has a root key in a file of its own. Everything else (the certificate authority, the owners' signing and
 * collection keys, the master key of the attribute-based scheme, persons' retrieval keys) rests in that hospital's store,
 * sealed under keys derived from the root key, which never leaves the process.
 *
 * <p>Out of scope: who may use which key; that is the caller's business, and its audit entry comes first.
 */
@NullMarked
package org.sosia.keys;

import org.jspecify.annotations.NullMarked;
