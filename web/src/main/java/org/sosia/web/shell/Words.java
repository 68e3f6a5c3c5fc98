package org.sosia.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The words of the page's language. */
@RequestScoped
public class Words {
    static final String BUNDLE = "org.sosia.web.messages";

    @Inject
    Appearance appearance;

    /** How keys spell a constant: in lower case, with hyphens. */
    public static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The words under a key, with its places filled.
     *
     * @param key a key of the bundle
     * @param facts what fills {@code {0}}, {@code {1}} …
     */
    public String get(String key, Object... facts) {
        try {
            var words = ResourceBundle.getBundle(BUNDLE, appearance.getLocale()).getString(key);
            return facts.length == 0 ? words : new MessageFormat(words, appearance.getLocale()).format(facts);
        } catch (MissingResourceException unknown) {
            return "???" + key + "???";
        }
    }
}
