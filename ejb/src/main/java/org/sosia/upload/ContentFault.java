package org.sosia.upload;

/** Why a file is not taken in. A screen has words of its own for each. */
public enum ContentFault {
    /** It ends before its format does. */
    TRUNCATED,
    /** It breaks the rules of its format. */
    MALFORMED,
    /** It has more elements, or more of them inside each other, than are followed. */
    TOO_COMPLEX,
    /** It claims more pixels than a picture may have. */
    TOO_MANY_PIXELS,
    /** It is larger than a file of its format may be. */
    TOO_LARGE,
    /** Something stands behind its end. */
    TRAILING,
    /** It is a program. */
    PROGRAM,
    /** It, or something in it, would be run: scripts, HTML, SVG, XSLT, macros. */
    ACTIVE,
    /** It refers to something outside of itself. */
    REFERENCE,
    /** Its type is not one of those taken in. */
    TYPE,
    /** Its content is not what its name or its sender says. */
    CONTRADICTION,
    /** It is a file of two formats at once. */
    DISGUISED,
    /** It is called a text and is none. */
    NOT_TEXT
}
