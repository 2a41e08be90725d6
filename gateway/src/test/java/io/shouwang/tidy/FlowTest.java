package io.shouwang.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.shouwang.journal.Receipt;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Arrows point one way: what each stage may know of the others. */
final class FlowTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.shouwang");

  /** Each package and those of ours it may know. Only the wiring and the commands know all. */
  private static final Map<String, List<String>> KNOWS =
      Map.ofEntries(
          Map.entry("model", List.of()),
          Map.entry("host", List.of()),
          Map.entry("yaml", List.of("model")),
          Map.entry("map", List.of("model", "yaml")),
          Map.entry("journal", List.of("host")),
          Map.entry("senses", List.of("model")),
          Map.entry("rules", List.of("model", "senses")),
          Map.entry("custom", List.of("model", "senses", "rules")),
          Map.entry("alerts", List.of("model", "senses", "rules")),
          Map.entry("intake", List.of("model", "journal")),
          Map.entry("wording", List.of("model", "rules", "alerts")),
          Map.entry(
              "engine", List.of("model", "senses", "rules", "alerts", "intake", "journal", "host")),
          Map.entry("ingest", List.of("model", "intake", "journal", "host")),
          Map.entry(
              "notify",
              List.of("model", "alerts", "rules", "wording", "intake", "journal", "host", "yaml")),
          Map.entry(
              "audit",
              List.of(
                  "model", "alerts", "rules", "wording", "intake", "journal", "host", "engine",
                  "notify", "yaml")),
          Map.entry(
              "levels",
              List.of(
                  "model", "alerts", "rules", "wording", "intake", "journal", "host", "notify")),
          Map.entry("accounts", List.of("model", "host")),
          Map.entry("signon", List.of("model", "host", "notify")),
          Map.entry("figures", List.of("model", "alerts", "rules", "engine", "journal", "host")),
          Map.entry("drills", List.of("model", "alerts", "rules", "intake", "host", "notify")),
          Map.entry(
              "console",
              List.of(
                  "model",
                  "alerts",
                  "rules",
                  "wording",
                  "intake",
                  "journal",
                  "host",
                  "drills",
                  "notify",
                  "levels",
                  "map",
                  "registry",
                  "accounts",
                  "figures",
                  "signon")),
          Map.entry(
              "backtest",
              List.of(
                  "model",
                  "senses",
                  "rules",
                  "alerts",
                  "intake",
                  "wording",
                  "engine",
                  "journal",
                  "host",
                  "registry")),
          Map.entry("registry", List.of("model", "intake", "host", "yaml")),
          Map.entry(
              "config",
              List.of(
                  "model",
                  "alerts",
                  "rules",
                  "custom",
                  "registry",
                  "notify",
                  "levels",
                  "map",
                  "yaml",
                  "accounts",
                  "signon")));

  @TestFactory
  Stream<DynamicTest> each_package_knows_only_what_it_may() {
    return KNOWS.entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(), () -> rule(entry.getKey(), entry.getValue()).check(CODE)));
  }

  private static ArchRule rule(String name, List<String> mayKnow) {
    String[] forbidden =
        KNOWS.keySet().stream()
            .filter(other -> !other.equals(name) && !mayKnow.contains(other))
            .map(FlowTest::packages)
            .toArray(String[]::new);
    String[] wiring = {"io.shouwang", "io.shouwang.cli.."};
    String[] all =
        Stream.concat(Arrays.stream(forbidden), Arrays.stream(wiring)).toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(packages(name))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(all)
        .because(
            name + " may know only " + mayKnow + "; move the shared word down, or the code up");
  }

  private static String packages(String name) {
    return "io.shouwang." + name + "..";
  }

  @Test
  void the_core_is_pure() {
    noClasses()
        .that()
        .resideInAnyPackage(
            packages("model"), packages("senses"), packages("rules"), packages("alerts"))
        .should()
        .dependOnClassesThat(
            describe(
                "do I/O, log, or come from a library",
                (JavaClass c) ->
                    !c.getPackageName().startsWith("io.shouwang")
                        && !PURE.stream().anyMatch(c.getPackageName()::equals)))
        .because("a decision is a function of its arguments (P7); take what you need as one")
        .check(CODE);
  }

  private static final List<String> PURE =
      List.of(
          "",
          "java.lang",
          "java.lang.annotation",
          "java.lang.invoke",
          "java.lang.runtime",
          "java.nio",
          "java.nio.charset",
          "java.security",
          "java.time",
          "java.time.chrono",
          "java.time.temporal",
          "java.time.zone",
          "java.util",
          "java.util.function",
          "java.util.stream",
          "org.jspecify.annotations");

  @Test
  void only_the_clock_reads_the_time_and_nothing_draws_lots_in_the_core() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.shouwang.host..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .because("time is an argument; take a host.Clock")
        .check(CODE);
  }

  @Test
  void only_the_journal_makes_receipts() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.shouwang.journal")
        .should()
        .callConstructor(Receipt.class, long.class)
        .because("a receipt is proof of a sync (P1)")
        .check(CODE);
  }
}
