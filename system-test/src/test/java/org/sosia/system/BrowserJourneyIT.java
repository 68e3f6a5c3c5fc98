package org.sosia.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The main job as people do it: in a browser, at the screens of their roles. */
class BrowserJourneyIT {

    private static final RunningSystem SYSTEM = RunningSystem.started();
    private static final Browser BROWSER = new Browser(SYSTEM);
    private static final Journey JOURNEY = new Journey(SYSTEM.as("data-owner"), SYSTEM.as("doctor"));

    /** The account of pat.patient, as the demo hospital registers it. */
    private static final String PAT = "bbf0d8e6-8f19-5192-a83a-43cba680b85f";

    /** Records follow an attribute piece by piece, behind whatever other tests have begun. */
    private static final double JOB_MILLIS = 300_000;

    private static final String OUTLINE = "getComputedStyle(document.activeElement).outlineStyle";

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
        String patient = JOURNEY.patient();
        BROWSER.go(owner, "/owner/upload.xhtml?patient=" + patient);
        owner.locator("#upload-file").setInputFiles(new FilePayload(name, "application/dicom", file));
        assertThat(owner.locator("[id='upload:patient_input']")).hasValue(Pattern.compile("Asha Rao.*"));
        owner.locator("#kind").selectOption(new SelectOption().setValue("imaging"));
        owner.locator("[id='upload:text']").fill(Journey.POLICY);
        owner.locator("[id='upload:text']").blur();
        assertThat(owner.locator("[id='upload:state'] .badge")).isVisible();
        Browser.picture(owner, "owner-upload");
        owner.locator("[data-send]").click();
        owner.waitForURL("**/owner/record.xhtml?id=*");
        return owner.url().replaceFirst(".*id=", "");
    }

    private static String copied(Page owner) {
        owner.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        owner.locator("[data-copy='#partial-key']").click();
        assertThat(owner.locator("[data-copy='#partial-key']")).containsText("Copied");
        return (String) owner.evaluate("navigator.clipboard.readText()");
    }

    private static String saved(Page page, String what) throws IOException {
        var file = page.waitForDownload(
                () -> page.locator("[data-save='" + what + "']").click());
        return Files.readString(file.path()).strip();
    }

    private static String approve(Page owner, String record) throws IOException {
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
        assertThat(owner.locator("svg.qr path")).hasCount(1);
        assertThat(copied(owner)).isEqualTo(text);
        assertThat(saved(owner, "#partial-key")).isEqualTo(text);
        assertThat(text.replaceAll("[^0-9A-Za-z]", "")).hasSize(27);
        owner.locator(".ui-dialog:visible")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close"))
                .last()
                .click();
        assertThat(owner.locator("#partial-key")).hasCount(0);
        return text;
    }

    private static void revoke(Page owner, String record) throws IOException {
        BROWSER.go(owner, "/owner/record.xhtml?id=" + record);
        owner.locator(".requests").getByText("Take back").first().click();
        owner.locator(".ui-dialog:visible")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Take back"))
                .click();
        assertThat(owner.locator("#receipt-text")).hasCount(1);
        Browser.picture(owner, "owner-receipt");
        assertThat(saved(owner, "#receipt-text")).contains("signature ", "certificate ");
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
    void anUploadThatIsCancelledLeavesNothing() {
        Page owner = BROWSER.as("olga.owner");
        String patient = JOURNEY.patient();
        BROWSER.go(owner, "/owner/upload.xhtml?patient=" + patient);
        slowDown(owner);
        byte[] text = new byte[8 << 20];
        Arrays.fill(text, (byte) 'a');
        owner.locator("#upload-file").setInputFiles(new FilePayload("long.txt", "text/plain", text));
        owner.locator("[id='upload:text']").fill(Journey.POLICY);
        owner.locator("[data-send]").click();
        assertThat(owner.locator("[data-progress] progress")).isVisible();
        assertThat(owner.locator("[data-progress] progress")).not().hasAttribute("value", "0");

        owner.locator("[data-cancel]").click();

        assertThat(owner.locator("#notices")).containsText("Cancelled");
        assertThat(owner.locator("[data-send]")).isFocused();
        assertThat(SYSTEM.as("data-owner")
                        .get("/records?patient=" + patient)
                        .expect(200)
                        .json()
                        .getJsonArray("items"))
                .isEmpty();
        owner.context().close();
    }

    /** As over a telephone line: some 250 KB a second. */
    private static void slowDown(Page page) {
        var line = new JsonObject();
        line.addProperty("offline", false);
        line.addProperty("latency", 0);
        line.addProperty("downloadThroughput", -1);
        line.addProperty("uploadThroughput", 250_000);
        page.context().newCDPSession(page).send("Network.emulateNetworkConditions", line);
    }

    @Test
    void aRefusedFileIsExplainedInTheReadersLanguage() {
        Page owner = BROWSER.as("olga.owner");
        BROWSER.speak(owner, "de");
        BROWSER.go(owner, "/owner/upload.xhtml?patient=" + JOURNEY.patient());
        owner.locator("#upload-file")
                .setInputFiles(new FilePayload("bild.png", "image/png", "kein Bild".getBytes(StandardCharsets.UTF_8)));
        owner.locator("[id='upload:text']").fill("role:doctor und");
        owner.locator("[id='upload:text']").blur();
        assertThat(owner.locator("[id='upload:state']")).containsText("„and“, „or“ oder das Ende");

        owner.locator("[id='upload:text']").fill(Journey.POLICY);
        owner.locator("[data-send]").click();

        assertThat(owner.locator("#notices")).containsText("Ihr Inhalt ist nicht, was ihr Name sagt");
        owner.context().close();
    }

    @Test
    void anOwnerNeedsNoMouse() {
        String patient = SYSTEM.as("data-owner")
                .post("/patients", "{\"name\":\"Željka Keyboard\"}")
                .expect(201)
                .json()
                .getString("id");
        Page owner = BROWSER.as("olga.owner");
        BROWSER.go(owner, "/owner/upload.xhtml");

        owner.keyboard().press("Tab");
        assertThat(owner.locator("a.skip")).isFocused();
        assertThat(owner.locator("a.skip")).isInViewport();
        owner.keyboard().press("Enter");
        tabTo(owner, "#upload-file");
        owner.locator("#upload-file")
                .setInputFiles(
                        new FilePayload("note.txt", "text/plain", "Lungs clear.\n".getBytes(StandardCharsets.UTF_8)));
        tabTo(owner, "[id='upload:patient_input']");
        owner.keyboard().type("zeljka");
        assertThat(owner.locator("[id='upload:patient_panel'] li")).containsText("Željka Keyboard");
        owner.keyboard().press("Enter");
        assertThat(owner.locator("[id='upload:patient_hinput']")).hasValue(patient);
        tabTo(owner, "[id='upload:text']");
        owner.keyboard().type("role:doctor");
        tabTo(owner, "[data-send]");
        owner.keyboard().press("Enter");

        owner.waitForURL("**/owner/record.xhtml?id=*");
        owner.context().close();
    }

    /** Goes on by the tab key; every stop on the way shows where one is. */
    private static void tabTo(Page page, String target) {
        for (int stops = 0; stops < 40; stops++) {
            page.keyboard().press("Tab");
            assertThat(page.evaluate(OUTLINE)).as("focus is shown").isNotEqualTo("none");
            if (page.locator(target + ":focus").count() == 1) {
                return;
            }
        }
        assertThat(page.locator(target)).isFocused();
    }

    @Test
    void listsAreSearchedAndTurnedRound() {
        for (String name : List.of("Zoë Aranda", "Zoë Bellini", "Zoë Castro")) {
            SYSTEM.as("data-owner")
                    .post("/patients", "{\"name\":\"" + name + "\"}")
                    .expect(201);
        }
        Page owner = BROWSER.as("olga.owner");
        BROWSER.go(owner, "/owner/patients.xhtml");
        Locator names = owner.locator("[id='list:rows_data'] td:first-child a");

        owner.getByLabel("Find by name").fill("zoe");
        assertThat(names).hasText(new String[] {"Zoë Castro", "Zoë Bellini", "Zoë Aranda"});
        owner.getByRole(AriaRole.COLUMNHEADER, named("Registered")).click();
        assertThat(names).hasText(new String[] {"Zoë Aranda", "Zoë Bellini", "Zoë Castro"});
        owner.getByLabel("Find by name").fill("nobody of this name");
        assertThat(owner.locator("[id='list:rows']")).containsText("Nothing found");
        owner.context().close();
    }

    @Test
    void aDoctorFindsByWordsWhatIsGrantedToHerWithTheKeyboard() throws IOException {
        String word = "granuloma" + Long.toString(System.nanoTime(), 36);
        String patient = JOURNEY.patient();
        byte[] text = ("Sarcoidosis, " + word + "\n").getBytes(StandardCharsets.UTF_8);
        String granted = JOURNEY.uploadFor(patient, "note.txt", "text/plain", text);
        JOURNEY.grant(granted);
        JOURNEY.uploadFor(patient, "other.txt", "text/plain", text);
        Journey.isFound(SYSTEM.as("data-owner"), granted, word);
        Page doctor = BROWSER.as("dora.doctor");
        BROWSER.go(doctor, "/doctor/search.xhtml");
        assertThat(doctor.locator("[id='search:learned']")).containsText("the clouds learn nothing");

        Locator words = doctor.getByLabel("Words", new Page.GetByLabelOptions().setExact(true));
        words.fill(word + " sarcoidosis");
        enter(doctor.locator("[id='search:find']"));
        assertThat(doctor.locator("[id='found:rows_data'] a")).hasCount(1);
        assertThat(doctor.locator("[id='found:rows_data'] a"))
                .hasAttribute("href", java.util.regex.Pattern.compile(granted));
        assertThat(doctor.locator("[id='search:learned']")).containsText("for 2 words of");

        doctor.locator("[id='kept:name']").fill("Sarcoidosis");
        enter(doctor.locator("[id='kept:save']"));
        assertThat(doctor.locator("[id='kept']")).containsText("Sarcoidosis");
        Browser.picture(doctor, "doctor-searches");
        assertThat(Browser.accessibilityFaults(doctor)).isEmpty();
        doctor.context().close();
    }

    @Test
    void theKeyAuthorityTakesAnAttributeAwayWithTheKeyboard() throws IOException {
        // An attribute of this test's own: what others hold stays as it is.
        SYSTEM.freshlyAs("key-authority")
                .post("/attributes/ward:screen/holders", "{\"user\":\"" + derek() + "\"}")
                .expect(200);
        Page kim = BROWSER.as("kim.keys");
        BROWSER.go(kim, "/authority/holders.xhtml");
        enter(kim.getByRole(AriaRole.BUTTON, named("Show holders: ward:screen")));
        enter(kim.getByRole(AriaRole.BUTTON, named("Take away: Derek Doctor")));
        Locator dialog = settledDialog(kim);
        assertThat(dialog).containsText("ward:screen");
        Browser.picture(kim, "authority-revokes");
        enter(dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Take away")));

        assertThat(kim.locator("#receipt-text")).hasCount(1);
        Locator save = settledDialog(kim).locator("[data-save='#receipt-text']");
        var file = kim.waitForDownload(() -> enter(save));
        assertThat(Files.readString(file.path())).startsWith("sosia-attribute-revocation-1\nward:screen\n");
        assertThat(Browser.accessibilityFaults(kim)).isEmpty();
        kim.locator(".ui-dialog:visible")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close"))
                .last()
                .click();
        assertThat(kim.locator("[id='list:people'] tbody")).containsText("Nobody holds this attribute now.");
        assertThat(kim.locator("[id='follow:jobs_data'] tr")
                        .filter(new Locator.FilterOptions().setHasText("ward:screen")))
                .containsText("Done", new LocatorAssertions.ContainsTextOptions().setTimeout(JOB_MILLIS));
        Browser.picture(kim, "authority-holders");
        kim.context().close();
    }

    @Test
    void theKeyAuthorityGivesAnAttributeWithTheKeyboard() {
        SYSTEM.freshlyAs("key-authority")
                .post("/attributes/ward:given/holders", "{\"user\":\"" + derek() + "\"}")
                .expect(200);
        Page kim = BROWSER.as("kim.keys");
        BROWSER.go(kim, "/authority/holders.xhtml");
        enter(kim.getByRole(AriaRole.BUTTON, named("Show holders: ward:given")));
        Locator people = kim.locator("[id='list:people'] tbody");
        assertThat(people).containsText("Derek Doctor");
        Locator give = kim.getByRole(AriaRole.BUTTON, named("Give: ward:given"));

        kim.locator("[id='list:to']").fill("nobody");
        enter(give);
        assertThat(kim.locator("main")).containsText("Nobody is registered under this account.");
        kim.locator("[id='list:to']").fill(account("Otto Owner"));
        enter(give);

        assertThat(people).containsText("Otto Owner");
        assertThat(kim.locator("[id='list:to']")).hasValue("");
        assertThat(Browser.accessibilityFaults(kim)).isEmpty();
        kim.context().close();
    }

    @Test
    void theKeyAuthorityStopsARotationAndLetsItGoOnWithTheKeyboard() {
        Page kim = BROWSER.as("kim.keys");
        BROWSER.go(kim, "/authority/keys.xhtml");
        Locator row = kim.locator("[id='list:rows_data'] tr")
                .filter(new Locator.FilterOptions().setHasText("Persons\u2019 keys"));
        enter(kim.getByRole(AriaRole.BUTTON, named("Rotate: Persons\u2019 keys")));
        enter(settledDialog(kim).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Rotate")));

        // It waits for more than a minute until every server has heard of the new keys: there is time to stop it.
        enter(kim.getByRole(AriaRole.BUTTON, named("Stop: Persons\u2019 keys")));
        assertThat(row).containsText("Stopped");
        assertThat(Browser.accessibilityFaults(kim)).isEmpty();
        enter(kim.getByRole(AriaRole.BUTTON, named("Go on: Persons\u2019 keys")));
        assertThat(row).containsText("Running");

        assertThat(row).containsText("Settled", new LocatorAssertions.ContainsTextOptions().setTimeout(JOB_MILLIS));
        assertThat(row).not().containsText("never");
        kim.context().close();
    }

    @Test
    void anOwnerChangesAPolicyWithTheKeyboardAndIsAskedFirst() throws IOException {
        String patient = JOURNEY.patient();
        String record =
                JOURNEY.uploadFor(patient, "note.txt", "text/plain", "Lungs clear.\n".getBytes(StandardCharsets.UTF_8));
        Page owner = BROWSER.as("olga.owner");
        BROWSER.go(owner, "/owner/record.xhtml?id=" + record);
        Locator policy = owner.locator("[id='newPolicy:text']");
        assertThat(policy).hasValue(Journey.POLICY);

        enter(owner.getByRole(AriaRole.LINK, named("Remove: department:cardiology")));
        assertThat(policy).hasValue("role:doctor");
        assertThat(owner.locator("[id='newPolicy:policy']")).isFocused();
        owner.locator("[id='newPolicy:attribute']").selectOption("department:oncology");
        enter(owner.getByRole(AriaRole.BUTTON, named("and: require it too")));
        assertThat(policy).hasValue("role:doctor and department:oncology");
        enter(owner.locator("[id='newPolicy'] .actions").last().getByRole(AriaRole.BUTTON));
        Locator dialog = settledDialog(owner);
        assertThat(dialog).containsText("role:doctor and department:oncology");
        assertThat(Browser.accessibilityFaults(owner)).isEmpty();
        enter(dialog.getByRole(AriaRole.BUTTON).and(owner.locator(".danger")));

        assertThat(owner.locator("[id='facts']")).containsText("department:oncology");
        assertThat(owner.locator("#policy-text")).hasCount(1);
        assertThat(saved(owner, "#policy-text")).startsWith("sosia-policy-1\n" + record + "\n");
        assertThat(Browser.accessibilityFaults(owner)).isEmpty();
        owner.context().close();
    }

    @Test
    void aDamagedRecordSaysSoAndComesBackFromItsCopies() throws Exception {
        String metadata = JOURNEY.metadata("note").replace("\"medium\"", "\"high\"");
        byte[] note = "Resting.\n".repeat(500).getBytes(StandardCharsets.UTF_8);
        String record = SYSTEM.as("data-owner")
                .upload(metadata, "note.txt", "text/plain", note)
                .expect(201)
                .json()
                .getString("id");
        SYSTEM.awaitCopies(record);
        SYSTEM.tamper(
                'a', "UPDATE part SET body = set_byte(body, 99, get_byte(body, 99) # 1) WHERE item_id = ?", record);
        Page owner = BROWSER.as("olga.owner");
        BROWSER.go(owner, "/owner/record.xhtml?id=" + record);
        owner.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Check and recover"))
                .click();

        enter(owner.locator("[id='recover:check']"));
        assertThat(owner.locator("[id='recover:finding']")).containsText("This record is damaged");
        Browser.picture(owner, "owner-recovers");
        enter(owner.locator("[id='recover:begin']"));

        Locator outcome = owner.locator("[id='recover:outcome']");
        assertThat(outcome).containsText("as its owner signed it again");
        assertThat(outcome).containsText("first share");
        assertThat(outcome).containsText("cloud A: good");
        assertThat(saved(owner, "#recovery-text")).startsWith("sosia-restoration-1\n" + record + "\n");
        assertThat(Browser.accessibilityFaults(owner)).isEmpty();
        enter(owner.locator("[id='recover:check']"));
        assertThat(owner.locator("[id='recover:finding']")).containsText("Every byte is as the owner signed it");
        assertThat(SYSTEM.as("data-owner")
                        .get("/records/" + record + "/content")
                        .expect(200)
                        .bytes())
                .isEqualTo(note);
        owner.context().close();
    }

    @Test
    void aPatientRefersARecordAndTakesItBack() throws IOException {
        String record = JOURNEY.uploadFor(
                JOURNEY.patientWithAccount(PAT),
                "referred.txt",
                "text/plain",
                "Lungs clear.\n".getBytes(StandardCharsets.UTF_8));
        Page pat = BROWSER.as("pat.patient");
        BROWSER.go(pat, "/patient/record.xhtml?id=" + record);
        pat.locator("[id='refer:to_input']").pressSequentially("oncol");
        pat.locator("[id='refer:to_panel'] li").getByText("Derek Doctor").click();
        assertThat(pat.locator("[id='refer:to_input']")).hasValue(Pattern.compile("Derek Doctor.*"));
        enter(pat.locator("[id='refer'] .actions").getByRole(AriaRole.BUTTON));
        assertThat(pat.locator("main")).containsText("Referred to Derek Doctor");

        BROWSER.go(pat, "/patient/readers.xhtml");
        // A file's name does not leave the owner's house as it was; the record's address is what stays.
        Locator row = pat.locator("[id='list:rows_data'] tr")
                .filter(new Locator.FilterOptions().setHas(pat.locator("a[href$='" + record + "']")));
        enter(row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Take back")));
        enter(settledDialog(pat).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Take back")));
        assertThat(pat.locator("#receipt-text")).hasCount(1);
        assertThat(saved(pat, "#receipt-text")).contains(record);
        assertThat(row.getByRole(AriaRole.BUTTON)).hasCount(0);
        pat.context().close();
    }

    @Test
    void aTrusteeAgreesWhateverHerRole() {
        String reason = "unconscious, allergies unknown";
        SYSTEM.freshlyAs("doctor")
                .post("/emergency", "{\"patient\":\"" + JOURNEY.patient() + "\",\"reason\":\"" + reason + "\"}")
                .expect(201);
        Page kim = BROWSER.as("kim.keys");
        BROWSER.go(kim, "/authority/emergency.xhtml");
        Locator plea = kim.locator("[id='pleas:rows_data'] tr").filter(new Locator.FilterOptions().setHasText(reason));
        assertThat(plea).containsText("0 / 2");

        enter(plea.getByRole(AriaRole.BUTTON));

        assertThat(kim.locator("main")).containsText("You have agreed");
        assertThat(plea).containsText("1 / 2");
        assertThat(plea.getByRole(AriaRole.BUTTON)).hasCount(0);
        kim.context().close();

        Page owner = BROWSER.as("olga.owner");
        BROWSER.go(owner, "/owner/emergency.xhtml");
        Locator told =
                owner.locator("[id='pleas:rows_data'] tr").filter(new Locator.FilterOptions().setHasText(reason));
        assertThat(told).containsText("1 / 2");
        assertThat(told.getByRole(AriaRole.BUTTON)).hasCount(0);
        owner.context().close();
    }

    /** Presses Enter on what a person can see; a key pressed on what is still hidden goes nowhere. */
    private static void enter(Locator target) {
        assertThat(target).isVisible();
        target.press("Enter");
    }

    /** The one open dialog, after it has taken the focus; until then it would take it away from what a test focuses. */
    private static Locator settledDialog(Page page) {
        Locator dialog = page.locator(".ui-dialog:visible");
        assertThat(dialog).hasCount(1);
        assertThat(dialog.locator(":focus")).hasCount(1);
        return dialog;
    }

    private static String derek() {
        return account("Derek Doctor");
    }

    private static String account(String name) {
        return SYSTEM
                .as("key-authority")
                .get("/registrations?limit=200")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getValuesAs(jakarta.json.JsonObject.class)
                .stream()
                .filter(person -> person.getString("name").equals(name))
                .findFirst()
                .orElseThrow()
                .getString("subject");
    }

    @Test
    void aPatientRefersARecordAndTheDoctorOfHisChoiceOpensIt() throws IOException {
        byte[] letter = "Please have a look at the shadow.\n".getBytes(StandardCharsets.UTF_8);
        String record = JOURNEY.uploadFor(JOURNEY.patientWithAccount(PAT), "letter.txt", "text/plain", letter);
        Page pat = BROWSER.as("pat.patient");
        BROWSER.go(pat, "/patient/record.xhtml?id=" + record);
        pat.locator("[id='refer:to_input']").pressSequentially("oncol");
        pat.locator("[id='refer:to_panel'] li").getByText("Derek Doctor").click();
        assertThat(pat.locator("[id='refer:to_input']")).hasValue(Pattern.compile("Derek Doctor.*"));
        pat.locator("[id='refer:term']").selectOption(new SelectOption().setValue("PT24H"));
        String word = "shadow" + record.substring(0, 8);
        pat.locator("[id='refer:words']").fill(word + ", J18.9");
        Browser.picture(pat, "patient-refers");
        enter(pat.getByRole(AriaRole.BUTTON, named("Refer")));
        assertThat(pat.locator("#messages")).containsText("Referred to Derek Doctor");
        assertThat(faultsInBothSchemes(pat)).isEmpty();

        Page derek = BROWSER.as("derek.doctor");
        BROWSER.go(derek, "/doctor/requests.xhtml");
        derek.locator("[id='referred:words']").fill(word);
        enter(derek.locator("[id='referred:find']"));
        Locator found = derek.locator("[id='referred:rows_data'] a[href$='" + record + "']")
                .first();
        assertThat(found).isVisible();
        assertThat(derek.locator("[id='referred:learned']")).containsText("No word");
        assertThat(faultsInBothSchemes(derek)).isEmpty();
        Browser.picture(derek, "doctor-inbox");
        enter(found);
        enter(derek.locator("[id='inbox'] button"));
        Locator content = derek.locator("a[href*='download']").first();
        assertThat(content).isVisible();
        assertThat(faultsInBothSchemes(derek)).isEmpty();
        Browser.picture(derek, "doctor-referred");
        assertThat(download(derek)).isEqualTo(letter);
        pat.context().close();
        derek.context().close();
    }

    @Test
    void theGlassIsBrokenAtTheScreens() throws IOException {
        byte[] allergy = "Penicillin: anaphylaxis.\n".getBytes(StandardCharsets.UTF_8);
        String patient = JOURNEY.patientWithAccount(PAT);
        String record = JOURNEY.uploadFor(patient, "allergy.txt", "text/plain", allergy);
        String why = "Unconscious in the emergency room, " + patient.substring(0, 8);
        Page dora = BROWSER.as("dora.doctor");
        BROWSER.go(dora, "/doctor/patient.xhtml?id=" + patient);
        dora.locator("a[href*='emergency.xhtml?patient=']").click();
        Locator reason = dora.locator("[id='plead:reason']");
        assertThat(reason).isVisible();
        reason.fill(why);
        enter(dora.getByRole(AriaRole.BUTTON, named("Ask for emergency access")));
        Locator plea = plea(dora, why);
        assertThat(plea).containsText("0 / 2");
        assertThat(faultsInBothSchemes(dora)).isEmpty();
        Browser.picture(dora, "doctor-pleads");

        Page derek = BROWSER.as("derek.doctor", ColorScheme.DARK);
        BROWSER.go(derek, "/doctor/emergency.xhtml");
        enter(plea(derek, why).getByRole(AriaRole.BUTTON, inside("Agree")));
        assertThat(plea(derek, why)).containsText("1 / 2");
        Browser.picture(derek, "doctor-agrees");
        assertThat(faultsInBothSchemes(derek)).isEmpty();
        var asked =
                SYSTEM.as("key-authority").get("/emergency").expect(200).json().getJsonArray("items");
        String id = asked.getValuesAs(jakarta.json.JsonObject.class).stream()
                .filter(each -> each.getString("reason").equals(why))
                .findFirst()
                .orElseThrow()
                .getString("id");
        SYSTEM.as("key-authority").post("/emergency/" + id + "/shares", "{}").expect(200);

        BROWSER.go(dora, "/doctor/emergency.xhtml");
        Locator open = plea(dora, why).locator("a[href*='" + record + "']");
        assertThat(open).isVisible();
        assertThat(faultsInBothSchemes(dora)).isEmpty();
        Browser.picture(dora, "doctor-emergency");
        var file = dora.waitForDownload(open::click);
        assertThat(Files.readAllBytes(file.path())).isEqualTo(allergy);
        enter(plea(dora, why).getByRole(AriaRole.BUTTON, inside("End it")));
        assertThat(plea(dora, why)).containsText("Over");
        dora.context().close();
        derek.context().close();
    }

    /** The one plea for this reason. */
    private static Locator plea(Page page, String reason) {
        return page.locator("[id='pleas:rows_data'] tr", new Page.LocatorOptions().setHasText(reason));
    }

    private static Locator.GetByRoleOptions inside(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    /** What axe finds on the page as it is, in light and in dark. */
    private static List<String> faultsInBothSchemes(Page page) {
        List<String> faults = new ArrayList<>();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            Browser.accessibilityFaults(page).forEach(fault -> faults.add(scheme + " " + fault));
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        return faults;
    }

    @Test
    void everyScreenIsCleanForAxeInLightAndDark() {
        List<String> faults = new ArrayList<>();
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            screens().forEach((person, paths) -> {
                Page page = BROWSER.as(person, scheme);
                for (String path : paths) {
                    BROWSER.go(page, path);
                    faults.addAll(Browser.accessibilityFaults(page));
                    if (!page.url().contains(path)) {
                        faults.add(path + " led to " + page.url());
                    }
                }
                page.context().close();
            });
        }
        assertThat(faults).isEmpty();
        assertThat(BROWSER.complaints()).isEmpty();
    }

    @Test
    void everyScreenSpeaksEveryLanguageAndFitsATelephone() {
        List<String> faults = new ArrayList<>();
        screens().forEach((person, paths) -> {
            Page page = BROWSER.as(person);
            page.setViewportSize(390, 844);
            for (String language : List.of("en", "de", "fr", "hi", "ta")) {
                BROWSER.speak(page, language);
                for (String path : paths) {
                    BROWSER.go(page, path);
                    Browser.shortcomings(page).forEach(fault -> faults.add(language + " " + fault));
                    if (!language.equals(page.locator("html").getAttribute("lang"))) {
                        faults.add(path + " does not speak " + language);
                    }
                }
            }
            page.context().close();
        });
        assertThat(faults).isEmpty();
    }

    /** Every screen, by the person who sees it: those of one record in each state that a reader can find it in. */
    private static Map<String, List<String>> screens() {
        String patient = JOURNEY.patientWithAccount(PAT);
        String asked = JOURNEY.uploadFor(patient, "CT_small.dcm", "application/dicom", Samples.dicom("CT_small.dcm"));
        JOURNEY.request(asked);
        byte[] text = "Lungs clear.\n".getBytes(StandardCharsets.UTF_8);
        String granted = JOURNEY.uploadFor(patient, "note.txt", "text/plain", text);
        JOURNEY.grant(granted);
        String closed = JOURNEY.uploadFor(patient, "letter.txt", "text/plain", text);
        return Map.of(
                "olga.owner",
                List.of(
                        "/owner/index.xhtml",
                        "/owner/patients.xhtml",
                        "/owner/patient.xhtml?id=" + patient,
                        "/owner/record.xhtml?id=" + asked,
                        "/owner/recover.xhtml?id=" + asked,
                        "/owner/intake.xhtml",
                        "/owner/intake.xhtml?id=" + patient,
                        "/owner/upload.xhtml?patient=" + patient,
                        "/owner/search.xhtml",
                        "/owner/requests.xhtml",
                        "/owner/searchers.xhtml",
                        "/owner/emergency.xhtml"),
                "dora.doctor",
                List.of(
                        "/doctor/index.xhtml",
                        "/doctor/patient.xhtml?id=" + patient,
                        "/doctor/record.xhtml?id=" + asked,
                        "/doctor/record.xhtml?id=" + granted,
                        "/doctor/record.xhtml?id=" + closed,
                        "/doctor/search.xhtml",
                        "/doctor/similar.xhtml",
                        "/doctor/requests.xhtml",
                        "/doctor/emergency.xhtml?patient=" + patient,
                        "/doctor/key.xhtml"),
                "pat.patient",
                List.of(
                        "/patient/index.xhtml",
                        "/patient/record.xhtml?id=" + asked,
                        "/patient/recover.xhtml?id=" + asked,
                        "/patient/readers.xhtml",
                        "/patient/emergency.xhtml",
                        "/patient/key.xhtml"),
                "carl.cloud",
                List.of(
                        "/operator/index.xhtml",
                        "/operator/record.xhtml?id=" + asked,
                        "/operator/requests.xhtml",
                        "/operator/registrations.xhtml"),
                "kim.keys",
                List.of(
                        "/authority/index.xhtml",
                        "/authority/holders.xhtml",
                        "/authority/orders.xhtml",
                        "/authority/council.xhtml",
                        "/authority/keys.xhtml",
                        "/authority/emergency.xhtml"),
                "sam.security",
                List.of("/security/index.xhtml", "/security/audit.xhtml", "/security/emergency.xhtml"));
    }

    @Test
    void anotherRolesPageIsRefused() {
        Page doctor = BROWSER.as("dora.doctor");
        var answer = doctor.navigate(SYSTEM.base() + "/owner/patients.xhtml");

        assertThat(answer.status()).isEqualTo(403);
        doctor.context().close();
    }
}
