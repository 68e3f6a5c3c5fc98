package org.sosia.web.shell;

/**
 * One entry of the navigation.
 *
 * @param path where it leads, below the application's root
 * @param label the key of its words
 * @param icon the class of its icon
 * @param current whether the reader is there
 */
public record Place(String path, String label, String icon, boolean current) {}
