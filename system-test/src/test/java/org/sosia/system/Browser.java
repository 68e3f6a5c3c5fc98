package org.sosia.system;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real browser, one context a person; what its pages complain about is kept and must be nothing at the end. */
final class Browser implements AutoCloseable {

    /** How long something on a page may take to come: many times what a fast machine needs. */
    private static final double PATIENCE_MILLIS = 90_000;

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    private final RunningSystem system;
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = new ArrayList<>();

    Browser(RunningSystem system) {
        this.system = system;
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.chromium = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(executable())
                        .setHeadless(true)
                        .setArgs(FLAGS));
    }

    private static Path executable() {
        for (String place : List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")) {
            if (Files.isExecutable(Path.of(place))) {
                return Path.of(place);
            }
        }
        throw new IllegalStateException("no Chromium found; .ci/run shows how to install one");
    }

    /** A page of a browser that nobody has signed in with. */
    Page stranger(ColorScheme scheme) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setLocale("en-GB")
                .setViewportSize(1280, 860)
                .setAcceptDownloads(true));
        Page page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onConsoleMessage(message -> {
            // A page or a file refused on purpose is an error to the console, and what a test asked for.
            if (message.type().equals("error") && !message.text().matches("(?s).*status of (403|415).*")) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        return page;
    }

    /** A page on which this person has signed in, with password and one-time code. */
    Page as(String person) {
        return as(person, ColorScheme.LIGHT);
    }

    Page as(String person, ColorScheme scheme) {
        Page page = stranger(scheme);
        go(page, "/");
        page.locator("main a.button").first().click();
        page.locator("#username").fill(person);
        page.locator("#password").fill(system.password(person));
        page.locator("#kc-login").click();
        page.locator("#otp").fill(system.oneTimeCode(person));
        page.locator("#kc-login").click();
        page.waitForURL(url -> url.startsWith(system.base().toString()));
        page.waitForLoadState(LoadState.NETWORKIDLE);
        return page;
    }

    void go(Page page, String path) {
        page.navigate(system.base() + path);
    }

    /** What axe finds wrong with this page, one line a rule; empty for a clean one. */
    static List<String> accessibilityFaults(Page page) {
        return new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                        .analyze()
                        .getViolations()
                        .stream()
                        .map(rule -> page.url() + ": " + rule.getId() + " "
                                + rule.getNodes().stream()
                                        .map(node -> String.valueOf(node.getTarget()))
                                        .toList())
                        .toList();
    }

    /** Lets this page's browser speak a language, as if chosen from the menu. */
    void speak(Page page, String language) {
        page.context()
                .addCookies(List.of(new Cookie("sosia-language", language)
                        .setUrl(system.base().toString())));
    }

    /** What a look at this page shows to be wrong: words that are missing, or a page wider than its window. */
    static List<String> shortcomings(Page page) {
        List<String> found = new ArrayList<>();
        if (page.content().contains("???")) {
            found.add(page.url() + ": a key instead of words");
        }
        Object over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (!Integer.valueOf(0).equals(over)) {
            found.add(page.url() + ": wider than the window by " + over);
        }
        return found;
    }

    /** Keeps a picture of the page for the README, under {@code docs/screenshots}; no button spins on it. */
    static void picture(Page page, String name) {
        page.waitForFunction(
                "() => !document.querySelector('.ui-state-loading, .ui-button[disabled] .ui-icon-loading')");
        page.screenshot(new ScreenshotOptions()
                .setPath(RunningSystem.project()
                        .resolve("docs")
                        .resolve("screenshots")
                        .resolve(name + ".png")));
    }

    /** What the browser's console called an error so far. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
