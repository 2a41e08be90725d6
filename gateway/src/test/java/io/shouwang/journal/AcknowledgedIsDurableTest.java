package io.shouwang.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.simulation.Seed;
import org.junit.jupiter.api.Test;

class AcknowledgedIsDurableTest {
  private static final int ROUNDS = Seed.full() ? 20_000 : 400;

  @Test
  void whatWasReceiptedSurvivesEveryLife() {
    Seed first = Seed.of("AcknowledgedIsDurable");
    for (int i = 0; i < ROUNDS; i++) {
      AcknowledgedIsDurable.run(first.round(i), false);
    }
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    Seed seed = Seed.of("AcknowledgedIsDurable, twice");
    assertEquals(AcknowledgedIsDurable.run(seed, false), AcknowledgedIsDurable.run(seed, false));
  }

  @Test
  void aDiskThatLiesAboutSyncsIsCaught() {
    Seed first = Seed.of("AcknowledgedIsDurable, lying syncs");
    int caught = 0;
    for (int i = 0; i < 50; i++) {
      try {
        AcknowledgedIsDurable.run(first.round(i), true);
      } catch (AcknowledgedIsDurable.Broken e) {
        caught++;
      }
    }
    assertTrue(caught > 40, "caught in " + caught + " of 50 lives");
  }
}
