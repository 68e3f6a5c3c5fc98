package org.sosia.launcher;

import java.util.Map;

/** The application on one of its two servers. */
interface Application {

    /**
     * Starts the server and deploys; returns when the application is deployed.
     *
     * @param settings {@code sosia.*} settings for the application
     */
    void start(Distribution distribution, Options options, Map<String, String> settings) throws LaunchException;

    void stop();

    Child child();
}
