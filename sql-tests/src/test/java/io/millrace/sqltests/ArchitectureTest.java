package io.millrace.sqltests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The walls of the house. */
class ArchitectureTest {
    private static final String AVATICA = "org.apache.calcite.avatica..";
    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.millrace");
    }

    @Nested
    @DisplayName("imports point one way")
    class Directions {
        @Test
        void theParserKnowsNoOtherRoom() {
            noClasses()
                    .that()
                    .resideInAnyPackage("io.millrace.parser..", "io.millrace.error..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.millrace.planner..",
                            "io.millrace.plan..",
                            "io.millrace.catalog..",
                            "io.millrace.executor..",
                            "io.millrace.server..",
                            "io.millrace.jdbc..")
                    .check(classes);
        }

        @Test
        void thePlannerKnowsNeitherExecutorNorServer() {
            noClasses()
                    .that()
                    .resideInAnyPackage("io.millrace.planner..", "io.millrace.plan..", "io.millrace.catalog..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.millrace.executor..", "io.millrace.server..", "io.millrace.jdbc..")
                    .check(classes);
        }

        @Test
        void theExecutorKnowsNeitherServerNorSql() {
            noClasses()
                    .that()
                    .resideInAPackage("io.millrace.executor..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.millrace.server..",
                            "io.millrace.jdbc..",
                            "io.millrace.parser..",
                            "io.millrace.planner..")
                    .check(classes);
        }

        @Test
        void theDriverKnowsNoRoomOfTheServer() {
            noClasses()
                    .that()
                    .resideInAPackage("io.millrace.jdbc..")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("io.millrace..").and(not(resideInAPackage("io.millrace.jdbc.."))))
                    .check(classes);
        }

        @Test
        void theShellAndTheSqlFilesKnowTheServerByItsDriverOnly() {
            noClasses()
                    .that()
                    .resideInAnyPackage("io.millrace.shell..", "io.millrace.sqltests..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.millrace..")
                            .and(not(resideInAnyPackage("io.millrace.shell..", "io.millrace.sqltests.."))))
                    .check(classes);
        }

        @Test
        void packagesHaveNoCycles() {
            slices().matching("io.millrace.(**)").should().beFreeOfCycles().check(classes);
        }
    }

    @Nested
    @DisplayName("libraries stay in their rooms")
    class Libraries {
        @Test
        void dataSketchesStayInAggregates() {
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.millrace.executor.aggregate..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.datasketches..")
                    .check(classes);
        }

        @Test
        void calciteStaysInParserAndPlanner() {
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.millrace.parser..", "io.millrace.planner..")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("org.apache.calcite..").and(not(resideInAPackage(AVATICA))))
                    .check(classes);
        }

        @Test
        void avaticaStaysInItsAdapterAndTheDriver() {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.millrace.server.avatica..",
                            "io.millrace.jdbc..",
                            "io.millrace.parser..",
                            "io.millrace.planner..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(AVATICA)
                    .check(classes);
        }

        @Test
        void nettyStaysInTheServer() {
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.millrace.server.net..", "io.millrace.server.avatica..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.netty..")
                    .check(classes);
        }

        @Test
        void theTerminalStaysInTheShell() {
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.millrace.shell..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.jline..")
                    .check(classes);
        }

        @Test
        void metersStayInAdministration() {
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.millrace.server.admin..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.micrometer..", "io.prometheus..")
                    .check(classes);
        }

        @Test
        void everybodyLogsBySlf4j() {
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.millrace.server.logging..", "io.millrace.jdbc..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.util.logging..")
                    .check(classes);
        }

        @Test
        void chronicleStaysInTheLog() {
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.millrace.executor.log..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("net.openhft..")
                    .check(classes);
        }
    }

    @Nested
    @DisplayName("time, chance and threads are injected")
    class Injection {
        private static final String REASON = "prefer EngineClock, so that a replay and a test see the same";

        @Test
        void onlyTheSystemClockReadsTheClock() {
            noClasses()
                    .that(resideInAnyPackage("io.millrace.parser..", "io.millrace.planner..", "io.millrace.executor.."))
                    .and()
                    .doNotHaveSimpleName("SystemClock")
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .because(REASON)
                    .check(classes);
        }

        @Test
        void nothingIsLeftToChance() {
            noClasses()
                    .that(resideInAnyPackage("io.millrace.parser..", "io.millrace.planner..", "io.millrace.executor.."))
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Random.class)
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(ThreadLocalRandom.class)
                    .because(REASON)
                    .check(classes);
        }

        @Test
        void nobodySleeps() {
            noClasses()
                    .should()
                    .callMethod(Thread.class, "sleep", long.class)
                    .because("whoever waits, waits for something: a latch, a condition, a future")
                    .check(classes);
        }

        @Test
        void theEngineWaitsInOnePlace() {
            noClasses()
                    .that(resideInAPackage("io.millrace.executor.."))
                    .and()
                    .doNotHaveSimpleName("Waits")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(LockSupport.class)
                    .orShould()
                    .callMethod(CompletableFuture.class, "join")
                    .orShould()
                    .callMethod(CompletableFuture.class, "get")
                    .because("a simulation must know of each wait, see Waits")
                    .check(classes);
        }

        @Test
        void theEngineBeginsThreadsInOnePlace() {
            noClasses()
                    .that(resideInAPackage("io.millrace.executor.."))
                    .and()
                    .doNotHaveSimpleName("PlatformThreads")
                    .and()
                    .doNotHaveSimpleName("GuidedThread")
                    .should()
                    .callConstructor(Thread.class, Runnable.class)
                    .orShould()
                    .callConstructor(Thread.class, Runnable.class, String.class)
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(Executors.class)
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(ThreadPoolExecutor.class)
                    .because("threads come from Threads, those of a simulation too")
                    .check(classes);
        }

        @Test
        void nothingIsSerialisedByJava() {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.io.ObjectInputStream")
                    .because("reading Java's serial form runs code that the sender chose")
                    .check(classes);
        }
    }
}
