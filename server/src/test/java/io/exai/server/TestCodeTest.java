package io.exai.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** Every test of every module that is built runs: none is switched off, and each is in a class the build looks for. */
class TestCodeTest {
    private static final JavaClasses TESTS = new ClassFileImporter()
            .importPaths(Stream.of("protocol", "persistence", "providers", "cluster-config", "server")
                    .map(module -> Path.of("..", module, "target", "test-classes"))
                    .filter(Files::isDirectory)
                    .toList());

    @Test
    void noTestIsSwitchedOff() {
        noMethods().should().beAnnotatedWith(Disabled.class).check(TESTS);
        noClasses().should().beAnnotatedWith(Disabled.class).check(TESTS);
    }

    @Test
    void everyTestIsInAClassTheBuildLooksFor() {
        classes()
                .that(describe("hold tests", TestCodeTest::holdsTests))
                .should()
                .haveSimpleNameEndingWith("Test")
                .orShould()
                .haveSimpleNameEndingWith("IT") // the build's second round, against the jar
                .orShould()
                .beInterfaces()
                .orShould()
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)
                .orShould()
                .haveSimpleNameEndingWith("Bench") // run by hand
                .check(TESTS);
    }

    /** Not in tests: only what measures, what loads a database until it is killed, and the one place that polls. */
    @Test
    void nobodySleeps() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..bench..")
                .and()
                .doNotHaveSimpleName("Await")
                .and()
                .doNotHaveSimpleName("AcknowledgingWriter")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .check(TESTS);
    }

    private static boolean holdsTests(JavaClass candidate) {
        return candidate.getMethods().stream().anyMatch(TestCodeTest::isTest);
    }

    private static boolean isTest(JavaMethod method) {
        return method.isMetaAnnotatedWith(Testable.class) || method.isAnnotatedWith(Test.class);
    }
}
