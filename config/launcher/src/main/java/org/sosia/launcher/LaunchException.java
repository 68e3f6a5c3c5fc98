package org.sosia.launcher;

/** Something that the person at the keyboard can put right: the message says what is wrong and what to do. */
public final class LaunchException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong and what to do, in words for the person at the keyboard. */
    public LaunchException(String message) {
        super(message);
    }

    /** As above, and keeps what a developer would ask for. */
    public LaunchException(String message, Throwable cause) {
        super(message, cause);
    }
}
