package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.World;
import io.shouwang.model.Answer;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Directory.Contact;
import io.shouwang.model.EventKey;
import io.shouwang.model.Input;
import io.shouwang.model.Stamp;
import io.shouwang.rules.DeviceSettings;
import io.shouwang.rules.Limits;
import io.shouwang.rules.RuleSettings;
import io.shouwang.simulation.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Any inputs in any order over one home: the core never throws, and its invariants hold after each
 * step. {@code -Dfull=true} for millions.
 */
class CoreFuzzTest {
  private static final Duration ANY = Duration.ofDays(400);
  private static final int INPUTS_PER_ROUND = 250;

  /** All rules on, and whatever may ring rings. */
  private static final Limits ALL = all(Limits.STANDARD, DeviceSettings.STANDARD);

  private static Limits all(Limits limits, DeviceSettings usual) {
    return limits.withDevices(
        new DeviceSettings(
            true,
            usual.reportsEvery(),
            usual.reportsEveryOfModel(),
            usual.reportsEveryElse(),
            usual.missed(),
            Map.of(),
            Duration.ofMinutes(1),
            usual.batteryLowPct(),
            usual.batteryFinePct(),
            Duration.ofMinutes(10),
            usual.wakingFrom(),
            usual.wakingTo(),
            usual.testEvery(),
            usual.localModels(),
            true,
            true,
            true,
            true));
  }

  private final Set<EventKey> taken = new HashSet<>();
  private Random random = new Random(0);
  private Anything anything = new Anything(random, 1);
  private CheckedHome home = new CheckedHome(Village.LINS);
  private World world = Village.inPeace().world(RuleSettings.STANDARD, ALL);
  private Instant now = Instant.EPOCH;
  private long number;

  @Test
  void whatever_comes_in_no_alarm_ends_in_silence_and_none_is_swallowed() {
    Seed seed = Seed.of("CoreFuzzTest");
    int rounds = Seed.full() ? 600 : 8;
    for (int i = 0; i < rounds; i++) {
      Seed round = seed.round(i);
      begin(round.random(), i % 12 == 3);
      try {
        for (int step = 0; step < INPUTS_PER_ROUND; step++) {
          step();
        }
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("round " + i + ", -Dseed=" + round.value(), e);
      }
    }
  }

  /** A worn home has seen a storm: its lists are at their bounds. */
  private void begin(Random from, boolean worn) {
    random = from;
    anything = new Anything(random, worn ? 200 : 2);
    home = new CheckedHome(Village.LINS);
    world = Village.inPeace().world(RuleSettings.STANDARD, ALL);
    now = Instant.parse("2026-03-02T00:00:00Z");
    number = 0;
    taken.clear();
    for (int i = 0; worn && i < 1_300; i++) {
      now = now.plusMillis(random.nextInt(100));
      if (i % 10 == 0) {
        passTime();
      }
      Said press = Said.press(i % 2 == 0 ? "lin-button" : "child-" + random.nextInt(100));
      decide(new Input.EventReceived(press.through("lin-hub").event()), ANY);
    }
  }

  private void step() {
    advance();
    boolean first = random.nextInt(5) == 0; // it is decided before the deadline that is due
    if (!first) {
      passTime();
    }
    if (random.nextInt(60) == 0) {
      world = anything.village(now).world(settings(), ALL);
    }
    Input input = anything.input(home.home(), now);
    if (random.nextInt(100) == 0) {
      home.fail(world, input, stamp(), ANY);
    } else {
      decide(input, first ? ANY : Duration.ZERO);
    }
    passTime();
  }

  private RuleSettings settings() {
    RuleSettings usual = RuleSettings.STANDARD;
    Duration any = Duration.ofSeconds(1 + random.nextInt(7_200));
    return random.nextBoolean()
        ? usual
        : new RuleSettings(
            usual.ringAgainAfter(),
            any,
            any,
            Duration.ofDays(1 + random.nextInt(30)),
            Duration.ofMinutes(1 + random.nextInt(60)),
            Duration.ofMinutes(1 + random.nextInt(60)),
            Duration.ZERO,
            any,
            any,
            any,
            any);
  }

  private void advance() {
    now =
        now.plusMillis(
            switch (random.nextInt(10)) {
              case 0 -> random.nextInt(3_600_000);
              case 1, 2, 3 -> random.nextInt(40_000);
              case 4 -> 30_000;
              case 5, 6 -> 0;
              default -> random.nextInt(1_000);
            });
    if (random.nextInt(300) == 0) {
      now = now.plus(Duration.ofDays(random.nextInt(9)));
    }
  }

  private void passTime() {
    Instant due = home.deadline();
    if (due != null && !due.isAfter(now)) {
      home.decide(world, new Input.TimePassed(Village.LINS), stamp());
    }
  }

  private Stamp stamp() {
    return new Stamp(++number, now);
  }

  private void decide(Input input, Duration slack) {
    Decision decision = home.decide(world, input, stamp(), slack);
    if (input instanceof Input.EventReceived(DeviceEvent event)) {
      if (decision.answer() instanceof Answer.Repeated) {
        assertEquals(List.of(), decision.facts(), "a resend changes nothing");
        assertTrue(taken.contains(event.key()), "swallowed");
      } else {
        taken.add(event.key());
        if (event.isAlarm()) {
          rangTheDesk(event);
        }
        aResendChangesNothing(event, decision, slack);
      }
    }
  }

  /** P3: whatever the state, the alarm is in an open alert whose desks ring, or just did. */
  private void rangTheDesk(DeviceEvent event) {
    List<Alert> alerts =
        home.home().alerts().stream()
            .filter(a -> a.isOpen() && !a.evidence().isEmpty())
            .filter(a -> a.evidence().getLast().event().equals(event.key()))
            .filter(a -> a.evidence().getLast().receivedAt().equals(now))
            .toList();
    assertEquals(1, alerts.size(), "an alarm is evidence of one open alert");
    Alert alert = alerts.getFirst();
    Instant lately = now.minus(world.rules().settings().ringAgainAfter());
    List<List<Contact>> levels = world.directory().desks(Village.LINS, now);
    for (Contact desk :
        levels.stream().filter(level -> !level.isEmpty()).findFirst().orElseThrow()) {
      assertTrue(
          alert.asked(desk.responder()).orElseThrow().lastRungAt().isAfter(lately),
          "the desk was not rung");
    }
  }

  private void aResendChangesNothing(DeviceEvent event, Decision decision, Duration slack) {
    boolean believable =
        event.id() != null
            || (event.at() != null
                && Duration.between(event.at(), now).abs().compareTo(Duration.ofHours(20)) < 0);
    if (believable && !decision.facts().isEmpty() && answersTo(decision)) {
      Decision again = home.decide(world, new Input.EventReceived(event), stamp(), slack);
      assertInstanceOf(Answer.Repeated.class, again.answer());
      assertEquals(List.of(), again.facts());
    }
  }

  private static boolean answersTo(Decision decision) {
    return decision.facts().getFirst() instanceof io.shouwang.alerts.Fact.EventSeen;
  }
}
