package io.shouwang.engine;

import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.CareBook;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Effect;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.World;
import io.shouwang.engine.WaitingLine.Queued;
import io.shouwang.host.Clock;
import io.shouwang.intake.Acknowledgement;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.journal.Importance;
import io.shouwang.journal.Journal;
import io.shouwang.journal.NoRoom;
import io.shouwang.journal.Receipt;
import io.shouwang.journal.Space;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Stamp;
import io.shouwang.rules.ProtectionBook;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state's only owner. {@link #step} takes what waits, decides it, makes it durable with one
 * sync, and only then acknowledges, shows and rings. It knows no thread of its own: {@link
 * EngineThread} turns it in production, a simulation by itself.
 *
 * <p>{@link #offer}, {@link #whenRoom}, {@link #activate}, {@link #alerts} and {@link #protection}
 * may be called by any thread, all else by the one that steps.
 */
public final class Engine implements Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final long SPACE_CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** So much of each batch is for deadlines, however many alarms wait. */
  private static final double TIMERS_SHARE = 0.25;

  /** A press waits for no more of them than this: after a start every home is looked at. */
  private static final int TIMERS_PER_BATCH_MAX = 512;

  private static final long LOOK_SPREAD_MILLIS = 60_000;

  private final Journal journal;
  private final Clock clock;
  private final EngineTime time;
  private final EngineLimits limits;
  private final State state;
  private final StageTimes stages;
  private final WaitingLine alarms;
  private final WaitingLine telemetry;
  private final Queue<Activation> activations = new ConcurrentLinkedQueue<>();
  private final SnapshotSlices slices;
  private final Views views;
  private final AreaWatch areas = new AreaWatch();
  private final Batch batch;
  private World world;
  private boolean stuck;
  private Space spaceSeen = Space.AMPLE;
  private long spaceCheckedNanos;
  private Performer performer =
      (receipt, effects) -> LOG.warn("{} effects of {} have no performer", effects.size(), receipt);
  private Follower follower = Follower.NONE;
  private volatile Runnable wake = () -> {};
  private final AtomicLong undecided = new AtomicLong();

  /** Of the world's homes those that it may mean something for; null for all. */
  private record Activation(
      Input input, @Nullable World world, @Nullable Collection<HomeId> homes) {}

  Engine(
      Journal journal,
      Clock clock,
      EngineLimits limits,
      State recovered,
      World world,
      StageTimes stages) {
    this.journal = journal;
    this.clock = clock;
    this.limits = limits;
    this.state = recovered;
    this.world = world;
    this.stages = stages;
    this.time = new EngineTime(clock, recovered.last().now());
    this.alarms = new WaitingLine(limits.alarmLane());
    this.telemetry = new WaitingLine(limits.telemetryLane());
    this.batch = new Batch(journal.newBatch());
    this.views = new Views(recovered.notes(), world, time);
    this.slices = new SnapshotSlices(recovered, limits.snapshotHomes());
    this.spaceCheckedNanos = clock.nanos();
    for (Home home : recovered.allHomes()) {
      views.show(home);
      areas.remember(home, world);
    }
    lookAgain(null, time.wall());
  }

  /** Who does outside what was decided. To be said before the first step. */
  public void performWith(Performer doer) {
    performer = doer;
  }

  /** Who hears of all that is on disk. To be said before the first step. */
  public void followedBy(Follower other) {
    follower = other;
  }

  /** The alerts as the outside may see them. */
  public AlertBook alerts() {
    return views.alerts;
  }

  /** The first that was ever heard here was heard then. */
  public void knownSince(Instant first) {
    views.alerts.knownSince(first);
  }

  /** Modes and contacts as the outside may see them. */
  public CareBook care() {
    return views.care;
  }

  /** What protects whom, as the outside may see it. */
  public ProtectionBook protection() {
    return views.protection;
  }

  /** Where snapshots get their slices. */
  SnapshotSlices slices() {
    return slices;
  }

  /**
   * The time that deadlines and expiries of this engine are in: it never goes back, and a wall
   * clock that is set while the process runs doesn't move it. Whatever is held against the state is
   * held against this. Any thread.
   */
  public Clock time() {
    return time;
  }

  /** For checks against a replay. The thread that steps. */
  State state() {
    return state;
  }

  /** How many inputs could not be decided since the start. */
  public long undecided() {
    return undecided.get();
  }

  public int waiting(Lane lane) {
    return line(lane).size();
  }

  @Override
  public boolean offer(Submission submission) {
    boolean taken = line(submission.lane()).offer(submission, clock.nanos());
    wake.run();
    return taken;
  }

  @Override
  public void whenRoom(Lane lane, Runnable waker) {
    line(lane).whenRoom(waker);
    wake.run();
  }

  private WaitingLine line(Lane lane) {
    return switch (lane) {
      case ALARM -> alarms;
      case TELEMETRY -> telemetry;
    };
  }

  /** Puts a registry generation, rules or ladders in force, from the input on. Any thread. */
  public void activate(Input input, @Nullable World next) {
    activate(input, next, null);
  }

  /** The same, where little has changed: of which homes a rule may say something else now. */
  public void activate(Input input, @Nullable World next, @Nullable Collection<HomeId> homes) {
    activations.add(new Activation(input, next, homes));
    wake.run();
  }

  /** Called after each offer, by the offering thread, to wake the one that steps. */
  public void onOffer(Runnable waker) {
    wake = waker;
  }

  /** The messages of the recovered state that nobody reported on; to be performed once at start. */
  public List<Effect> pending() {
    return state.allHomes().stream().flatMap(home -> Effect.pending(home).stream()).toList();
  }

  /**
   * Does one round: decide what waits, one sync, let it out.
   *
   * @return false when there was nothing to do, or no room on the disk to do it
   * @throws IOException when the journal failed; nothing more may be acknowledged
   */
  public boolean step() throws IOException {
    checkSpace();
    wakeWaiting(); // first: what they offer now is part of this round
    if (!stuck) {
      slices.serve(journal.lastSequence() + 1);
      collect();
      if (batch.isEmpty()) {
        return false;
      }
    }
    Receipt receipt = append();
    if (receipt == null) {
      return false;
    }
    release(receipt);
    return true;
  }

  /** When the next deadline is due, at the latest; null if none is. */
  public @Nullable Duration untilDeadline() {
    Instant next = state.nextDue();
    return next == null ? null : Duration.between(time.wall(), next);
  }

  /** Whether a step would find something to do, deadlines aside. */
  public boolean hasWork() {
    boolean open = spaceSeen == Space.AMPLE;
    return !stuck
        && (!alarms.isEmpty()
            || alarms.isWakeDue()
            || (open && (!telemetry.isEmpty() || telemetry.isWakeDue()))
            || !activations.isEmpty()
            || slices.isWanted());
  }

  private void collect() {
    Instant now = time.wall();
    BatchCodec.begin(batch.buffer.clear().body());
    for (Activation next = activations.poll(); next != null; next = activations.poll()) {
      if (next.world() != null) {
        world = next.world();
        views.goBy(world);
        lookAgain(next.homes(), now);
      }
      take(next.input(), now, Acknowledgement.NONE, true, null);
    }
    drain(alarms, now, true, TIMERS_SHARE); // a storm of presses must not stop the ladders
    for (int i = 0; i < TIMERS_PER_BATCH_MAX && !isFull(0); i++) {
      HomeId due = state.pollDue(now);
      if (due == null) {
        break;
      }
      take(new Input.TimePassed(due), now, Acknowledgement.NONE, true, null);
    }
    if (spaceSeen == Space.AMPLE) {
      drain(telemetry, now, false, 0);
      drain(alarms, now, true, 0); // a press that came while readings were decided
    }
  }

  /**
   * A rule, a limit or a home may be new: every home is looked at within a minute, evenly spread.
   */
  private void lookAgain(@Nullable Collection<HomeId> homes, Instant now) {
    if (homes == null) {
      world.directory().eachHome(home -> lookSpread(home, now));
    } else {
      homes.forEach(home -> lookSpread(home, now));
    }
  }

  private void lookSpread(HomeId home, Instant now) {
    long spread = Math.floorMod(home.hashCode() * 0x9E3779B97F4A7C15L, LOOK_SPREAD_MILLIS);
    state.look(home, now.plusMillis(spread), false);
  }

  private void drain(WaitingLine line, Instant now, boolean alarm, double roomLeft) {
    while (!isFull(roomLeft)) {
      Queued queued = line.poll();
      if (queued == null) {
        break;
      }
      Submission submission = queued.submission();
      take(submission.input(), now, submission.acknowledgement(), alarm, queued);
    }
  }

  private boolean isFull(double roomLeft) {
    return batch.inputs >= limits.batchInputs() * (1 - roomLeft)
        || batch.buffer.body().position() >= limits.batchBytes() * (1 - roomLeft);
  }

  private void take(
      Input input,
      Instant now,
      Acknowledgement acknowledgement,
      boolean alarm,
      @Nullable Queued queued) {
    Stamp stamp = new Stamp(state.last().number() + 1, now);
    long startNanos = clock.nanos();
    int start = batch.buffer.body().position();
    Outcome outcome = decide(input, stamp);
    if (input instanceof Input.TimePassed(HomeId looked)) {
      if (!outcome.failed()) {
        state.look(looked, outcome.lookAt(), true);
      }
      if (outcome.facts().isEmpty()) {
        // It found nothing and changed nothing: nobody will miss it at a replay.
        batch.buffer.body().position(start);
        return;
      }
    }
    state.take(stamp, outcome.input(), outcome.facts());
    Home after = outcome.after();
    if (after != null) {
      if (!outcome.facts().isEmpty()) {
        batch.before.putIfAbsent(after.id(), state.home(after.id()));
        batch.effects.addAll(Effect.of(outcome.facts(), after));
        if (outcome.facts().stream().anyMatch(Fact.Raised.class::isInstance)) {
          batch.raised.add(new Batch.Raised(after.id(), outcome.facts()));
        }
      }
      state.put(after);
      batch.heard.add(after);
      if (outcome.lookAt() != null) {
        state.look(after.id(), outcome.lookAt(), false);
      }
    }
    batch.follow(stamp, outcome.input(), after, outcome.heard(), outcome.facts());
    batch.inputs++;
    if (alarm) {
      batch.importance = Importance.ALARM;
    }
    batch.waiting.add(
        new Batch.Waiting(
            acknowledgement,
            stamp.number(),
            outcome.answer(),
            alarm,
            queued == null ? startNanos : queued.submission().receivedNanos(),
            queued == null ? startNanos : queued.offeredNanos(),
            clock.nanos()));
  }

  /**
   * Decides, and writes the record. An exception is the home's own trouble: the input is journalled
   * as undecided and the duty desk hears of it; if even that fails, it hears of it in the gateway's
   * own name. Neither the process nor another home stops.
   */
  private Outcome decide(Input input, Stamp stamp) {
    ByteBuffer body = batch.buffer.body();
    int start = body.position();
    HomeId home = state.homeOf(input, world.directory());
    if (home == null) {
      try {
        BatchCodec.write(body, stamp, input, null, null, List.of());
      } catch (RuntimeException e) {
        body.position(start);
        return unwritable(body, stamp, "no home", e);
      }
      return new Outcome(input, null, null, List.of(), Unhomed.answer(input), null, false);
    }
    try {
      return Outcome.written(
          body, stamp, input, Core.decide(world, state.home(home), input, stamp));
    } catch (RuntimeException | StackOverflowError e) {
      undecided.incrementAndGet();
      LOG.error("input {} of home {} could not be decided; the duty desk rings", stamp, home, e);
      body.position(start);
      // Neither what is due nor what rules asked for may be tried again at once, without end.
      state.putOffLook(home, stamp.now().plus(Core.TRY_AGAIN_AFTER));
      return undecided(body, stamp, input, home, e).asFailed();
    }
  }

  private Outcome undecided(
      ByteBuffer body, Stamp stamp, Input input, HomeId home, Throwable cause) {
    int start = body.position();
    String error = cause.getClass().getSimpleName();
    try {
      return Outcome.written(
          body, stamp, input, Core.undecided(world, state.home(home), input, stamp, error));
    } catch (RuntimeException e) {
      LOG.error("nor could its trouble, in its own home", e);
      body.position(start);
      // What this home has waiting must not be forgotten with its deadline, which was taken out.
      state.due(home, stamp.now().plus(Core.TRY_AGAIN_AFTER));
      String said = home + " " + error;
      try {
        Home gateway = state.home(HomeId.GATEWAY);
        return Outcome.written(
            body, stamp, input, Core.undecided(world, gateway, input, stamp, said));
      } catch (RuntimeException unwritten) {
        body.position(start);
        return unwritable(body, stamp, said, unwritten);
      }
    }
  }

  /** What no record can hold stops nobody: in its place stands the trouble it made. */
  private Outcome unwritable(ByteBuffer body, Stamp stamp, String whose, RuntimeException cause) {
    LOG.error("input {} of {} can't be written and is lost", stamp, whose, cause);
    Input trouble = new Input.TroubleNoticed(Input.Trouble.UNDECIDED, whose);
    Home gateway = state.home(HomeId.GATEWAY);
    return Outcome.written(body, stamp, trouble, Core.decide(world, gateway, trouble, stamp))
        .asRefused();
  }

  /** Null when the disk has no room: the batch stays as it is and is tried again. */
  private @Nullable Receipt append() throws IOException {
    try {
      Receipt receipt = journal.append(batch.buffer, batch.importance, state.last().now());
      stuck = false;
      return receipt;
    } catch (NoRoom e) {
      if (batch.importance == Importance.TELEMETRY) {
        // It was decided before the disk was known to be full; once it is out, the lane is shut.
        batch.importance = Importance.ALARM;
        return append();
      }
      if (!stuck) {
        LOG.error(
            "the disk is full and the reserve for alarms used up: nothing is acknowledged", e);
      }
      stuck = true;
      return null;
    }
  }

  private void release(Receipt receipt) {
    long syncedNanos = clock.nanos();
    // First what can be looked at: who has the acknowledgement must find what it is about.
    views.show(batch, state, world);
    for (Batch.Waiting waiting : batch.waiting) {
      waiting.acknowledgement().synced(receipt, waiting.number(), waiting.answer());
    }
    if (!batch.effects.isEmpty()) {
      performer.perform(receipt, batch.effects);
    }
    views.tell(); // a hundred who look on are woken after those who must come
    batch.tell(follower);
    stages.record(batch.waiting, syncedNanos, clock.nanos());
    // After everything has gone out: an incident of many homes delays none of them.
    areas
        .see(batch.raised, state.last().now(), world)
        .forEach(incident -> activations.add(new Activation(incident, null, null)));
    batch.clear();
  }

  private void wakeWaiting() {
    alarms.wakeWaiting();
    if (spaceSeen == Space.AMPLE) {
      telemetry.wakeWaiting();
    }
  }

  private void checkSpace() {
    long nowNanos = clock.nanos();
    if (nowNanos - spaceCheckedNanos >= SPACE_CHECK_NANOS) {
      spaceCheckedNanos = nowNanos;
      journal.checkSpace();
    }
    Space space = journal.space();
    if (space != spaceSeen) {
      LOG.warn("disk space for the journal: {} (was {})", space, spaceSeen);
      boolean worse = spaceSeen == Space.AMPLE;
      spaceSeen = space;
      if (worse) {
        activations.add(
            new Activation(
                new Input.TroubleNoticed(
                    Input.Trouble.DISK_FULL,
                    "telemetry is no longer taken in; alarms use the reserve"),
                null,
                null));
      }
    }
  }
}
