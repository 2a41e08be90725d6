package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.shouwang.host.Clock;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for room in a full lane. */
final class SubmitterTest {
  private final List<Runnable> wakers = new ArrayList<>();

  private final Intake full =
      new Intake() {
        @Override
        public boolean offer(Submission submission) {
          return false;
        }

        @Override
        public void whenRoom(Lane lane, Runnable wake) {
          wakers.add(wake);
        }
      };

  @Test
  void aLaneThatStaysFullIsAskedOnceHoweverManyGiveUp() {
    ConsoleSettings.Limits limits = Site.limits(java.time.Duration.ofMillis(2));
    Submitter submitter = new Submitter(full, limits, Clock.SYSTEM);
    Input input = new Input.TimePassed(new HomeId("h-1"));
    for (int i = 0; i < 50; i++) {
      assertThrows(Problem.class, () -> submitter.submit(input, Lane.TELEMETRY));
    }
    assertEquals(1, wakers.size());
    wakers.removeFirst().run();
    assertThrows(Problem.class, () -> submitter.submit(input, Lane.TELEMETRY));
    assertEquals(1, wakers.size(), "and again once it had room");
  }
}
