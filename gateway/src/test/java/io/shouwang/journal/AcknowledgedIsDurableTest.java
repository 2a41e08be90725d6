package io.shouwang.journal;

import static io.shouwang.journal.JournalFixture.ARCHIVE;
import static io.shouwang.journal.JournalFixture.DIRECTORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.shouwang.simulation.Seed;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AcknowledgedIsDurableTest {
  private static final int ROUNDS = Seed.full() ? 20_000 : 400;

  @Test
  void whatWasReceiptedSurvivesEveryLife() {
    Seed first = Seed.of("AcknowledgedIsDurable");
    for (int i = 0; i < ROUNDS; i++) {
      AcknowledgedIsDurable.run(first.round(i), path -> false);
    }
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    Seed seed = Seed.of("AcknowledgedIsDurable, twice");
    assertEquals(
        AcknowledgedIsDurable.run(seed, path -> false),
        AcknowledgedIsDurable.run(seed, path -> false));
  }

  /** Whose syncs do nothing; each must be caught, or the run above proves nothing. */
  static Stream<Named<Predicate<Path>>> lies() {
    return Stream.of(
        Named.of("all", path -> true),
        Named.of("segments", path -> path.toString().endsWith(".seg")),
        Named.of("the journal's directory", DIRECTORY::equals),
        Named.of("archives", path -> path.toString().endsWith(".archiving")),
        Named.of("the archive's directory", ARCHIVE::equals));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void aSyncThatDoesNothingIsCaught(Predicate<Path> lying) {
    Seed first = Seed.of("AcknowledgedIsDurable, lying syncs");
    for (int i = 0; i < 2_000; i++) {
      try {
        AcknowledgedIsDurable.run(first.round(i), lying);
      } catch (AcknowledgedIsDurable.Broken e) {
        return;
      }
    }
    fail("2,000 lives didn't notice");
  }

  @ParameterizedTest
  @EnumSource
  void aMutantOfTheOrderOfWriteSyncAndAcknowledgementIsCaught(DurabilityMutant mutant) {
    Seed first = Seed.of("AcknowledgedIsDurable, " + mutant);
    for (int i = 0; i < 100; i++) {
      try {
        AcknowledgedIsDurable.run(first.round(i), path -> false, mutant::before);
      } catch (AcknowledgedIsDurable.Broken e) {
        return;
      }
    }
    fail("100 lives didn't notice " + mutant);
  }
}
