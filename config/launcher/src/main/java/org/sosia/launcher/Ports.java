package org.sosia.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of this machine. */
final class Ports {

    private Ports() {}

    /** Refuses a port that another program holds, naming the port and the option that changes it. */
    static void requireFree(int port, String what, String option) throws LaunchException {
        if (!isFree(port)) {
            throw new LaunchException("port " + port + " (" + what
                    + ") is in use by another program. Stop it, or choose" + " another port with " + option + ".");
        }
    }

    static boolean isFree(int port) {
        try (var probe = new ServerSocket()) {
            // Without it a port that a connection left in TIME_WAIT would look taken.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Different ports that are free now. Somebody else may take one before we do: then the start says so. */
    static int[] free(int count) throws LaunchException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            int[] ports = new int[count];
            for (int i = 0; i < count; i++) {
                var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports[i] = socket.getLocalPort();
            }
            return ports;
        } catch (IOException none) {
            throw new LaunchException("no free port on this machine", none);
        } finally {
            held.forEach(Ports::release);
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Nothing holds the port then, which is all we want.
        }
    }
}
