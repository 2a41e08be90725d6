package io.shouwang.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.ResourceLeakDetector;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole flow from socket to channel, in one thread on virtual time, story after story. */
class SimulationTest {
  private static final long SECONDS_SHORT = 15;
  private static final int STORIES_LEAST_SHORT = 20;
  private static final int STORIES_FULL = 20_000;
  private static final int STORIES_TO_CATCH_A_MUTANT = 60;

  private static ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();

  @BeforeAll
  static void lookForLeaksElsewhere() {
    before = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
  }

  @AfterAll
  static void lookForLeaksAgain() {
    ResourceLeakDetector.setLevel(before);
  }

  @Test
  void thePromisesHoldInEveryStory() {
    Seed first = Seed.of("Simulation");
    boolean one = !System.getProperty("seed", "").isBlank();
    Map<String, Integer> counts = new TreeMap<>();
    long start = System.nanoTime();
    int told = 0;
    while (told < 1 || (!one && more(told, start))) {
      Story.Ending ending = Story.tell(first.round(told), Mutant.NONE);
      ending.counts().forEach((what, times) -> counts.merge(what, times, Integer::sum));
      told++;
      if (one) {
        System.out.println("trace " + ending.hash());
      } else if (told % 250 == 0) {
        System.out.println(told + " stories told");
      }
    }
    long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
    System.out.println(
        told + " stories in " + seconds + " s, " + 60L * told / seconds + " a minute: " + counts);
    if (!one) {
      assertTrue(
          counts.getOrDefault("power cuts", 0) > 0
              && counts.getOrDefault("redelivered", 0) > 0
              && counts.getOrDefault("snapshots", 0) > 0
              && counts.getOrDefault("audits", 0) > 0
              && counts.getOrDefault("steps on a full disk", 0) > 0,
          "the stories must be rich enough to mean something: " + counts);
    }
  }

  private static boolean more(int told, long start) {
    return Seed.full()
        ? told < STORIES_FULL
        : told < STORIES_LEAST_SHORT
            || System.nanoTime() - start < TimeUnit.SECONDS.toNanos(SECONDS_SHORT);
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    Seed seed = Seed.of("Simulation, twice");
    for (int i = 0; i < 3; i++) {
      assertEquals(Story.tell(seed.round(i), Mutant.NONE), Story.tell(seed.round(i), Mutant.NONE));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aMutantIsCaught(Mutant mutant) {
    Seed seed = Seed.of("Simulation of " + mutant);
    for (int i = 0; i < STORIES_TO_CATCH_A_MUTANT; i++) {
      try {
        Story.tell(seed.round(i), mutant);
      } catch (Broken broken) {
        System.out.println(mutant + " caught in story " + (i + 1) + " by " + broken.promise());
        return;
      }
    }
    throw new AssertionError(mutant + " lived through " + STORIES_TO_CATCH_A_MUTANT + " stories");
  }
}
