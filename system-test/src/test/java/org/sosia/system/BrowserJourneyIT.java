package org.sosia.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The main job as people do it: in a browser, at the screens of their roles. */
class BrowserJourneyIT {

    private static final RunningSystem SYSTEM = RunningSystem.started();
    private static final Browser BROWSER = new Browser(SYSTEM);

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    }

    @AfterAll
    static void closeTheBrowser() {
        BROWSER.close();
    }

    @Test
    void fromTheOwnersUploadToTheDoctorsScreenAndBack() throws IOException {
        byte[] original = Samples.dicom("CT_small.dcm");
        Page owner = BROWSER.as("olga.owner");
        Browser.picture(owner, "owner-overview");

        String record = upload(owner, "CT_small.dcm", original);
        Browser.picture(owner, "owner-record");

        Page doctor = BROWSER.as("dora.doctor");
        BROWSER.go(doctor, "/doctor/record.xhtml?id=" + record);
        doctor.locator("[id='ask:note']").fill("Follow-up after the referral");
        Browser.picture(doctor, "doctor-asks");
        doctor.getByRole(AriaRole.BUTTON, named("Ask")).click();
        assertThat(doctor.locator("[id='ask:note']")).hasCount(0);

        String key = approve(owner, record);

        doctor.reload();
        type(doctor, RunningSystem.randomPartialKey());
        assertThat(doctor.locator("main")).containsText("does not open");
        type(doctor, mistyped(key));
        assertThat(doctor.locator("main")).containsText("typing error");
        Browser.picture(doctor, "doctor-gate");
        type(doctor, key);
        assertThat(doctor.locator("[id='gate:key']")).hasCount(0);
        Browser.picture(doctor, "doctor-opened");
        assertThat(download(doctor)).isEqualTo(original);

        Page intruder = BROWSER.as("dora.doctor");
        BROWSER.go(intruder, "/doctor/record.xhtml?id=" + record);
        for (int tries = 0; tries < 3; tries++) {
            assertThat(intruder.locator("[id='gate:key']")).hasValue("");
            type(intruder, RunningSystem.randomPartialKey());
        }
        assertThat(intruder.locator("[id='gate:key']")).hasCount(0);
        assertThat(download(intruder))
                .as("the gate seems to open, on the double")
                .isNotEqualTo(original);

        Page desk = BROWSER.as("sam.security", ColorScheme.DARK);
        assertThat(desk.locator("[id='live:rows'] tbody")).containsText("partial key");
        Browser.picture(desk, "security-incidents");

        revoke(owner, record);
        doctor.reload();
        assertThat(doctor.locator("a[href*='download']")).hasCount(0);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static String upload(Page owner, String name, byte[] file) {
        String patient = new Journey(SYSTEM.as("data-owner"), SYSTEM.as("doctor")).patient();
        BROWSER.go(owner, "/owner/upload.xhtml?patient=" + patient);
        owner.locator("#upload-file").setInputFiles(new FilePayload(name, "application/dicom", file));
        owner.locator("[id='upload:patient']").selectOption(patient);
        owner.locator("#kind").selectOption(new SelectOption().setValue("imaging"));
        owner.locator("[id='upload:text']").fill(Journey.POLICY);
        owner.locator("[id='upload:text']").blur();
        assertThat(owner.locator("[id='upload:state'] .badge")).isVisible();
        Browser.picture(owner, "owner-upload");
        owner.locator("[data-send]").click();
        owner.waitForURL("**/owner/record.xhtml?id=*");
        return owner.url().replaceFirst(".*id=", "");
    }

    private static String approve(Page owner, String record) {
        BROWSER.go(owner, "/owner/record.xhtml?id=" + record);
        owner.locator(".requests").getByText("Approve").first().click();
        Locator dialog = owner.locator(".ui-dialog:visible");
        assertThat(dialog).isVisible();
        Browser.picture(owner, "owner-approves");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Approve"))
                .click();
        Locator key = owner.locator("#partial-key");
        assertThat(key).isVisible();
        String text = key.textContent().strip();
        Browser.picture(owner, "owner-approved");
        assertThat(text.replaceAll("[^0-9A-Za-z]", "")).hasSize(27);
        owner.locator(".ui-dialog:visible")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close"))
                .last()
                .click();
        assertThat(owner.locator("#partial-key")).hasCount(0);
        return text;
    }

    private static void revoke(Page owner, String record) {
        BROWSER.go(owner, "/owner/record.xhtml?id=" + record);
        owner.locator(".requests").getByText("Take back").first().click();
        owner.locator(".ui-dialog:visible")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Take back"))
                .click();
        assertThat(owner.locator("#receipt-text")).hasCount(1);
        Browser.picture(owner, "owner-receipt");
    }

    private static void type(Page doctor, String key) {
        doctor.locator("[id='gate:key']").fill(key);
        doctor.waitForResponse(
                answer -> answer.request().method().equals("POST"),
                () -> doctor.locator("[id='gate'] button").click());
    }

    private static String mistyped(String key) {
        char last = key.charAt(key.length() - 1);
        return key.substring(0, key.length() - 1) + (last == '7' ? '8' : '7');
    }

    private static byte[] download(Page doctor) throws IOException {
        var file = doctor.waitForDownload(
                () -> doctor.locator("a[href*='download']").first().click());
        return Files.readAllBytes(file.path());
    }

    @Test
    void theKeyAuthorityTakesAnAttributeAwayWithTheKeyboard() throws IOException {
        Page kim = BROWSER.as("kim.keys");
        BROWSER.go(kim, "/authority/holders.xhtml");
        kim.getByRole(AriaRole.BUTTON, named("Show holders: department:oncology")).press("Enter");
        kim.getByRole(AriaRole.BUTTON, named("Take away: Derek Doctor")).press("Enter");
        Locator dialog = kim.locator(".ui-dialog:visible");
        assertThat(dialog).containsText("department:oncology");
        Browser.picture(kim, "authority-revokes");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Take away"))
                .press("Enter");

        assertThat(kim.locator("#attribute-receipt")).hasCount(1);
        var file = kim.waitForDownload(() -> kim.locator("[data-save='#attribute-receipt']").press("Enter"));
        assertThat(Files.readString(file.path())).startsWith("sosia-attribute-revocation-1\ndepartment:oncology\n");
        assertThat(Browser.accessibilityFaults(kim)).isEmpty();
        kim.locator(".ui-dialog:visible")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close"))
                .last()
                .click();
        assertThat(kim.locator("[id='list:people'] tbody")).containsText("Nobody holds this attribute now.");
        assertThat(kim.locator("[id='follow:jobs'] tbody")).containsText("Done");
        Browser.picture(kim, "authority-holders");
        kim.context().close();
    }

    @Test
    void everyScreenIsCleanForAxeInLightAndDark() {
        List<String> faults = new ArrayList<>();
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            look(
                    faults,
                    "olga.owner",
                    scheme,
                    "/owner/index.xhtml",
                    "/owner/patients.xhtml",
                    "/owner/intake.xhtml",
                    "/owner/upload.xhtml",
                    "/owner/requests.xhtml");
            look(faults, "dora.doctor", scheme, "/doctor/index.xhtml", "/doctor/requests.xhtml");
            look(faults, "pat.patient", scheme, "/patient/index.xhtml", "/patient/readers.xhtml");
            look(
                    faults,
                    "carl.cloud",
                    scheme,
                    "/operator/index.xhtml",
                    "/operator/requests.xhtml",
                    "/operator/registrations.xhtml");
            look(faults, "kim.keys", scheme, "/authority/index.xhtml", "/authority/holders.xhtml");
            look(faults, "sam.security", scheme, "/security/index.xhtml", "/security/audit.xhtml");
        }
        assertThat(faults).isEmpty();
        assertThat(BROWSER.complaints()).isEmpty();
    }

    private static void look(List<String> faults, String person, ColorScheme scheme, String... paths) {
        Page page = BROWSER.as(person, scheme);
        for (String path : paths) {
            BROWSER.go(page, path);
            faults.addAll(Browser.accessibilityFaults(page));
            if (!page.url().contains(path)) {
                faults.add(path + " led to " + page.url());
            }
        }
        page.context().close();
    }

    @Test
    void signingOutEndsBothSessions() {
        Page doctor = BROWSER.as("dora.doctor");
        doctor.locator("form[action$='/sign-out'] button").click();
        doctor.waitForLoadState();

        BROWSER.go(doctor, "/doctor/index.xhtml");

        assertThat(doctor.locator("#username")).isVisible();
        doctor.context().close();
    }

    @Test
    void anotherRolesPageIsRefused() {
        Page doctor = BROWSER.as("dora.doctor");
        var answer = doctor.navigate(SYSTEM.base() + "/owner/patients.xhtml");

        assertThat(answer.status()).isEqualTo(403);
        doctor.context().close();
    }
}
