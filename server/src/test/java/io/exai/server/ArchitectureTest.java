package io.exai.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.exai.cluster.ClusterMessage;
import io.exai.persistence.Durable;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the module table, and those that keep actors and time in their places. */
class ArchitectureTest {
    private static final String ROOT = "io.exai.server";
    private static final String COMMAND_LINE = "io.exai.server.cli..";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.exai");

    @ParameterizedTest
    @CsvSource({
        "io.exai.protocol..,    io.exai.persistence.., io.exai.provider..,    io.exai.cluster..",
        "io.exai.persistence.., io.exai.protocol..,    io.exai.provider..,    io.exai.cluster..",
        "io.exai.provider..,    io.exai.protocol..,    io.exai.persistence.., io.exai.server..",
        "io.exai.cluster..,     io.exai.protocol..,    io.exai.persistence.., io.exai.provider..",
    })
    void modulesKnowNothingOfEachOtherNorOfTheServer(String module, String first, String second, String third) {
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(first, second, third, "io.exai.server..")
                .check(MAIN);
    }

    @Test
    void protocolIsPure() {
        classes()
                .that()
                .resideInAPackage("io.exai.protocol..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.exai.protocol..",
                        "java.lang..",
                        "java.io",
                        "java.nio",
                        "java.nio.charset",
                        "java.util..",
                        "com.fasterxml.jackson..",
                        "org.jspecify..")
                .check(MAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "io.exai.provider.openai..,    io.exai.provider.sandbox..",
        "io.exai.provider.sandbox..,   io.exai.provider.openai..",
        "io.exai.provider.chat..,      io.exai.provider.openai..",
        "io.exai.provider.catalogue.., io.exai.provider.openai..",
    })
    void vendorsKnowNothingOfEachOther(String vendor, String other) {
        noClasses()
                .that()
                .resideInAPackage(vendor)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(other)
                .check(MAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.exai.protocol", "io.exai.persistence", "io.exai.provider", "io.exai.server"})
    void packagesOfAModuleFormNoCycle(String module) {
        slices().matching(module + ".(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void onlyTheCommandLineWaitsForFutures() {
        noClasses()
                .that()
                .resideOutsideOfPackage(COMMAND_LINE)
                .should()
                .callMethodWhere(target(owner(describe("a future", ArchitectureTest::isFuture)))
                        .and(target(nameMatching("join|get|getNow|resultNow"))))
                .check(MAIN);
    }

    @Test
    void timeIsReadFromAnInjectedClock() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, COMMAND_LINE)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(MAIN);
    }

    @Test
    void actorsAreFinal() {
        classes()
                .that()
                .areAssignableTo(AbstractBehavior.class)
                .or()
                .areAssignableTo(EventSourcedBehavior.class)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(MAIN);
    }

    @Test
    void whatTravelsIsARecord() {
        classes()
                .that(describe("travel", ArchitectureTest::travels))
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
                .check(MAIN);
    }

    @Test
    void onlyTheCommandLineKnowsTheRoot() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, COMMAND_LINE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(MAIN);
    }

    @Test
    void onlyTheEdgeTouchesTheInsidesOfPekkoHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.exai.server.edge..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.pekko.http.impl.."))
                .check(MAIN);
    }

    @Test
    void onlyTheMetricsKnowKamon() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.exai.server.metric..")
                .should()
                .dependOnClassesThat(resideInAPackage("kamon.."))
                .check(MAIN);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(MAIN.stream().map(JavaClass::getPackage).distinct())
                .hasSizeGreaterThan(20)
                .allMatch(ArchitectureTest::isNullMarked);
    }

    private static boolean isNullMarked(JavaPackage candidate) {
        return candidate.isAnnotatedWith(NullMarked.class);
    }

    private static boolean isFuture(JavaClass candidate) {
        return candidate.isAssignableTo(CompletableFuture.class) || candidate.isAssignableTo(Future.class);
    }

    private static boolean travels(JavaClass candidate) {
        return candidate.isAssignableTo(Durable.class) || candidate.isAssignableTo(ClusterMessage.class);
    }
}
