package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Effect;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Ladders;
import io.shouwang.alerts.Rung;
import io.shouwang.alerts.World;
import io.shouwang.intake.Acknowledgement;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.journal.JournalOptions;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.registry.TestRegistry;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import io.shouwang.simulation.Seed;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The power fails at any second of a ladder and comes back after any time, through the real
 * journal: in a rung, in a round of ways, in a promise. What was due meanwhile rings at once,
 * nothing rings a second time under another key, and what was under way goes out again under its
 * own.
 */
final class RestartLadderTest {
  private static final Path DATA = Path.of("/data");
  private static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");
  private static final int ACCEPTS_AT = 130;

  /** So many seconds after a start are looked at by tenths. */
  private static final int LOOKS_ON = 2;

  private static final int END = 620;

  private static final World WORLD = world();

  private final SimulatedDisk disk = new SimulatedDisk();
  private final ManualClock clock = new ManualClock(BEGIN);
  private Random random = new Random(1);
  private final Map<DeliveryKey, Rang> rang = new TreeMap<>(RestartLadderTest::compare);
  private final Set<DeliveryKey> keys = new HashSet<>();
  private Recovered recovered;
  private Engine engine;

  /** A ring as it left. */
  private record Rang(long second, String who, int way, Delivery.Cause cause) {}

  RestartLadderTest() throws IOException {
    recovered = open();
    engine = engine();
  }

  private static int compare(DeliveryKey a, DeliveryKey b) {
    return a.alert().equals(b.alert())
        ? Integer.compare(a.number(), b.number())
        : a.alert().compareTo(b.alert());
  }

  /** A daughter with an app, texts and calls; a grid worker; a rescue team that is the desk's. */
  private static World world() {
    Ladder alarm =
        new Ladder(
            "alarm",
            List.of(
                new Rung(Duration.ZERO, List.of(new Role("relative"))),
                new Rung(Duration.ofSeconds(90), List.of(new Role("neighbour"))),
                new Rung(Duration.ofSeconds(240), List.of(new Role("grid_worker")))));
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "responders.csv",
        "id,name,phone,language\nr1,Mei,1,zh\nr2,Li,2,zh\nr3,Wu,3,zh\ndesk,Desk,4,zh\n");
    files.put(
        "contacts.csv",
        """
        responder,role,relation,elder,home,area
        r1,relative,daughter,e1,,
        r2,neighbour,neighbour,,h1,
        r3,grid_worker,,,,g
        desk,duty_desk,,,,c
        """);
    files.put(
        "ways.csv",
        """
        responder,channel,address,after,verified
        r1,mqtt,,,
        r1,sms,138 0000 0000,20s,2026-01-31
        r1,call,138 0000 0000,40s,2026-01-31
        """);
    return new World(
        TestRegistry.of(files),
        RuleBook.of(RuleSettings.STANDARD),
        new Ladders(
            Map.of(Kind.SOS, alarm),
            alarm,
            new io.shouwang.alerts.DutyDesk(Duration.ofSeconds(60), Duration.ofMinutes(5))));
  }

  private Recovered open() throws IOException {
    return Recovered.open(
        disk, DATA, new JournalOptions(256 * 1024, 256 * 1024, 60 * 1024, 42), Runnable::run);
  }

  private Engine engine() {
    Engine next =
        recovered.engine(
            WORLD, clock, EngineLimits.DEFAULT, new StageTimes(new SimpleMeterRegistry()));
    next.performWith((receipt, effects) -> effects.forEach(this::leaves));
    return next;
  }

  private void leaves(Effect effect) {
    Delivery delivery = effect.delivery();
    assertTrue(keys.add(delivery.key()), "a key leaves twice: " + delivery);
    if (delivery.cause().isRing() && delivery.to() instanceof Delivery.ToResponder to) {
      rang.put(
          delivery.key(),
          new Rang(second(), to.responder().value(), delivery.way(), delivery.cause()));
    }
  }

  private long second() {
    return Duration.between(BEGIN, clock.wall()).toSeconds();
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

  private void presses() {
    offer(new Input.EventReceived(EngineFixture.read("d1", "sos", "{\"id\":\"p-1\"}")));
  }

  private void accepts() {
    Reply reply = new Reply("r-1", alert().id(), Reply.Answer.ACCEPT, 1, null, null);
    offer(new Input.ReplyReceived(reply, new ResponderId("r1"), false, "mqtt"));
  }

  private Alert alert() {
    return engine.alerts().open().stream()
        .map(seen -> seen.alert())
        .filter(alert -> alert.kind().equals(Kind.SOS))
        .findFirst()
        .orElseThrow();
  }

  private void passTimeTo(long until) throws IOException {
    for (Duration due = engine.untilDeadline(); due != null; due = engine.untilDeadline()) {
      Duration wait = due.isNegative() ? Duration.ZERO : due;
      if (clock.wall().plus(wait).isAfter(BEGIN.plusSeconds(until))) {
        break;
      }
      clock.advance(wait.isZero() ? Duration.ofMillis(1) : wait);
      settle();
    }
    Duration left = Duration.between(clock.wall(), BEGIN.plusSeconds(until));
    if (left.isPositive()) {
      clock.advance(left);
    }
    settle();
  }

  /** The power is gone at once, and back after a while. */
  private void powerFails(Duration dark) throws IOException {
    List<DeliveryKey> underWay =
        engine.pending().stream().map(effect -> effect.delivery().key()).toList();
    disk.crash(random);
    clock.advance(dark);
    recovered = open();
    engine = engine();
    assertEquals(
        underWay,
        engine.pending().stream().map(effect -> effect.delivery().key()).toList(),
        "what was under way goes out again under its own key");
    Instant back = clock.wall();
    settle();
    for (int i = 0; i < 10 * LOOKS_ON; i++) {
      clock.advance(Duration.ofMillis(100));
      settle();
    }
    assertTrue(Duration.between(back, clock.wall()).compareTo(Duration.ofSeconds(LOOKS_ON)) <= 0);
  }

  /** The whole story, with a stop or without. */
  private static RestartLadderTest told(Random random, int stopAt, Duration dark)
      throws IOException {
    RestartLadderTest story = new RestartLadderTest();
    story.random = random;
    story.presses();
    story.settle();
    long darkUntil = stopAt + dark.toSeconds();
    boolean isBack = stopAt < 0;
    for (int at : List.of(ACCEPTS_AT, END)) {
      if (!isBack && stopAt <= at) {
        story.passTimeTo(stopAt);
        story.powerFails(dark);
        isBack = true;
      }
      story.passTimeTo(at);
      if (at == ACCEPTS_AT && (stopAt < 0 || stopAt > at || darkUntil < at)) {
        story.accepts();
        story.settle();
      }
    }
    return story;
  }

  private List<Rang> rings() {
    return List.copyOf(rang.values());
  }

  @Test
  void the_story_without_a_stop_is_the_ladder() throws IOException {
    List<String> heard = new ArrayList<>();
    for (Rang ring : told(new Random(1), -1, Duration.ZERO).rings()) {
      if (!ring.who().equals("desk")) {
        heard.add(ring.second() + " " + ring.who() + " " + ring.way());
      }
    }
    assertEquals(
        List.of(
            "0 r1 0",
            "20 r1 1",
            "60 r1 2",
            "90 r2 0",
            "490 r1 0",
            "490 r2 0",
            "490 r3 0",
            "510 r1 1",
            "550 r1 2"),
        heard);
  }

  @Test
  void a_stop_of_no_length_at_any_second_changes_nothing() throws IOException {
    Random random = Seed.of("RestartLadderTest").random();
    Map<DeliveryKey, Rang> undisturbed = told(random, -1, Duration.ZERO).rang;
    for (int stopAt = 0; stopAt < END; stopAt += Seed.full() ? 1 : 7) {
      if (stopAt <= ACCEPTS_AT && stopAt + LOOKS_ON > ACCEPTS_AT) {
        continue; // she accepts in these seconds: the stop itself would take or put off her word
      }
      assertEquals(undisturbed, told(random, stopAt, Duration.ZERO).rang, "a stop at " + stopAt);
    }
  }

  @Test
  void after_a_stop_of_any_length_what_is_overdue_rings_within_two_seconds_and_once()
      throws IOException {
    Random random = Seed.of("RestartLadderTest").random();
    List<Rang> undisturbed = told(random, -1, Duration.ZERO).rings();
    for (int dark : List.of(1, 30, 75, 200)) {
      for (int stopAt = 0; stopAt < 120 - dark / 2; stopAt += Seed.full() ? 1 : 11) {
        List<Rang> rings = told(random, stopAt, Duration.ofSeconds(dark)).rings();
        long back = (long) stopAt + dark;
        String when = "a stop at " + stopAt + " for " + dark + ": " + rings;
        for (Rang due : undisturbed) {
          boolean isFirst = due.cause() == Delivery.Cause.RUNG && due.way() == 0;
          if (isFirst && due.second() < Math.min(back, ACCEPTS_AT)) {
            List<Rang> its =
                rings.stream()
                    .filter(ring -> ring.who().equals(due.who()) && ring.way() == 0)
                    .filter(ring -> ring.cause() == Delivery.Cause.RUNG)
                    .toList();
            assertEquals(1, its.size(), when);
            long second = its.getFirst().second();
            long expected = due.second() <= stopAt ? due.second() : back;
            assertTrue(second >= expected && second <= expected + 2, due + " after " + when);
          }
        }
        long lastDesk =
            rings.stream()
                .filter(ring -> ring.who().equals("desk") && ring.second() <= back + 2)
                .mapToLong(Rang::second)
                .max()
                .orElseThrow();
        assertTrue(back - lastDesk < 60, "the desk is overdue after " + when);
      }
    }
  }

  @Test
  void days_later_every_rung_and_the_desk_ring_at_once_and_the_promise_has_lapsed()
      throws IOException {
    for (int stopAt : List.of(10, 40, 100, 135)) {
      RestartLadderTest story = new RestartLadderTest();
      story.presses();
      story.settle();
      story.passTimeTo(stopAt);
      if (stopAt > ACCEPTS_AT) {
        story.accepts();
        story.settle();
      }
      Set<DeliveryKey> before = new HashSet<>(story.rang.keySet());
      story.powerFails(Duration.ofDays(9));
      Set<String> heard = new HashSet<>();
      story.rang.forEach((key, ring) -> {
        if (!before.contains(key)) {
          heard.add(ring.who());
        }
      });
      assertTrue(heard.containsAll(Set.of("desk", "r1")), stopAt + ": " + heard);
      assertTrue(heard.contains("r3") || stopAt > ACCEPTS_AT, stopAt + ": " + heard);
    }
  }

  @Test
  void between_taking_in_and_writing_nothing_was_acknowledged_and_the_resend_rings_once()
      throws IOException {
    presses(); // offered, not decided
    powerFails(Duration.ofSeconds(1));
    assertEquals(0, engine.alerts().open().stream().filter(s -> isSos(s.alert())).count());
    presses();
    settle();
    presses();
    settle();
    assertEquals(1, engine.alerts().open().stream().filter(s -> isSos(s.alert())).count());
    assertEquals(1, rings().stream().filter(ring -> ring.who().equals("r1")).count());
  }

  private static boolean isSos(Alert alert) {
    return alert.kind().equals(Kind.SOS);
  }

  @Test
  void between_writing_and_performing_it_goes_out_again_under_the_same_key() throws IOException {
    List<DeliveryKey> lost = new ArrayList<>();
    engine.performWith(
        (receipt, effects) -> effects.forEach(effect -> lost.add(effect.delivery().key())));
    presses();
    settle(); // on disk; what it started never left
    powerFails(Duration.ZERO);
    assertEquals(lost, engine.pending().stream().map(effect -> effect.delivery().key()).toList());
    assertEquals(List.of(), rings(), "no other key stands for them");
  }

  @Test
  void between_performing_and_the_outcome_it_goes_out_again_and_after_the_outcome_it_does_not()
      throws IOException {
    presses();
    settle();
    DeliveryKey ring =
        rang.entrySet().stream()
            .filter(entry -> entry.getValue().who().equals("r1"))
            .findFirst()
            .orElseThrow()
            .getKey();
    offer(new Input.DeliveryReported(ring, new Outcome.Acknowledged())); // not written
    powerFails(Duration.ZERO);
    assertTrue(isPending(ring));
    offer(new Input.DeliveryReported(ring, new Outcome.Acknowledged()));
    settle();
    powerFails(Duration.ZERO);
    assertTrue(!isPending(ring));
  }

  private boolean isPending(DeliveryKey key) {
    return engine.pending().stream().anyMatch(effect -> effect.delivery().key().equals(key));
  }
}
