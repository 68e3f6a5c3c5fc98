package org.sosia.persistence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody on the wire: passes every byte on and keeps it, in the order in which it came, without knowing what it means. */
final class RecordingProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final List<Recording> recordings = new CopyOnWriteArrayList<>();

    /** One connection that went through. */
    static final class Recording {
        private final Socket caller;
        private final Socket called;
        private final ByteArrayOutputStream toCalled = new ByteArrayOutputStream();
        private final ByteArrayOutputStream toCaller = new ByteArrayOutputStream();

        Recording(Socket caller, Socket called) {
            this.caller = caller;
            this.called = called;
        }

        byte[] toCalled() {
            return toCalled.toByteArray();
        }

        byte[] toCaller() {
            return toCaller.toByteArray();
        }

        void cut() throws IOException {
            caller.close();
            called.close();
        }
    }

    RecordingProxy(int port) throws IOException {
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    List<Recording> recordings() {
        return recordings;
    }

    /** All connections, both ways. */
    byte[] everything() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Recording each : recordings) {
            all.writeBytes(each.toCalled());
            all.writeBytes(each.toCaller());
        }
        return all.toByteArray();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket caller = listener.accept();
                Socket called = new Socket(target.getAddress(), target.getPort());
                caller.setTcpNoDelay(true);
                called.setTcpNoDelay(true);
                Recording recording = new Recording(caller, called);
                recordings.add(recording);
                daemon(() -> pass(caller, called, recording.toCalled));
                daemon(() -> pass(called, caller, recording.toCaller));
            }
        } catch (IOException closed) {
            // Nobody calls any more.
        }
    }

    private static void pass(Socket from, Socket to, ByteArrayOutputStream copy) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copy.write(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        } catch (IOException closed) {
            // One of the two hung up, and so does this.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Recording each : recordings) {
            each.cut();
        }
    }
}
