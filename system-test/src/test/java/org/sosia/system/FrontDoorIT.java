package org.sosia.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.SameSiteAttribute;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The two ways in, and that neither opens the other's door. */
class FrontDoorIT {

    private static final RunningSystem SYSTEM = RunningSystem.started();
    private static final Browser BROWSER = new Browser(SYSTEM);

    @AfterAll
    static void closeTheBrowser() {
        BROWSER.close();
    }

    @Test
    void aSignInGivesANewSessionThatScriptsAndOtherSitesCannotUse() {
        Page page = BROWSER.stranger(ColorScheme.LIGHT);
        BROWSER.go(page, "/");
        BROWSER.go(page, "/doctor/index.xhtml");
        page.waitForSelector("#username");
        String before = session(page).value;

        signIn(page, "dora.doctor");

        assertThat(page.url()).endsWith("/doctor/index.xhtml");
        assertThat(session(page).value).isNotEqualTo(before);
        assertThat(session(page).httpOnly).isTrue();
        assertThat(session(page).sameSite).isEqualTo(SameSiteAttribute.LAX);
    }

    @Test
    void aSessionOpensNoInterfaceAndATokenNoScreen() {
        Page page = BROWSER.as("dora.doctor");

        APIResponse api = get(page, "/api/v1/records");
        assertThat(api.status()).isEqualTo(401);
        assertThat(api.headers().get("www-authenticate")).startsWith("Bearer");

        Page stranger = BROWSER.stranger(ColorScheme.LIGHT);
        APIResponse screen = stranger.request()
                .get(
                        SYSTEM.base() + "/doctor/index.xhtml",
                        RequestOptions.create()
                                .setHeader("Authorization", "Bearer " + SYSTEM.token("doctor"))
                                .setMaxRedirects(0));
        assertThat(screen.status()).isEqualTo(302);
        assertThat(screen.headers().get("location")).contains("/protocol/openid-connect/auth");
    }

    @Test
    void aFolderIsItsRolesOnly() {
        Page page = BROWSER.as("dora.doctor");

        for (String folder : new String[] {"owner", "patient", "operator", "authority", "security"}) {
            assertThat(get(page, "/" + folder + "/index.xhtml").status())
                    .as(folder)
                    .isEqualTo(403);
        }
    }

    @Test
    void pagesCarryTheHeadersThatKeepThemToThemselves() {
        Page page = BROWSER.as("olga.owner");

        var headers = get(page, "/owner/index.xhtml").headers();

        assertThat(headers.get("cache-control")).contains("no-store");
        assertThat(headers.get("x-content-type-options")).isEqualTo("nosniff");
        assertThat(headers.get("referrer-policy")).isEqualTo("no-referrer");
        assertThat(headers.get("content-security-policy"))
                .contains("frame-ancestors 'none'")
                .contains("script-src 'self' 'nonce-")
                .doesNotContain("unsafe-eval");
    }

    @Test
    void anUploadOrASignOutThatNoPageOfOursSentIsRefused() {
        Page page = BROWSER.as("olga.owner");

        assertThat(post(page, "/owner/content").status()).isEqualTo(403);
        assertThat(post(page, "/sign-out").status()).isEqualTo(403);
        assertThat(get(page, "/owner/index.xhtml").status()).isEqualTo(200);
    }

    @Test
    void aStepUpAsksForBothFactorsAgainAndLeadsBackToLocalPathsOnly() {
        Page page = BROWSER.as("olga.owner");

        BROWSER.go(page, "/step-up?return=/owner/requests.xhtml");
        page.waitForSelector("#password");
        signIn(page, "olga.owner");
        assertThat(page.url()).endsWith("/owner/requests.xhtml");

        BROWSER.go(page, "/step-up?return=//other.example/");
        page.waitForSelector("#password");
        signIn(page, "olga.owner");
        assertThat(page.url()).startsWith(SYSTEM.base().toString());
    }

    @Test
    void signingOutEndsBothSessions() {
        Page page = BROWSER.as("olga.owner");

        page.locator("form[action$='/sign-out'] button").click();
        PlaywrightAssertions.assertThat(page.locator("main a.button[href$='/sign-in']"))
                .isVisible();
        BROWSER.go(page, "/owner/index.xhtml");

        PlaywrightAssertions.assertThat(page.locator("#username")).isVisible();
    }

    @Test
    void aMissingPageSaysNothingOfTheInside() {
        Page page = BROWSER.as("olga.owner");

        String text = get(page, "/owner/nothing.xhtml").text();

        assertThat(text).doesNotContainIgnoringCase("payara").doesNotContain("Exception", "org.sosia", "at java");
    }

    private static void signIn(Page page, String person) {
        if (page.locator("#username").isVisible()) {
            page.locator("#username").fill(person);
        }
        page.locator("#password").fill(SYSTEM.password(person));
        page.locator("#kc-login").click();
        page.locator("#otp").fill(SYSTEM.oneTimeCode(person));
        page.locator("#kc-login").click();
        page.waitForURL(url -> url.startsWith(SYSTEM.base().toString()) && !url.contains("/callback"));
    }

    private static Cookie session(Page page) {
        return page.context().cookies(SYSTEM.base().toString()).stream()
                .filter(cookie -> cookie.name.equals("sosia"))
                .findFirst()
                .orElseThrow();
    }

    private static APIResponse get(Page page, String path) {
        return page.request().get(SYSTEM.base() + path, RequestOptions.create().setHeader("Accept", "text/html"));
    }

    private static APIResponse post(Page page, String path) {
        return page.request().post(SYSTEM.base() + path);
    }
}
