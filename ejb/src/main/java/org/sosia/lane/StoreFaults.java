package org.sosia.lane;

import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import jakarta.persistence.PersistenceException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sosia.persistence.StoreFailedException;

/**
 * Stands at every door: what a store throws when it does not answer leaves as {@link StoreUnavailableException}, an honest error.
 * Nothing here, or anywhere, answers a failure with a double.
 */
public class StoreFaults {

    private static final Logger LOG = Logger.getLogger(StoreFaults.class.getName());

    @AroundInvoke
    Object honestly(InvocationContext call) throws Exception {
        try {
            return call.proceed();
        } catch (EJBAccessException refused) {
            throw refused;
        } catch (EJBException | PersistenceException | StoreFailedException failed) {
            LOG.log(Level.WARNING, "a store did not answer", failed);
            throw new StoreUnavailableException(failed);
        }
    }
}
