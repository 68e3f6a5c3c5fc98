package org.sosia.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import jakarta.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Real X-rays are handed in, indexed at both clouds, searched exactly by who may, and gone when they are deleted. By REST. */
class SimilarImagesIT {
    private static final int SIDE = 28;
    private static final int COUNT = 6;

    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Api doctor = system.as("doctor");
    private final Journey journey = new Journey(owner, doctor);

    private static List<byte[]> xrays(int count) throws IOException {
        try (var in = new DataInputStream(
                new GZIPInputStream(SimilarImagesIT.class.getResourceAsStream("/real/xray/chest-xrays-16.idx.gz")))) {
            in.skipNBytes(16);
            List<byte[]> images = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                images.add(in.readNBytes(SIDE * SIDE));
            }
            return images;
        }
    }

    private static byte[] png(byte[] levels) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, SIDE, SIDE, levels);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static int squaredDistance(byte[] one, byte[] other) {
        int sum = 0;
        for (int i = 0; i < one.length; i++) {
            int difference = (one[i] & 0xff) - (other[i] & 0xff);
            sum += difference * difference;
        }
        return sum;
    }

    private String state(String record) {
        return owner.get("/images/" + record).expect(200).json().getString("state");
    }

    /** Indexing follows an upload by itself; how soon is the machine's business. */
    private void indexed(String record) {
        for (int i = 0; i < 20_000 && state(record).equals("WAITING"); i++) {
            Thread.onSpinWait();
        }
        assertThat(state(record)).isEqualTo("INDEXED");
    }

    private static Api.Answer nearest(Api who, byte[] image, int k) {
        return who.form("/images/nearest", "image", "query.png", "image/png", image, "k", String.valueOf(k));
    }

    @Test
    void aDoctorFindsTheMostSimilarOfWhatWasGrantedExactly() throws Exception {
        List<byte[]> images = xrays(COUNT + 2);
        List<String> records = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            String record = journey.upload("imaging", "xray.png", "image/png", png(images.get(i)))
                    .getString("id");
            indexed(record);
            if (i > 0) {
                journey.grant(record);
            }
            records.add(record);
        }
        byte[] query = images.get(COUNT);

        JsonObject result = nearest(doctor, png(query), 50).expect(200).json();

        List<String> found = new ArrayList<>();
        List<Integer> distances = new ArrayList<>();
        for (JsonObject item : result.getJsonArray("items").getValuesAs(JsonObject.class)) {
            int i = records.indexOf(item.getString("record"));
            if (i >= 0) {
                found.add(item.getString("record"));
                distances.add(item.getInt("squaredDistance"));
                assertThat(item.getInt("squaredDistance")).isEqualTo(squaredDistance(query, images.get(i)));
            }
        }
        assertThat(found).hasSize(COUNT - 1).doesNotContain(records.get(0));
        assertThat(distances).isSorted();
        assertThat(result.getString("disclosed")).contains("no result");
        assertThat(nearest(system.person("derek.doctor"), png(query), 50)
                        .expect(200)
                        .text())
                .doesNotContain(records.get(1));

        // The same search in the twin hospital, on the same call: as many, and other images.
        JsonObject twin =
                nearest(system.low("doctor"), png(query), 50).expect(200).json();
        assertThat(twin.keySet()).isEqualTo(result.keySet());
        assertThat(twin.toString()).contains(records.get(1));
        assertThat(twin.getJsonArray("items")).isNotEqualTo(result.getJsonArray("items"));

        owner.delete("/records/" + records.get(2)).expect(204);
        assertThat(nearest(doctor, png(query), 50).expect(200).text())
                .doesNotContain(records.get(2))
                .contains(records.get(3));
    }

    @Test
    void atTheScreenADoctorBringsAnImageAndSeesTilesWithoutPatients() throws Exception {
        byte[] image = png(xrays(1).get(0));
        String record =
                journey.upload("imaging", "xray.png", "image/png", image).getString("id");
        indexed(record);
        journey.grant(record);
        try (Browser browser = new Browser(system)) {
            Page page = browser.as("dora.doctor");
            browser.go(page, "/doctor/similar.xhtml");
            page.locator("#similar\\:image").setInputFiles(new FilePayload("query.png", "image/png", image));
            page.locator("#similar\\:search").click();

            assertThat(page.locator("[data-found] a[href$='" + record + "']")).isVisible();
            assertThat(page.locator("[data-found]")).not().containsText("Asha Rao");
            assertThat(page.locator("#learned")).containsText("No image, no distance, no result");
            Browser.picture(page, "doctor-similar");
            assertThat(faultsLightDarkAndNarrow(page)).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** Every image in a pruned search must allow the mode; one that was approved alone does not. */
    private void takeBackWhatOthersApprovedFor(String name) {
        for (JsonObject request : owner.get("/requests?state=APPROVED&limit=200")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)) {
            if (request.getString("requesterName").equals(name)) {
                var unused = owner.delete("/grants/" + request.getString("grant"));
            }
        }
    }

    private static List<String> faultsLightDarkAndNarrow(Page page) {
        List<String> faults = new ArrayList<>();
        for (ColorScheme scheme : ColorScheme.values()) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            faults.addAll(Browser.accessibilityFaults(page));
        }
        page.setViewportSize(390, 844);
        faults.addAll(Browser.shortcomings(page));
        page.setViewportSize(1280, 860);
        return faults;
    }

    /** Presses a key on what a person can see; a key pressed on what is still hidden goes nowhere. */
    private static void press(Locator target, String key) {
        assertThat(target).isVisible();
        target.press(key);
    }

    @Test
    void anOwnerGivesLeaveAndTakesItBackWithTheKeyboardAndIsToldWhatThePrunedModeShows() throws Exception {
        byte[] image = png(xrays(1).get(0));
        String record =
                journey.upload("imaging", "xray.png", "image/png", image).getString("id");
        indexed(record);
        Api derek = system.person("derek.doctor");
        assertThat(nearest(derek, image, 50).expect(200).text()).doesNotContain(record);
        takeBackWhatOthersApprovedFor("Derek Doctor");
        try (Browser browser = new Browser(system)) {
            Page page = browser.as("olga.owner");
            browser.go(page, "/owner/searchers.xhtml");
            assertThat(page.locator("#pruned-hint")).containsText("both clouds see which of your images are near");
            page.locator("[id='give:to_input']").pressSequentially("Derek");
            assertThat(page.locator("[id='give:to_panel'] li")).containsText("Derek Doctor");
            page.keyboard().press("Enter");
            assertThat(page.locator("[id='give:to_hinput']")).not().hasValue("");
            press(page.locator("[id='give:pruned']"), "Space");
            press(page.locator("[id='give:send']"), "Enter");
            assertThat(page.locator("#messages")).containsText("also in the pruned mode");
            Locator row = page.locator("[id='list:rows_data'] tr")
                    .filter(new Locator.FilterOptions().setHasText("Derek Doctor"));
            assertThat(row).containsText("Images near a query");
            Browser.picture(page, "owner-searchers");
            assertThat(faultsLightDarkAndNarrow(page)).isEmpty();

            JsonObject found = derek.form(
                            "/images/nearest", "image", "query.png", "image/png", image, "k", "50", "mode", "pruned")
                    .expect(200)
                    .json();
            assertThat(found.toString()).contains(record);
            assertThat(found.getJsonArray("items").getJsonObject(0).isNull("squaredDistance"))
                    .isTrue();
            assertThat(found.getInt("kept")).isBetween(1, found.getInt("searched"));
            assertThat(found.getString("disclosed")).contains("near the query");
            assertThat(system.freshlyAs("security-desk")
                            .get("/audit?limit=50")
                            .expect(200)
                            .text())
                    .contains("\"PRUNED\"", "\"LEAVE\"");

            press(row.locator("button"), "Enter");
            Locator dialog = page.locator(".ui-dialog:visible");
            assertThat(dialog.locator(":focus")).hasCount(1);
            press(dialog.locator("button.danger"), "Enter");
            assertThat(row).hasCount(0);
            assertThat(nearest(derek, image, 50).expect(200).text()).doesNotContain(record);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void anImageThatCannotBeReadIsStoredAndNamed() {
        String record = journey.upload("imaging", "scan.dcm", "application/dicom", Samples.dicom("JPEG-lossy.dcm"))
                .getString("id");
        for (int i = 0; i < 20_000 && state(record).equals("WAITING"); i++) {
            Thread.onSpinWait();
        }

        assertThat(owner.get("/images/" + record).json().getString("reason")).contains("JPEG Extended");
        Api.Answer refused = doctor.form(
                "/images/nearest", "image", "scan.dcm", "application/dicom", Samples.dicom("JPEG-lossy.dcm"), "k", "3");
        assertThat(refused.expect(415).problem()).isEqualTo("unsupported-image");
        assertThat(doctor.form("/images/nearest", "image", "a.txt", "text/plain", "no image".getBytes(UTF_8), "k", "3")
                        .status())
                .isEqualTo(415);
        assertThat(nearest(owner, new byte[] {1}, 3).status()).isEqualTo(403);
        assertThat(doctor.form("/images/nearest", "image", "a.png", "image/png", new byte[] {1}, "k", "0")
                        .status())
                .isEqualTo(400);
    }
}
