package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.World;
import io.shouwang.intake.Acknowledgement;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.journal.JournalOptions;
import io.shouwang.journal.JournalReader;
import io.shouwang.model.CareContact;
import io.shouwang.model.ContactReport;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.ElderId;
import io.shouwang.model.Input;
import io.shouwang.model.Mode;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.scenario.AnyLife;
import io.shouwang.simulation.Seed;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * P7 with every rule on: weeks of a home's life over a leap day and both changes of daylight
 * saving, with restarts at any moment. What the facts make, what recovery makes of snapshot and
 * journal, what lived, and what is decided again from the journal are the same home.
 */
class LongLifeTest {
  private static final Path DATA = Path.of("/data");
  private static final World WORLD = AnyLife.world();
  private static final ElderId ELDER = new ElderId("e-001");
  private static final List<Mode.Kind> MODES = List.of(Mode.Kind.values());

  private final EngineWitness witness = new EngineWitness((registry, settings) -> WORLD);
  private final SimulatedDisk disk = new SimulatedDisk();
  private final Set<String> kinds = new TreeSet<>();
  private Random random = new Random(0);
  private AnyLife life = new AnyLife(random);
  private ManualClock clock = new ManualClock(Instant.EPOCH);
  private Recovered recovered = open();
  private Engine engine = engine();
  private long read;
  private int restarts;

  LongLifeTest() throws IOException {}

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "2028-02-25T21:00:00Z,2028-03-28T00:00:00Z", // a leap day, an hour lost
    "2028-10-22T21:00:00Z,2028-11-08T00:00:00Z" // an hour won
  })
  void recovered_live_and_decided_again_are_the_same_home(Instant from, Instant until)
      throws IOException {
    Seed seed = Seed.of("LongLifeTest from " + from);
    int rounds = Seed.full() ? 20 : 1;
    for (int i = 0; i < rounds; i++) {
      new LongLifeTest().live(seed.round(i), from, until);
    }
  }

  private void live(Seed seed, Instant from, Instant until) throws IOException {
    recovered.close();
    random = seed.random();
    life = new AnyLife(random);
    clock = new ManualClock(from);
    recovered = open();
    engine = engine();
    engine.activate(new Input.RegistryActivated("registry"), WORLD);
    engine.activate(new Input.SettingsActivated("settings"), null);
    while (clock.wall().isBefore(until)) {
      passTime(Duration.ofSeconds(random.nextInt(random.nextInt(60) == 0 ? 90_000 : 3_000)));
      something();
      if (random.nextInt(90) == 0) {
        restart();
      }
    }
    restart(); // however the lots fell
    check("at the end");
    recovered.close();
    System.out.println(restarts + " restarts, " + read + " batches, " + kinds);
    assertTrue(kinds.size() > 8, "too poor to mean something: " + kinds);
  }

  private Recovered open() throws IOException {
    return Recovered.open(
        disk, DATA, new JournalOptions(256 * 1024, 256 * 1024, 60 * 1024, 42), Runnable::run);
  }

  private Engine engine() {
    Engine next =
        recovered.engine(
            WORLD, clock, EngineLimits.DEFAULT, new StageTimes(new SimpleMeterRegistry()));
    next.performWith((receipt, effects) -> {});
    return next;
  }

  private void passTime(Duration gap) throws IOException {
    Instant until = clock.wall().plus(gap);
    for (Duration due = engine.untilDeadline(); due != null; due = engine.untilDeadline()) {
      Duration wait = due.isNegative() ? Duration.ZERO : due;
      if (clock.wall().plus(wait).isAfter(until)) {
        break;
      }
      clock.advance(wait.isZero() ? Duration.ofMillis(1) : wait);
      settle();
    }
    if (clock.wall().isBefore(until)) {
      clock.advance(Duration.between(clock.wall(), until));
    }
    settle();
  }

  private void something() throws IOException {
    Instant now = clock.wall();
    switch (random.nextInt(30)) {
      case 0 ->
          offer(
              new Input.ModeChanged(
                  AnyLife.HOME,
                  null,
                  MODES.get(random.nextInt(MODES.size())),
                  random.nextInt(3) == 0 ? null : now.plusSeconds(random.nextInt(200_000)),
                  new ResponderId("op"),
                  "http"));
      case 1, 2 -> {
        ContactReport report =
            new ContactReport(
                null, ELDER, CareContact.Means.CALL, now.minusSeconds(60), "well", "a note");
        offer(new Input.ContactRecorded(report, new ResponderId("demo-daughter"), false, "mqtt"));
      }
      default -> {
        // Some come late, some from a clock that is wrong, some twice.
        long late = random.nextInt(5) == 0 ? random.nextInt(50_000) - 2_000 : 0;
        DeviceEvent event = life.any(now.minusSeconds(late));
        offer(new Input.EventReceived(event));
        if (random.nextInt(10) == 0) {
          offer(new Input.EventReceived(event));
        }
      }
    }
    settle();
    List<AlertBook.Seen> open = engine.alerts().open();
    if (!open.isEmpty() && random.nextInt(4) == 0) {
      Alert alert = open.get(random.nextInt(open.size())).alert();
      kinds.add(alert.kind().value());
      offer(
          new Input.ReplyReceived(
              new Reply(
                  null,
                  alert.id(),
                  random.nextBoolean() ? Reply.Answer.DONE : Reply.Answer.ACCEPT,
                  7,
                  "real",
                  null),
              new ResponderId("demo-desk"),
              true,
              "http"));
      settle();
    }
  }

  private void offer(Input input) {
    assertTrue(
        engine.offer(new Submission(input, Lane.ALARM, clock.nanos(), Acknowledgement.NONE)));
  }

  private void settle() throws IOException {
    while (engine.step()) {
      // until nothing waits
    }
  }

  private void restart() throws IOException {
    check("before a restart");
    if (random.nextBoolean()) {
      try (SnapshotUnderWay snapshot = recovered.snapshots(engine).begin()) {
        while (!snapshot.proceed()) {
          offer(new Input.EventReceived(life.any(clock.wall())));
          settle();
        }
      }
    }
    if (random.nextBoolean()) {
      recovered.close();
    } else {
      disk.crash(random);
    }
    recovered = open();
    engine = engine();
    check("recovered");
    restarts++;
  }

  private void check(String when) throws IOException {
    new JournalReader(disk, DATA.resolve("journal"))
        .read(
            read + 1,
            (sequence, body) -> {
              read = sequence;
              EngineWitness.records(body)
                  .forEach(record ->
                      assertEquals(Optional.empty(), witness.take(record), "decided again"));
            });
    assertEquals(Optional.empty(), witness.difference(engine), when);
    assertEquals(0, engine.undecided());
  }
}
