package org.sosia.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.policy.PolicySyntaxException.Expected;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.sharing.RequestDecidedException;
import org.sosia.sharing.RequestState;
import org.sosia.upload.ContentFault;
import org.sosia.upload.PolicyRefusedException;
import org.sosia.upload.UnsupportedContentException;
import org.sosia.web.api.MultipartProblemException.Kind;

class ProblemsTest {
    private static Problem of(Throwable refusal) {
        return Problems.of(refusal).orElseThrow();
    }

    @Test
    void unknownAndForeignAreOneProblem() {
        assertThat(of(new NoSuchRecordException()).toJson())
                .isEqualTo("{\"type\":\"urn:sosia:problem:no-such-record\",\"title\":\"No such record\",\"status\":404,"
                        + "\"detail\":\"There is no such record, or it is not yours.\"}");
    }

    @Test
    void factsTravelAsMembers() {
        assertThat(of(new PolicyRefusedException(12, Expected.CLOSING)).toJson())
                .contains("\"position\":12", "policy-syntax", "\"code\":\"closing\"");
        assertThat(of(new UnsupportedContentException(ContentFault.NOT_TEXT, "the JSON file is not UTF-8"))
                        .toJson())
                .contains("unsupported-content", "\"code\":\"not-text\"");
        assertThat(of(new RequestDecidedException(RequestState.DENIED)).toJson())
                .contains("\"state\":\"DENIED\"");
    }

    @Test
    void aRefusalIsFoundInsideTheContainersWrapping() {
        var wrapped = new EJBException(new StoreUnavailableException());

        assertThat(of(wrapped).status()).isEqualTo(503);
        assertThat(of(new EJBAccessException("no")).status()).isEqualTo(403);
    }

    @Test
    void aBrokenBodyIsNamedWhoeverReportsIt() {
        var reported = new IllegalStateException(new IOException(new MultipartProblemException(Kind.TRUNCATED)));

        assertThat(of(reported).name()).isEqualTo("truncated-body");
    }

    @Test
    void aBugIsNoProblemOfTheCaller() {
        assertThat(Problems.of(new IllegalStateException("secret internals"))).isEmpty();
        assertThat(Problems.of(new EJBException(new NullPointerException("secret internals"))))
                .isEmpty();
    }

    @Test
    void nothingOfACauseIsRepeated() {
        assertThat(of(new JsonbException("near 'Asha Rao'")).toJson()).doesNotContain("Asha");
    }

    @Test
    void aStepUpChallengesAsTheStandardSays() {
        Problem problem = of(new StepUpRequiredException(Duration.ofMinutes(15)));

        assertThat(problem.status()).isEqualTo(401);
        assertThat(problem.headers().get("WWW-Authenticate"))
                .startsWith("Bearer error=\"insufficient_user_authentication\"")
                .contains("acr_values=\"2\"", "max_age=\"900\"");
    }
}
