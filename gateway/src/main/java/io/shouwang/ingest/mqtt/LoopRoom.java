package io.shouwang.ingest.mqtt;

import io.netty.util.concurrent.EventExecutor;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the connections of one event loop share: the messages that wait for a full lane, first come
 * first served, and the acknowledgements on their way back. Everything but {@link #acknowledged}
 * happens on the loop. A lane waits for itself only, so a press passes the readings that wait.
 */
final class LoopRoom {
  private final EventExecutor loop;
  private final Intake intake;
  private final AtomicLong heldBytesInAll;
  private final Map<Lane, Queue<Held>> held = new EnumMap<>(Lane.class);
  private final Set<Lane> asked = EnumSet.noneOf(Lane.class);
  private final Queue<PublishAck> acks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean writing = new AtomicBoolean();

  private record Held(Inbound from, Submission submission, int bytes) {}

  LoopRoom(EventExecutor loop, Intake intake, AtomicLong heldBytesInAll) {
    this.loop = loop;
    this.intake = intake;
    this.heldBytesInAll = heldBytesInAll;
    for (Lane lane : Lane.values()) {
      held.put(lane, new ArrayDeque<>());
    }
  }

  /** Passes an input on, or holds it until its lane has room. Never drops it. */
  void submit(Inbound from, Submission submission, int bytes) {
    Queue<Held> queue = queue(submission.lane());
    if (queue.isEmpty() && intake.offer(submission)) {
      return;
    }
    queue.add(new Held(from, submission, bytes));
    heldBytesInAll.addAndGet(bytes);
    from.holds(bytes);
    ask(submission.lane());
  }

  private Queue<Held> queue(Lane lane) {
    Queue<Held> queue = held.get(lane);
    if (queue == null) {
      throw new IllegalStateException("every lane has its queue");
    }
    return queue;
  }

  private void ask(Lane lane) {
    if (asked.add(lane)) {
      intake.whenRoom(lane, () -> execute(() -> offerHeld(lane)));
    }
  }

  private void offerHeld(Lane lane) {
    asked.remove(lane);
    Queue<Held> queue = queue(lane);
    Held first;
    while ((first = queue.peek()) != null) {
      if (!intake.offer(first.submission())) {
        ask(lane);
        return;
      }
      queue.remove();
      heldBytesInAll.addAndGet(-first.bytes());
      first.from().released(first.bytes());
    }
  }

  /**
   * An acknowledgement is due. Any thread. However many come at once, the loop is woken once, and
   * each connection is written to once.
   */
  void acknowledged(PublishAck ack) {
    acks.add(ack);
    if (!writing.get() && writing.compareAndSet(false, true)) {
      execute(this::writeAcks);
    }
  }

  private void writeAcks() {
    // Cleared first: what is added from here on wakes the loop again.
    writing.set(false);
    List<Inbound> touched = new ArrayList<>();
    PublishAck ack;
    while ((ack = acks.poll()) != null) {
      if (ack.to().appendAck(ack.packetId(), ack.reason())) {
        touched.add(ack.to());
      }
    }
    touched.forEach(Inbound::flushAcks);
  }

  /** Runs on the loop; dropped when the loop is shut down, with the connections it had. */
  private void execute(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      // The endpoint is closed: nobody is left to be answered, and clients send again.
    }
  }
}
