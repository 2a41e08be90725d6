package io.shouwang.simulation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.shouwang.Flow;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.Silence;
import io.shouwang.alerts.World;
import io.shouwang.audit.Auditor;
import io.shouwang.audit.Handed;
import io.shouwang.engine.Engine;
import io.shouwang.engine.EngineLimits;
import io.shouwang.engine.Recovered;
import io.shouwang.engine.Retention;
import io.shouwang.engine.SnapshotUnderWay;
import io.shouwang.engine.Snapshots;
import io.shouwang.ingest.mqtt.MqttEndpoint;
import io.shouwang.ingest.mqtt.MqttSettings;
import io.shouwang.ingest.mqtt.Outgoing;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.journal.JournalCorrupt;
import io.shouwang.journal.JournalOptions;
import io.shouwang.journal.RetentionPolicy;
import io.shouwang.journal.Space;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Payload;
import io.shouwang.notify.AnswerLinks;
import io.shouwang.notify.Notifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's own flow in one thread, life after life over one disk. What would be threads are
 * entries of the agenda; the checks are made whenever something has reached the platter, left the
 * house, or should have happened.
 */
final class SimulatedGateway {
  static final Path DATA = Path.of("/data");
  private static final JournalOptions JOURNAL =
      new JournalOptions(50_000, 50_000, 12 * 1024, 0x5eed);
  private static final EngineLimits LIMITS = new EngineLimits(64, 64, 16, 4 * 1024, 3);
  private static final MqttSettings MQTT =
      new MqttSettings(List.of(), 1, MqttSettings.Limits.DEFAULT);
  private static final Duration SLACK = Duration.ofSeconds(2);

  private final Story story;
  private final Agenda agenda;
  private final Random random;
  private final SimulatedDisk disk;
  private final Ledger ledger;
  private World world;
  private final Mutant mutant;
  private final Departures departures;
  private final List<Wire> wires = new ArrayList<>();
  private @Nullable Life running;
  private boolean pumping;
  private long starvedUntilNanos;

  /** What there is from one start to its end. */
  private final class Life {
    final Recovered recovered;
    final Flow flow;
    final Engine engine;
    final MqttEndpoint endpoint;
    final Snapshots snapshots;
    final Retention retention;
    final AgendaThreads background = new AgendaThreads(agenda, this::isOver, 0, 300);
    final AgendaThreads channels = new AgendaThreads(agenda, this::isOver, 0, 5);
    final Set<DeliveryKey> sent = new HashSet<>();
    final Handed handed = new Handed();
    final Auditor auditor;
    @Nullable SnapshotUnderWay snapshot;
    boolean stepPlanned;

    Life() throws IOException {
      recovered = Recovered.open(new MutantDisk(disk, mutant, story), DATA, JOURNAL, background);
      flow =
          new Flow(
              recovered,
              world,
              () -> world.directory(),
              story.clock(),
              LIMITS,
              ZoneId.of("Asia/Shanghai"),
              AnswerLinks.none(),
              new SimpleMeterRegistry(),
              (engine, outcomes, responders, devices) ->
                  new Notifier(
                      engine.alerts(),
                      responders,
                      devices,
                      List.of(),
                      List.of(),
                      outcomes,
                      new SimpleMeterRegistry(),
                      channels,
                      20));
      engine = flow.engine();
      engine.performWith((receipt, effects) -> {
        handed.note(effects);
        flow.notifier().perform(receipt, effects);
      });
      handed.note(engine.pending());
      auditor =
          new Auditor(
              recovered.takeBaseline(),
              handed,
              new Auditor.Tools(
                  disk,
                  DATA.resolve("journal"),
                  recovered::synced,
                  engine.time(),
                  engine.alerts(),
                  new Mute(),
                  new SimpleMeterRegistry()));
      snapshots = recovered.snapshots(engine);
      retention = recovered.retention(new RetentionPolicy(Duration.ofDays(1), 1), YEARS);
      flow.begin("simulated", "none", "settings", world.directory().hash());
      endpoint = flow.listen(MQTT, District.CREDENTIALS, MutantIntake.around(engine, mutant));
    }

    boolean isOver() {
      return running != this;
    }
  }

  /** The auditor is to find nothing, so nothing is to be mended. */
  private static final class Mute implements Intake {
    @Override
    public boolean offer(Submission submission) {
      return false;
    }

    @Override
    public void whenRoom(Lane lane, Runnable wake) {}
  }

  /** What the auditor finds in a gateway that is well is a mistake of the auditor's. */
  private void secondSight(Life of) {
    if (story.clock().nanos() < starvedUntilNanos) {
      return;
    }
    story.count("audits");
    if (of.auditor.pass() && !of.auditor.findings().isEmpty()) {
      throw new Broken("TheAuditIsQuiet", of.auditor.findings().toString());
    }
  }

  private static final Duration YEARS = Duration.ofDays(3_660);

  SimulatedGateway(Story story, SimulatedDisk disk, World world, Mutant mutant) {
    this.story = story;
    this.agenda = story.agenda();
    this.random = story.random();
    this.disk = disk;
    this.world = world;
    this.mutant = mutant;
    this.ledger = new Ledger(disk, DATA.resolve("journal"), world, mutant);
    this.departures = new Departures(story, ledger);
  }

  Ledger ledger() {
    return ledger;
  }

  boolean isUp() {
    return running != null;
  }

  boolean isUp(Wire wire) {
    return running != null && wires.contains(wire);
  }

  // ---- life and death

  void start() {
    try {
      Life next = new Life();
      running = next;
      ledger.read();
      checkRecovered(next);
      story.trace().add("the gateway is up at batch " + ledger.lastSequence());
      if (mutant == Mutant.NEW_KEYS_AFTER_RESTART) {
        next.flow.notifier().resume(MutantIntake.renumbered(next.engine.pending()));
      } else {
        next.flow.resume();
      }
      next.engine.onOffer(() -> planStep(next));
      planStep(next);
      every(next, 5, () -> next.flow.notifier().tend());
      every(next, 3, () -> next.endpoint.passTime(Runnable::run));
      every(next, 10, this::audit);
      every(next, 5, () -> secondSight(next));
    } catch (PowerCut e) {
      die(true);
    } catch (IOException e) {
      story.trace().add("the gateway can't start: " + e.getMessage());
      if (e instanceof JournalCorrupt) {
        throw new Broken("AcknowledgedIsDurable", "can't start after mere power cuts: " + e);
      }
      die(false); // a fault of the disk; whatever looks after the process starts it again
    }
  }

  private void every(Life of, long seconds, Runnable task) {
    agenda.after(
        Duration.ofSeconds(seconds),
        () -> {
          if (running == of) {
            guarded(task::run);
            pump();
            every(of, seconds, task);
          }
        });
  }

  /** The process ends, by itself or with the power. */
  void die(boolean power) {
    Life ended = running;
    running = null;
    if (power) {
      disk.crash(random);
      story.count("power cuts");
    } else {
      disk.restart();
      story.count("ends of the process");
    }
    story.trace().add(power ? "the power fails" : "the process ends");
    if (mutant == Mutant.FORGOTTEN_BATCH && power) {
      ledger.forgetLast();
    }
    List<Wire> gone = List.copyOf(wires);
    wires.clear();
    gone.forEach(Wire::abandon);
    if (ended != null) {
      ended.background.shutdownNow();
      ended.channels.shutdownNow();
    }
    if (random.nextInt(2) == 0) {
      damageASnapshot();
    }
    if (!story.isCalm() && random.nextInt(6) == 0) {
      disk.cutPowerAt(1 + random.nextInt(12)); // and once more, while it starts
    }
    agenda.between(100, 40_000, this::start);
  }

  /** A clean stop, as for an update. */
  void stop() {
    Life ends = running;
    if (ends == null) {
      return;
    }
    guarded(() -> {
      ends.endpoint.close();
      pump();
      while (ends.engine.step()) {
        afterStep(ends);
      }
      ends.background.runAll();
      ends.flow.notifier().close();
      ends.recovered.close();
      story.count("clean stops");
      die(false);
    });
  }

  private interface Deed {
    void run() throws IOException;
  }

  private void guarded(Deed deed) {
    try {
      deed.run();
    } catch (PowerCut e) {
      die(true);
    } catch (IOException e) {
      story.trace().add("the gateway gives up: " + e.getMessage());
      die(random.nextBoolean());
    }
  }

  // ---- the engine

  private void planStep(Life of) {
    if (running == of && !of.stepPlanned) {
      of.stepPlanned = true;
      agenda.between(0, 2, () -> step(of));
    }
  }

  private void step(Life of) {
    if (running != of) {
      return;
    }
    of.stepPlanned = false;
    guarded(() -> {
      boolean worked = of.engine.step();
      if (of.recovered.space() != Space.AMPLE) {
        story.count("steps on a full disk");
        starvedUntilNanos = story.clock().nanos() + TimeUnit.SECONDS.toNanos(10);
        agenda.after(Duration.ofSeconds(1), () -> planStep(of));
      }
      if (worked) {
        afterStep(of);
      } else if (story.clock().nanos() >= starvedUntilNanos) {
        // Nothing is left to do: then no deadline may be left either.
        Instant now = of.engine.time().wall();
        of.engine.alerts().open().forEach(seen -> check(seen.alert(), now));
      }
      SnapshotUnderWay snapshot = of.snapshot;
      if (snapshot != null && random.nextInt(3) == 0) {
        proceed(of, snapshot);
      }
      if (worked || of.engine.hasWork()) {
        planStep(of);
      } else if (mutant != Mutant.OVERSLEPT_DEADLINES) {
        Duration due = of.engine.untilDeadline();
        if (due != null) {
          agenda.afterNanos(Math.max(1_000_000, due.toNanos()), () -> planStep(of));
        }
      }
    });
    pump();
  }

  private void afterStep(Life of) throws IOException {
    for (HomeId id : ledger.read()) {
      Home home = ledger.witness().home(id);
      for (Alert alert : home.alerts()) {
        if (!of.engine
            .alerts()
            .find(alert.id())
            .map(AlertBook.Seen::alert)
            .equals(Optional.of(alert))) {
          throw new Broken(
              "NothingLeavesBeforeItsReceipt", "what is shown of " + alert.id() + " isn't on disk");
        }
      }
    }
  }

  /** What a restart has found is what was there, and means what it meant. */
  private void checkRecovered(Life now) throws IOException {
    ledger.checkAgainst(disk, DATA);
    ledger
        .witness()
        .difference(now.engine)
        .ifPresent(difference -> {
          throw new Broken("ReplayEqualsLive", "recovered: " + difference);
        });
  }

  /** At the end of the story: the state that lived is the one the journal makes. */
  void checkLive() {
    Life now = running;
    if (now != null) {
      ledger
          .witness()
          .difference(now.engine)
          .ifPresent(difference -> {
            throw new Broken("ReplayEqualsLive", "live: " + difference);
          });
    }
  }

  private static void check(Alert alert, Instant now) {
    Silence.check(alert, now, SLACK)
        .ifPresent(what -> {
          throw new Broken("NoAlarmWithoutOwnerOrDeadline", what);
        });
  }

  private void audit() {
    Life now = running;
    if (now == null || story.clock().nanos() < starvedUntilNanos) {
      return;
    }
    Instant time = now.engine.time().wall();
    for (AlertBook.Seen seen : now.engine.alerts().open()) {
      check(seen.alert(), time);
      for (Delivery delivery : seen.alert().deliveries()) {
        boolean overdue =
            delivery.isUnderWay()
                && delivery.to() instanceof Delivery.ToResponder
                && delivery.startedAt().isBefore(time.minusSeconds(20))
                && !now.sent.contains(delivery.key());
        if (overdue && story.listens((Delivery.ToResponder) delivery.to())) {
          throw new Broken(
              "SameDeliveryKeySameRing", delivery + " has not gone out, though they listen");
        }
      }
    }
  }

  List<Alert> openAlerts() {
    Life now = running;
    return now == null
        ? List.of()
        : now.engine.alerts().open().stream().map(AlertBook.Seen::alert).toList();
  }

  /** Those of the open alerts whose ladder is not at its end: their next rung is still to come. */
  List<Alert> climbing() {
    Life now = running;
    if (now == null) {
      return List.of();
    }
    Instant time = now.engine.time().wall();
    return openAlerts().stream()
        .filter(alert -> alert.nextRungAt() != null && alert.nextRungAt().isAfter(time))
        .toList();
  }

  // ---- upkeep

  /** Somebody has imported the registry anew. */
  void activateAnotherRegistry() {
    Life now = running;
    if (now != null) {
      world = District.otherThan(world, mutant);
      now.engine.activate(new Input.RegistryActivated(world.directory().hash()), world);
      story.count("registries");
    }
  }

  /** The newest snapshot has rotted, where there is one before it. */
  private void damageASnapshot() {
    Path directory = DATA.resolve("snapshots");
    List<String> names =
        disk.list(directory).stream().filter(name -> name.endsWith(".snapshot")).toList();
    if (names.size() > 1) {
      Path newest = directory.resolve(names.getLast());
      int bytes = disk.bytes(newest).length;
      ByteBuffer platter = disk.platter(newest);
      if (bytes > 0 && platter != null && platter.remaining() == bytes) {
        disk.flipBit(newest, random.nextInt(8 * bytes));
        story.count("rotten snapshots");
      }
    }
  }

  void beginSnapshot() {
    Life now = running;
    if (now != null && now.snapshot == null) {
      now.snapshot = now.snapshots.begin();
      planStep(now);
    }
  }

  private void proceed(Life of, SnapshotUnderWay snapshot) throws IOException {
    try {
      if (snapshot.proceed()) {
        of.snapshot = null;
        snapshot.close();
        of.snapshots.prune();
        story.count("snapshots");
        if (random.nextBoolean()) {
          of.retention.run(of.engine.time().wall(), of.snapshots.covered());
        }
      } else {
        planStep(of);
      }
    } catch (IOException e) {
      story.trace().add("no snapshot: " + e.getMessage());
      of.snapshot = null;
      snapshot.close();
    }
  }

  // ---- the lines

  @Nullable Wire accept(Client client) {
    Life now = running;
    if (now == null) {
      return null;
    }
    Wire wire = new Wire(agenda, random, story.clock(), client);
    wires.add(wire);
    now.endpoint.initialize(wire.server());
    return wire;
  }

  /** Lets every event loop run, and what was written go out. */
  void pump() {
    if (pumping || running == null) {
      return;
    }
    pumping = true;
    try {
      for (Wire wire : List.copyOf(wires)) {
        wire.pump();
      }
    } finally {
      pumping = false;
    }
  }

  /** A packet leaves the house. */
  void leaves(Wire wire, MqttMessage message) {
    DeliveryKey rung = departures.check(wire, message);
    Life now = running;
    if (now != null && rung != null) {
      now.sent.add(rung);
    }
  }

  /** The early performer: rings past all that holds a ring back. */
  void ringNow(Fact.DeliveryStarted started) {
    Life now = running;
    if (now != null && started.to() instanceof Delivery.ToResponder to) {
      DeliveryKey key = new DeliveryKey(started.alert(), started.number());
      String text = "{\"alert\":\"%s\",\"delivery\":\"%s\"}".formatted(started.alert(), key);
      Payload payload = Payload.of(text.getBytes(StandardCharsets.UTF_8));
      now.endpoint.sendToAll(to.responder().value(), new Outgoing(key.toString(), payload, null));
      pump();
    }
  }
}
