package org.sosia.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The main job on Payara Server, from the EAR that hospital IT deploys. */
class EarSmokeIT {

    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Api doctor = system.as("doctor");

    @Test
    void theMainJobRunsOnPayaraServer() {
        var journey = new Journey(owner, doctor);
        byte[] original = Samples.dicom("CT_small.dcm");
        String record = journey.upload("imaging", "CT_small.dcm", "application/dicom", original)
                .getString("id");

        assertThat(doctor.get("/records/" + record + "/content").expect(200).bytes())
                .as("without a proof the double")
                .isNotEqualTo(original);
        var approval = journey.approve(journey.request(record));
        String key = approval.getString("partialKey");
        assertThat(doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .isEqualTo(original);
        owner.delete("/grants/" + approval.getString("grant")).expect(200);
        assertThat(system.freshlyAs("doctor")
                        .get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .isNotEqualTo(original);
    }

    @Test
    void rolesReachTheServices() {
        assertThat(doctor.get("/alerts").status()).isEqualTo(403);
        assertThat(system.as("security-desk").get("/alerts").status()).isEqualTo(200);
        assertThat(system.nobody().get("/alerts").status()).isEqualTo(401);
    }

    @Test
    void aBrowserBehindAProxyStaysOnTls() throws IOException, InterruptedException {
        Proxied.staysOnTls(system.base(), system.issuer());
    }
}
