package org.sosia.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import jakarta.interceptor.InvocationContext;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What a store throws leaves every door as one honest error; refusals leave as they are. */
class StoreFaultsTest {

    private static Object through(Callable<Object> door) throws Exception {
        InvocationContext call = (InvocationContext) Proxy.newProxyInstance(
                StoreFaultsTest.class.getClassLoader(),
                new Class<?>[] {InvocationContext.class},
                (proxy, method, arguments) -> door.call());
        return new StoreFaults().honestly(call);
    }

    @Test
    void aStoreThatDoesNotAnswerIsSaidSo() {
        assertThatThrownBy(() -> through(() -> {
                    throw new EJBException("no connection");
                }))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> through(() -> {
                    throw new PersistenceException("no connection");
                }))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("a store is unavailable");
    }

    @Test
    void refusalsStayWhatTheyAre() throws Exception {
        assertThatThrownBy(() -> through(() -> {
                    throw new EJBAccessException("not your role");
                }))
                .isInstanceOf(EJBAccessException.class);
        assertThatThrownBy(() -> through(() -> {
                    throw new org.sosia.identity.NoSuchRecordException();
                }))
                .isInstanceOf(org.sosia.identity.NoSuchRecordException.class);
        assertThat(through(() -> "fine")).isEqualTo("fine");
    }
}
