package org.sosia.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sosia.decoy.RecordKind;
import org.sosia.retrieval.RecordView;

/** How values read on a page: in the reader's language and time zone. Null reads as a dash. */
@Named("show")
@RequestScoped
public class Formats {
    private static final String NOTHING = "–";
    private static final int HEX_COLUMNS = 16;
    private static final int SHORT = 12;

    @Inject
    Appearance appearance;

    @Inject
    Words words;

    /** A moment, to the minute. */
    public String time(@Nullable Instant moment) {
        return moment == null ? NOTHING : in(FormatStyle.MEDIUM, FormatStyle.SHORT, moment);
    }

    /** A moment, to the second. */
    public String exactly(@Nullable Instant moment) {
        return moment == null ? NOTHING : in(FormatStyle.MEDIUM, FormatStyle.MEDIUM, moment);
    }

    /** A day. */
    public String day(@Nullable LocalDate day) {
        return day == null
                ? NOTHING
                : new DateTimeFormatterBuilder()
                        .appendLocalized(FormatStyle.MEDIUM, null)
                        .toFormatter(appearance.formatLocale())
                        .format(day);
    }

    /** A number of bytes in binary units, to three digits. */
    public String size(long bytes) {
        var units = new String[] {"B", "KiB", "MiB", "GiB", "TiB"};
        var unit = 0;
        var value = (double) bytes;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        var number = NumberFormat.getInstance(appearance.formatLocale());
        number.setMaximumFractionDigits(unit == 0 || value >= 100 ? 0 : 1);
        return number.format(value) + "\u00a0" + units[unit];
    }

    /** A receipt as a file: what is signed, then signature and certificate in base 64. */
    public String signed(String statement, String signature, String certificate) {
        return statement + "\nsignature " + signature + "\ncertificate " + certificate + "\n";
    }

    /** What a code means: the words under {@code prefix.code}, the code in lower case with hyphens. */
    public String word(String prefix, @Nullable Object code) {
        return code == null
                ? NOTHING
                : words.get(
                        prefix + "." + code.toString().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** What several codes mean, in the alphabet's order. */
    public String words(String prefix, Collection<String> codes) {
        return codes.stream().map(code -> word(prefix, code)).sorted().collect(Collectors.joining(", "));
    }

    /** A list on one line. */
    public String list(Collection<String> parts) {
        return text(String.join(", ", parts));
    }

    /** A record's name; words instead where the stored record fails its verification and so has none to trust. */
    public String name(RecordView record) {
        return record.fileName().isEmpty() ? words.get("record.damaged") : record.fileName();
    }

    /** The beginning of a long opaque name. */
    public String abbreviated(@Nullable String name) {
        var whole = text(name);
        return whole.length() <= SHORT ? whole : whole.substring(0, SHORT) + "…";
    }

    /** What a record can be, by the codes of the kinds. */
    public List<String> getKinds() {
        return Arrays.stream(RecordKind.values()).map(RecordKind::text).toList();
    }

    /** The first eight digits of an identifier, enough to tell two rows apart. */
    public String id(@Nullable UUID id) {
        return id == null ? NOTHING : id.toString().substring(0, 8);
    }

    /** The text, or a dash. */
    public String text(@Nullable Object text) {
        return text == null || text.toString().isBlank() ? NOTHING : text.toString();
    }

    /**
     * Bytes as an operator's tools show them: offset, sixteen bytes in hexadecimal, the printable ones as letters.
     *
     * @param base64 the bytes
     * @param limit the most bytes to show
     */
    public String hex(String base64, int limit) {
        var bytes = Base64.getDecoder().decode(base64);
        var shown = new StringBuilder();
        for (int from = 0; from < Math.min(bytes.length, limit); from += HEX_COLUMNS) {
            int to = Math.min(Math.min(from + HEX_COLUMNS, bytes.length), limit);
            var columns = HexFormat.ofDelimiter(" ").formatHex(bytes, from, to);
            shown.append(String.format(Locale.ROOT, "%06x  %-47s  ", from, columns));
            for (int at = from; at < to; at++) {
                shown.append(bytes[at] >= 0x20 && bytes[at] < 0x7f ? (char) bytes[at] : '.');
            }
            shown.append('\n');
        }
        return shown.toString();
    }

    /** How many bytes a base 64 text stands for. */
    public int bytes(String base64) {
        return Base64.getDecoder().decode(base64).length;
    }

    private String in(FormatStyle date, FormatStyle time, Instant moment) {
        return new DateTimeFormatterBuilder()
                .appendLocalized(date, time)
                .toFormatter(appearance.formatLocale())
                .withZone(appearance.zone())
                .format(moment);
    }
}
