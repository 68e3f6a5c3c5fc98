package org.sosia.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Samples another JVM's heap every 50 ms: what is in use with its garbage, and what the last collection left. */
final class HeapWatch implements AutoCloseable {

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final List<MemoryPoolMXBean> pools;
    private volatile long peak;
    private volatile long live;

    @SuppressWarnings("BanJNDI") // the address is that of a process of this user, got from the JVM itself
    HeapWatch(long pid) throws IOException {
        connector = JMXConnectorFactory.connect(new JMXServiceURL(address(pid)));
        MBeanServerConnection server = connector.getMBeanServerConnection();
        memory = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        pools = ManagementFactory.getPlatformMXBeans(server, MemoryPoolMXBean.class).stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        memory.gc();
        var unused = clock.scheduleAtFixedRate(this::sample, 0, 50, TimeUnit.MILLISECONDS);
    }

    private static String address(long pid) throws IOException {
        try {
            var machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException refused) {
            throw new IOException("cannot watch the heap of process " + pid, refused);
        }
    }

    private void sample() {
        peak = Math.max(peak, memory.getHeapMemoryUsage().getUsed());
        long after = 0;
        for (var pool : pools) {
            var usage = pool.getCollectionUsage();
            after += usage == null ? 0 : usage.getUsed();
        }
        live = Math.max(live, after);
    }

    double peakMegabytes() {
        return peak / (double) (1 << 20);
    }

    double liveMegabytes() {
        return live / (double) (1 << 20);
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        connector.close();
    }
}
