package org.sosia.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a page looks and speaks for this browser: light or dark, language, time zone.
 *
 * <p>The choices are cookies that the page's own script writes; none of them says who somebody is, so they outlive a sign-in.
 */
@Named
@RequestScoped
public class Appearance {
    static final String THEME = "sosia-theme";
    static final String LANGUAGE = "sosia-language";
    static final String ZONE = "sosia-zone";
    static final List<Locale> LANGUAGES = List.of(
            Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH, Locale.forLanguageTag("hi"), Locale.forLanguageTag("ta"));

    @Inject
    HttpServletRequest request;

    /** {@code light}, {@code dark}, or {@code auto} for what the system prefers. */
    public String getTheme() {
        return cookie(THEME)
                .filter(theme -> theme.equals("light") || theme.equals("dark"))
                .orElse("auto");
    }

    /** The language chosen; else the first one the browser asks for that we speak; else English. */
    public Locale getLocale() {
        return cookie(LANGUAGE)
                .flatMap(Appearance::spoken)
                .or(() -> Collections.list(request.getLocales()).stream()
                        .flatMap(wanted -> spoken(wanted.getLanguage()).stream())
                        .findFirst())
                .orElse(Locale.ENGLISH);
    }

    /** The language with the browser's region where it names one: how dates and numbers read. */
    Locale formatLocale() {
        var language = getLocale();
        return Collections.list(request.getLocales()).stream()
                .filter(wanted -> wanted.getLanguage().equals(language.getLanguage()))
                .findFirst()
                .orElse(language);
    }

    /** The language as a BCP 47 tag, for the page's {@code lang}. */
    public String getLanguage() {
        return getLocale().toLanguageTag();
    }

    /** The language's name in itself. */
    public String getLanguageName() {
        return inItself(getLocale());
    }

    /** Every language we speak. */
    public List<Choice> getChoices() {
        return LANGUAGES.stream()
                .map(language -> new Choice(language.toLanguageTag(), inItself(language), language.equals(getLocale())))
                .toList();
    }

    /** The browser's time zone; the server's where the browser has not told it. */
    public ZoneId zone() {
        try {
            return cookie(ZONE).map(ZoneId::of).orElseGet(ZoneId::systemDefault);
        } catch (DateTimeException unknownZone) {
            return ZoneId.systemDefault();
        }
    }

    private static Optional<Locale> spoken(String tag) {
        return LANGUAGES.stream()
                .filter(language -> language.getLanguage().equals(tag))
                .findFirst();
    }

    private static String inItself(Locale language) {
        var name = language.getDisplayLanguage(language);
        return name.substring(0, 1).toUpperCase(language) + name.substring(1);
    }

    private Optional<String> cookie(String name) {
        var cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(name)) {
                return Optional.of(cookie.getValue().replace("%2F", "/"));
            }
        }
        return Optional.empty();
    }

    /**
     * A language to choose.
     *
     * @param tag its BCP 47 tag
     * @param name its name in itself
     * @param current whether the page speaks it
     */
    public record Choice(String tag, String name, boolean current) {}
}
