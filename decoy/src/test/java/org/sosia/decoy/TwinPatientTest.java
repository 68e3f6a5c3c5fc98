package org.sosia.decoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A twin patient is a whole person. */
class TwinPatientTest {

    private static final Keystream.Key KEY = Keystream.Key.root(new byte[32]);

    private static Stream<Persona> people(String locale) {
        return LongStream.range(0, 300)
                .mapToObj(i -> new Persona(KEY, new UUID(3, i), Locale.forLanguageTag(locale), "mail.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "en-US", "de-DE", "fr-FR", "hi-IN", "ta-IN", "en-IN", "sw-KE"})
    void isPlausibleInEveryLocale(String locale) {
        people(locale).map(Persona::registration).forEach(p -> {
            assertThat(p.name()).contains(p.given()).contains(p.family());
            assertThat(p.birthDate()).isBetween(LocalDate.of(1930, 1, 1), LocalDate.of(2008, 1, 1));
            assertThat(p.sex()).isIn("female", "male");
            assertThat(p.number()).matches("9[0-9]{7}");
            assertThat(luhn(p.number())).isTrue();
            assertThat(p.mail()).matches("[a-z]+\\.[a-z]*[0-9]{2}@mail\\.example");
            assertThat(p.pulse()).isBetween(40, 140);
            assertThat(p.systolic()).isGreaterThan(p.diastolic());
            assertThat(p.ecg()).contains(p.pulse() + "/min");
            assertThat(p.medicines()).hasSameSizeAs(p.conditions());
            assertThat(p.bmi()).isBetween(15.0, 55.0);
        });
    }

    private static boolean luhn(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int d = number.charAt(number.length() - 1 - i) - '0';
            int v = i % 2 == 1 ? 2 * d : d;
            sum += v / 10 + v % 10;
        }
        return sum % 10 == 0;
    }

    @Test
    void staysTheSamePersonAndBelongsToOneKey() {
        TwinPatient one = Specs.forge().patient(Specs.PATIENT, Locale.GERMANY);

        assertThat(Specs.forge().patient(Specs.PATIENT, Locale.GERMANY)).isEqualTo(one);
        assertThat(Specs.forge(8).patient(Specs.PATIENT, Locale.GERMANY)).isNotEqualTo(one);
        assertThat(Specs.forge().patient(new UUID(0, 0), Locale.GERMANY)).isNotEqualTo(one);
    }

    @Test
    void hasTheConditionsOfHerSexAndTheRhythmOfHerHeart() {
        people("en-GB").forEach(p -> {
            List<Condition> conditions = p.conditions(Persona.REGISTERED);
            if (p.isFemale) {
                assertThat(conditions).doesNotContain(Condition.PROSTATE);
            }
            assertThat(p.ecg(Persona.REGISTERED).startsWith("Atrial"))
                    .isEqualTo(conditions.contains(Condition.ATRIAL_FIBRILLATION));
        });
    }

    @Test
    void olderPeopleAreIllMoreOften() {
        assertThat(meanConditions(75, 100)).isGreaterThan(2 * meanConditions(18, 50));
    }

    private static double meanConditions(int from, int to) {
        return people("en-US")
                .filter(p -> p.age(Persona.REGISTERED) >= from && p.age(Persona.REGISTERED) < to)
                .mapToInt(p -> p.conditions(Persona.REGISTERED).size())
                .average()
                .orElse(0);
    }

    @Test
    void derivedValuesAgreeWithWhatThePagePrints() {
        people("de-DE").forEach(p -> {
            Map<Analyte, Double> v = p.labs(Specs.DAY);
            assertThat(value(v, Analyte.LDL))
                    .isCloseTo(
                            value(v, Analyte.CHOLESTEROL) - value(v, Analyte.HDL) - value(v, Analyte.TRIGLYCERIDES) / 5,
                            within(0.51));
            assertThat(value(v, Analyte.ANION_GAP))
                    .isCloseTo(
                            value(v, Analyte.SODIUM) - value(v, Analyte.CHLORIDE) - value(v, Analyte.BICARBONATE),
                            within(0.01));
            assertThat(value(v, Analyte.MCV))
                    .isCloseTo(value(v, Analyte.HAEMATOCRIT) * 10 / value(v, Analyte.ERYTHROCYTES), within(0.06));
            assertThat(value(v, Analyte.EGFR))
                    .isCloseTo(p.ckdEpi(value(v, Analyte.CREATININE), p.age(Specs.DAY)), within(0.51));
            assertThat(value(v, Analyte.EGFR) < 60).isEqualTo(p.has(Condition.KIDNEY, Specs.DAY));
        });
    }

    @Test
    void friedewaldHoldsInSiUnitsToo() {
        people("fr-FR").forEach(p -> {
            Map<Analyte, Double> v = p.labs(Specs.DAY);
            double ldl = printed(v, Analyte.LDL);
            double expected =
                    printed(v, Analyte.CHOLESTEROL) - printed(v, Analyte.HDL) - printed(v, Analyte.TRIGLYCERIDES) / 2.2;
            assertThat(ldl).isCloseTo(expected, within(0.0051));
        });
    }

    private static double printed(Map<Analyte, Double> values, Analyte analyte) {
        return Double.parseDouble(analyte.scale(true).print(value(values, analyte)));
    }

    private static double value(Map<Analyte, Double> values, Analyte analyte) {
        return values.getOrDefault(analyte, Double.NaN);
    }

    /** CKD-EPI 2021, worked example: a woman of 50 with 1.0 mg/dL has 69; a man of 50 has 92. */
    @Test
    void filtrationFollowsThePublishedFormula() {
        people("en-US")
                .limit(20)
                .forEach(p -> assertThat(p.ckdEpi(1.0, 50)).isCloseTo(p.isFemale ? 69 : 92, within(1.0)));
    }

    @Test
    void valuesOfOnePersonAreCloserThanValuesOfTwo() {
        double within = people("en-US")
                .mapToDouble(p -> Math.abs(creatinine(p, Specs.DAY) - creatinine(p, Specs.DAY.plusDays(60))))
                .average()
                .orElse(9);
        double between = people("en-US")
                .mapToDouble(p -> Math.abs(creatinine(p, Specs.DAY) - 0.9))
                .average()
                .orElse(0);

        assertThat(within).isLessThan(between / 2);
    }

    private static double creatinine(Persona p, LocalDate day) {
        return value(p.labs(day), Analyte.CREATININE);
    }

    @Test
    void staffAreNamedOnceAndForAll() {
        assertThat(Specs.forge().staffName("u-17", Locale.FRANCE))
                .isEqualTo(Specs.forge().staffName("u-17", Locale.FRANCE))
                .startsWith("Dr ");
        assertThat(Specs.forge().staffName("u-17", Locale.FRANCE))
                .isNotEqualTo(Specs.forge().staffName("u-18", Locale.FRANCE));
    }
}
