package io.shouwang.ingest.mqtt;

import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.journal.TestReceipts;
import io.shouwang.model.Answer;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Input;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An engine that takes what it is told to take, and acknowledges when it is told to. */
final class FakeIntake implements Intake {
  private final List<Submission> taken = new ArrayList<>();
  private final List<Submission> unacknowledged = new ArrayList<>();
  private final Set<Lane> full = EnumSet.noneOf(Lane.class);
  private final List<Runnable> wakes = new ArrayList<>();
  private boolean acknowledgesAtOnce;
  private long number;

  @Override
  public synchronized boolean offer(Submission submission) {
    if (full.contains(submission.lane())) {
      return false;
    }
    taken.add(submission);
    unacknowledged.add(submission);
    if (acknowledgesAtOnce) {
      acknowledge();
    }
    return true;
  }

  @Override
  public void whenRoom(Lane lane, Runnable wake) {
    synchronized (this) {
      if (full.contains(lane)) {
        wakes.add(wake);
        return;
      }
    }
    wake.run();
  }

  synchronized FakeIntake acknowledgesAtOnce() {
    acknowledgesAtOnce = true;
    return this;
  }

  synchronized void fill(Lane lane) {
    full.add(lane);
  }

  void makeRoom(Lane lane) {
    List<Runnable> woken;
    synchronized (this) {
      full.remove(lane);
      woken = List.copyOf(wakes);
      wakes.clear();
    }
    woken.forEach(Runnable::run);
  }

  /** The sync of all that was taken. */
  synchronized void acknowledge() {
    acknowledge(new Answer.Taken());
  }

  synchronized void acknowledge(Answer answer) {
    List<Submission> synced = List.copyOf(unacknowledged);
    unacknowledged.clear();
    synced.forEach(submission ->
        submission.acknowledgement().synced(TestReceipts.of(number), number++, answer));
  }

  /** Forgets what was taken in and acknowledged. */
  synchronized void forget() {
    taken.clear();
  }

  synchronized List<Input> inputs() {
    return taken.stream().map(Submission::input).toList();
  }

  synchronized List<DeviceEvent> events() {
    return taken.stream()
        .map(Submission::input)
        .filter(Input.EventReceived.class::isInstance)
        .map(input -> ((Input.EventReceived) input).event())
        .toList();
  }

  synchronized List<Input> sessions() {
    return inputs().stream()
        .filter(
            input -> input instanceof Input.SessionKept || input instanceof Input.SessionDropped)
        .toList();
  }
}
