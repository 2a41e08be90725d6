package io.shouwang.engine;

import io.shouwang.alerts.World;
import io.shouwang.host.Clock;
import io.shouwang.host.Disk;
import io.shouwang.journal.Archive;
import io.shouwang.journal.Journal;
import io.shouwang.journal.JournalOptions;
import io.shouwang.journal.RetentionPolicy;
import io.shouwang.journal.Space;
import io.shouwang.journal.TornTail;
import io.shouwang.model.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What a data directory holds, opened and read: the way to an engine. Owns the journal, and with it
 * the lock on the directory, until it is closed.
 */
public final class Recovered implements AutoCloseable {
  private final Disk disk;
  private final Path snapshots;
  private final Path archive;
  private final Journal journal;
  private final State state;
  private final long replayedFrom;
  private Baseline baseline;

  private Recovered(
      Disk disk, Path data, Journal journal, State state, long replayedFrom, Baseline baseline) {
    this.replayedFrom = replayedFrom;
    this.baseline = baseline;
    this.disk = disk;
    this.snapshots = data.resolve("snapshots");
    this.archive = data.resolve("archive");
    this.journal = journal;
    this.state = state;
  }

  /** Like the other, with nobody who follows. */
  public static Recovered open(Disk disk, Path data, JournalOptions options, Executor background)
      throws IOException {
    return open(disk, data, options, background, Follower.NONE);
  }

  /**
   * Opens the journal and brings the state up to its end.
   *
   * @param data the directory; made if there is none
   * @param background makes journal segments ahead
   * @param follower hears of what is replayed, on the caller's thread
   */
  public static Recovered open(
      Disk disk, Path data, JournalOptions options, Executor background, Follower follower)
      throws IOException {
    Path snapshots = data.resolve("snapshots");
    disk.makeDirectory(snapshots);
    Recovery recovery = Recovery.fromSnapshot(disk, snapshots).followedBy(follower);
    Journal journal =
        Journal.open(disk, data.resolve("journal"), options, recovery.replayFrom(), background);
    boolean done = false;
    try {
      Snapshot.deleteUnfinished(disk, snapshots); // by now the lock is ours
      State state = recovery.replay(journal);
      for (Path unusable : recovery.passedOver()) {
        disk.delete(unusable);
      }
      done = true;
      return new Recovered(
          disk, data, journal, state, recovery.replayFrom(), recovery.takeBaseline());
    } finally {
      if (!done) {
        journal.close();
      }
    }
  }

  /** The registry generation in force when the journal ended; empty if none ever was. */
  public String registryHash() {
    return state.registryHash();
  }

  /** The hash of the rules and ladders in force when the journal ended. */
  public String settingsHash() {
    return state.settingsHash();
  }

  public Collection<Session> sessions() {
    return state.sessions();
  }

  /** What was cut from the end of the journal; the duty desk must hear of it. */
  public List<TornTail> tornTails() {
    return journal.opening().tornTails();
  }

  /** The engine that goes on from here; to be called once. */
  public Engine engine(World world, Clock clock, EngineLimits limits, StageTimes stages) {
    return new Engine(journal, clock, limits, state, world, stages);
  }

  /** How much room the journal has. Any thread. */
  public Space space() {
    return journal.space();
  }

  /** The last batch that is on disk for certain. Any thread. */
  public long synced() {
    return journal.synced();
  }

  /** The first batch that was replayed at the start. */
  public long replayedFrom() {
    return replayedFrom;
  }

  /** Where an auditor begins; the first time only, since it is let go then. */
  public Baseline takeBaseline() {
    Baseline taken = baseline;
    baseline = Baseline.NONE;
    return taken;
  }

  /** What writes the engine's state out now and then. */
  public Snapshots snapshots(Engine engine) {
    return new Snapshots(disk, snapshots, engine.slices());
  }

  /**
   * What lets old telemetry go.
   *
   * @param archiveAge how long alarms, facts and replies are kept
   */
  public Retention retention(RetentionPolicy policy, Duration archiveAge) {
    return new Retention(journal, new Archive(disk, archive), archive, policy, archiveAge);
  }

  Journal journal() {
    return journal;
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
