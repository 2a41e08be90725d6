package io.shouwang.engine;

import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.host.Disk;
import io.shouwang.journal.Journal;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state as the disk has it: the newest whole snapshot, and the facts of all batches after it.
 * Facts are applied, nothing is decided again.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final State state = new State();
  private Map<HomeId, Long> applied = new HashMap<>();
  private long replayFrom = 1;
  private long headNumber;
  private List<Path> passedOver = List.of();
  private Baseline.Making baseline = new Baseline.Making();
  private Follower follower = Follower.NONE;

  /** From nothing. */
  Recovery() {}

  /** Who hears of what is replayed. */
  Recovery followedBy(Follower other) {
    follower = other;
    return this;
  }

  /** Where replay will have to begin: the first batch that no whole snapshot covers. */
  static Recovery fromSnapshot(Disk disk, Path snapshots) throws IOException {
    List<Path> passedOver = new ArrayList<>();
    for (Path file : Snapshot.list(disk, snapshots)) {
      Recovery recovery = new Recovery();
      try {
        Snapshot.read(disk, file, recovery.new Restoring());
        recovery.passedOver = passedOver;
        return recovery;
      } catch (Snapshot.Damaged | UnreadableRecord e) {
        LOG.error("passing over a snapshot that can't be used; the one before it serves", e);
        passedOver.add(file);
      }
    }
    Recovery fromTheFirstBatch = new Recovery();
    fromTheFirstBatch.passedOver = passedOver;
    return fromTheFirstBatch;
  }

  /**
   * The snapshots that can't be used. They must go: counted among those that are kept, they would
   * let the one go that can, and retention the batches that it needs.
   */
  List<Path> passedOver() {
    return passedOver;
  }

  /** What an auditor begins with; to be taken once, since it is let go then. */
  Baseline takeBaseline() {
    Baseline taken = baseline.from(replayFrom);
    baseline = new Baseline.Making();
    return taken;
  }

  long replayFrom() {
    return replayFrom;
  }

  /** Applies what the journal holds beyond the snapshot. */
  State replay(Journal journal) throws IOException {
    journal.replay(replayFrom, (_, body) -> apply(body));
    applied = Map.of();
    return state;
  }

  /** What is recovered so far. */
  State state() {
    return state;
  }

  /** Applies the facts of one batch. */
  void apply(ByteBuffer body) {
    BatchCodec.read(body, this::apply);
  }

  private void apply(Decided decided) {
    long number = decided.stamp().number();
    if (number > headNumber) {
      state.take(decided.stamp(), decided.input(), decided.facts());
    }
    HomeId home = decided.home();
    if (home == null) {
      follower.synced(decided, decided.stamp().now().toEpochMilli());
      return;
    }
    if (number <= applied.getOrDefault(home, 0L)) {
      follower.synced(
          decided, Batch.happenedMillis(decided.stamp(), decided.input(), state.home(home)));
      return;
    }
    Home after = state.home(home);
    if (decided.heard() != null && decided.input() instanceof Input.EventReceived received) {
      after = after.hear(received.event(), decided.heard());
    }
    for (Fact fact : decided.facts()) {
      after = after.apply(fact, decided.stamp());
    }
    state.put(after);
    follower.synced(decided, Batch.happenedMillis(decided.stamp(), decided.input(), after));
  }

  private final class Restoring implements Snapshot.Visitor {
    @Override
    public void head(Snapshot.Head head) {
      replayFrom = head.sequence();
      headNumber = head.last().number();
      state.restore(
          head.last(),
          head.registryHash(),
          head.settingsHash(),
          head.sessions(),
          head.notes(),
          head.careNotes());
    }

    @Override
    public void homes(Snapshot.Homes slice) {
      for (Home home : slice.homes()) {
        state.put(home);
        baseline.take(home, slice.at().number());
        applied.put(home.id(), slice.at().number());
      }
    }
  }
}
