package io.shouwang.notify;

import io.shouwang.host.Clock;
import io.shouwang.intake.Acknowledgement;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.Input;
import io.shouwang.model.Outcome;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries outcomes back as inputs. What finds the lane full waits here; past the bound it is
 * dropped, which costs no more than a delivery that goes out once more under its key. Any thread.
 */
public final class Outcomes {
  private static final int WAITING_MAX = 100_000;

  private final Intake intake;
  private final Clock clock;
  private final ConcurrentLinkedQueue<Submission> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();

  public Outcomes(Intake intake, Clock clock) {
    this.intake = intake;
    this.clock = clock;
  }

  public void report(DeliveryKey key, Outcome outcome) {
    Submission submission =
        new Submission(
            new Input.DeliveryReported(key, outcome),
            Lane.ALARM,
            clock.nanos(),
            Acknowledgement.NONE);
    if (waitingCount.get() == 0 && intake.offer(submission)) {
      return;
    }
    if (waitingCount.incrementAndGet() > WAITING_MAX) {
      waitingCount.decrementAndGet();
      return;
    }
    waiting.add(submission);
    intake.whenRoom(Lane.ALARM, this::offerWaiting);
  }

  private synchronized void offerWaiting() {
    for (Submission next = waiting.peek(); next != null; next = waiting.peek()) {
      if (!intake.offer(next)) {
        intake.whenRoom(Lane.ALARM, this::offerWaiting);
        return;
      }
      waiting.remove();
      waitingCount.decrementAndGet();
    }
  }
}
