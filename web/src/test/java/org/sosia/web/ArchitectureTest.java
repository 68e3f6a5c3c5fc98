package org.sosia.web;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.interceptor.AroundInvoke;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.secret.SecretMaterial;
import org.sosia.identity.Caller;

/**
 * The directions and the doors, as far as a machine can see them. Read it as a map: what may know what, and what must never.
 */
class ArchitectureTest {

    private static final String[] MODULES = {
        "org.sosia.crypto..", "org.sosia.decoy..", "org.sosia.persistence..", "org.sosia.web.."
    };

    /** The capabilities: whatever is ours and none of the other modules, one package each. */
    private static final DescribedPredicate<JavaClass> CAPABILITIES = resideInAPackage("org.sosia..")
            .and(resideOutsideOfPackages(MODULES))
            .as("capabilities");

    private static final List<Class<? extends Annotation>> EJB = List.of(Stateless.class, Singleton.class);

    private static final List<Class<? extends Annotation>> BEAN =
            List.of(ApplicationScoped.class, RequestScoped.class, Dependent.class);

    private static JavaClasses system;

    @BeforeAll
    static void readTheWholeSystem() {
        system = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                // Packaged, another module's tests are a jar, which the option above does not know for tests.
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("org.sosia");
    }

    @Test
    void theWholeSystemIsLookedAt() {
        // A rule over nothing holds: this one says that something is there.
        assertThat(Stream.of("crypto", "decoy", "persistence", "lane", "sharing", "web")
                        .filter(module -> system.stream()
                                .noneMatch(type -> type.getPackageName().startsWith("org.sosia." + module))))
                .isEmpty();
    }

    @Test
    void cryptographyAndDecoysStandOnTheirOwn() {
        check(noClasses()
                .that()
                .resideInAPackage("org.sosia.crypto..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.sosia.decoy..", "org.sosia.persistence..", "org.sosia.web..", "jakarta..")
                .orShould()
                .dependOnClassesThat(CAPABILITIES)
                .because("the library is usable without this system"));
        check(noClasses()
                .that()
                .resideInAPackage("org.sosia.decoy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.sosia.crypto..", "org.sosia.persistence..", "org.sosia.web..", "jakarta..")
                .orShould()
                .dependOnClassesThat(CAPABILITIES)
                .because("a double is a function of its specification and of nothing else"));
    }

    @Test
    void modulesPointOneWay() {
        check(noClasses()
                .that()
                .resideInAPackage("org.sosia.persistence..")
                .should()
                .dependOnClassesThat(CAPABILITIES.or(resideInAPackage("org.sosia.web.."))));
        check(noClasses().that(CAPABILITIES).should().dependOnClassesThat().resideInAPackage("org.sosia.web.."));
        check(noClasses()
                .that()
                .resideInAPackage("org.sosia.web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.sosia.persistence..")
                .because("screens and resources call doors, never a store"));
    }

    @Test
    void capabilitiesAreFreeOfCycles() {
        check(slices().matching("org.sosia.(*)..").should().beFreeOfCycles());
    }

    @Test
    void onlyTheLaneSeesBothStores() {
        check(classes()
                .that(resideOutsideOfPackages("org.sosia.lane..", "org.sosia.persistence.."))
                .should(satisfy(
                        "not see both stores",
                        type -> !sees(type, "org.sosia.persistence.OriginalCloud")
                                || !sees(type, "org.sosia.persistence.DuplicateCloud")))
                .because("nothing but the lane chooses the store"));
    }

    @Test
    void whatMakesDoublesCannotReachAnOriginal() {
        check(noClasses()
                .that()
                .resideInAnyPackage("org.sosia.forging..", "org.sosia.decoy..")
                .should()
                .dependOnClassesThat(new DescribedPredicate<JavaClass>("lead to an original") {
                    @Override
                    public boolean test(JavaClass type) {
                        return type.getName().equals("org.sosia.persistence.OriginalCloud")
                                // Whoever could ask which hospital it is might be given the real one.
                                || type.getName().equals("org.sosia.lane.Lanes")
                                || type.getName().equals("org.sosia.lane.Rounds")
                                || type.getPackageName().startsWith("org.sosia.crypto.abe")
                                || type.getPackageName().startsWith("org.sosia.crypto.grant");
                    }
                }));
    }

    @Test
    void aCapabilityShowsDoorsAndWhatTheyHandOut() {
        check(classes()
                .that(CAPABILITIES)
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should(satisfy(
                        "be a door, something a door hands out, or a bean for the other capabilities",
                        type -> isDoorOrHandedOut(type) || isBean(type))));
    }

    @Test
    void theWebKnocksAtDoors() {
        check(classes()
                .that()
                .resideInAPackage("org.sosia.web..")
                .should(satisfy(
                        "see of a capability only its door and what that hands out",
                        type -> type.getDirectDependenciesFromSelf().stream()
                                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                                .filter(CAPABILITIES)
                                .allMatch(seen -> isDoorOrHandedOut(seen) || seen.isEquivalentTo(Caller.class)))));
    }

    @Test
    void everyDoorNamesItsRoles() {
        check(methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(arePublicEjbs())
                .should(nameTheirRoles()));
    }

    @Test
    void resourcesAndViewsStayInTheirPlaces() {
        check(classes()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .and()
                .resideInAPackage("org.sosia.web..")
                .should()
                .resideInAPackage("org.sosia.web.api..")
                .allowEmptyShould(true));
        check(noClasses()
                .that()
                .haveSimpleNameEndingWith("View")
                .and()
                .resideInAPackage("org.sosia.web..")
                .should()
                .resideInAnyPackage("org.sosia.web.api..", "org.sosia.web.security..", "org.sosia.web.health..")
                .allowEmptyShould(true));
    }

    @Test
    void onlyPersistenceHoldsAnEntityManager() {
        check(classes()
                .that()
                .resideOutsideOfPackage("org.sosia.persistence..")
                .should(satisfy(
                        "not hold an entity manager, nor be an entity",
                        type -> Stream.of("EntityManager", "EntityManagerFactory", "Entity", "Query")
                                .noneMatch(held -> sees(type, "jakarta.persistence." + held)))));
    }

    @Test
    void onlyCryptographyEncrypts() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("org.sosia.crypto..", "org.sosia.decoy..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("javax.crypto.Cipher")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("javax.crypto.Mac"));
        check(noClasses()
                .that()
                .resideOutsideOfPackage("org.sosia.crypto..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("supranational.blst..")
                .because("the groups have one owner"));
    }

    @Test
    void secretsAreNeverRecordsAndDoNotPrintThemselves() {
        check(classes()
                .that(assignableTo(SecretMaterial.class))
                .and()
                .areNotInterfaces()
                .should(satisfy(
                        "not be records, and override toString",
                        type -> !type.isRecord()
                                && type.tryGetMethod("toString").isPresent())));
    }

    @Test
    void cryptographyAndDecoysKeepNoLog() {
        check(noClasses()
                .that()
                .resideInAnyPackage("org.sosia.crypto..", "org.sosia.decoy..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.System$Logger")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging.."));
    }

    private static void check(ArchRule rule) {
        rule.check(system);
    }

    private static boolean sees(JavaClass type, String other) {
        return type.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> dependency.getTargetClass().getName().equals(other));
    }

    private static boolean isEjb(JavaClass type) {
        return EJB.stream().anyMatch(type::isAnnotatedWith);
    }

    private static DescribedPredicate<JavaClass> arePublicEjbs() {
        return new DescribedPredicate<>("are public EJBs of a capability") {
            @Override
            public boolean test(JavaClass type) {
                return type.getModifiers().contains(JavaModifier.PUBLIC) && isEjb(type) && CAPABILITIES.test(type);
            }
        };
    }

    private static boolean isDoorOrHandedOut(JavaClass type) {
        return isEjb(type)
                || type.isRecord()
                || type.isEnum()
                || type.isInterface()
                || type.isAssignableTo(Throwable.class)
                || type.getModifiers().contains(JavaModifier.FINAL);
    }

    private static boolean isBean(JavaClass type) {
        return BEAN.stream().anyMatch(type::isAnnotatedWith)
                || type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(AroundInvoke.class));
    }

    private static ArchCondition<JavaMethod> nameTheirRoles() {
        return new ArchCondition<>("name their roles") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                var named = Stream.of(RolesAllowed.class, PermitAll.class)
                        .anyMatch(roles -> method.isAnnotatedWith(roles)
                                || method.getOwner().isAnnotatedWith(roles));
                var lifecycle = method.isAnnotatedWith("jakarta.annotation.PostConstruct")
                        || method.isAnnotatedWith("jakarta.annotation.PreDestroy")
                        || method.isAnnotatedWith("jakarta.ejb.Schedule")
                        || method.isAnnotatedWith("jakarta.ejb.Timeout")
                        || method.getModifiers().contains(JavaModifier.STATIC);
                if (!named && !lifecycle) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " is open to anybody"));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> satisfy(String claim, Predicate<JavaClass> holds) {
        return new ArchCondition<>(claim) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!holds.test(type)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " does not " + claim));
                }
            }
        };
    }
}
