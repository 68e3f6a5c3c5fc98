package org.sosia.launcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A program that does nothing for ten minutes. */
final class Sleeper {

    private Sleeper() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (new CountDownLatch(1).await(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("nobody wakes it");
        }
    }
}
