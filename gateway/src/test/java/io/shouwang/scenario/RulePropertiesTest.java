package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.World;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Input;
import io.shouwang.model.Stamp;
import io.shouwang.rules.Condition;
import io.shouwang.rules.Findings;
import io.shouwang.rules.Limits;
import io.shouwang.rules.Rule;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.Sight;
import io.shouwang.senses.DeviceSense;
import io.shouwang.simulation.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What holds of all rules together, whatever a home's life is like. {@code -Dfull=true} for more.
 */
class RulePropertiesTest {
  private static final Instant BEGIN = Instant.parse("2028-03-20T05:00:00Z");
  private static final World ALL = AnyLife.world();

  /** A home's state, and when the rules want to see it next. */
  private static final class Run {
    private final World world;
    private Home home = Home.empty(AnyLife.HOME);
    private Instant now = BEGIN;
    private @Nullable Instant look = BEGIN;
    private long number;
    private final Set<String> raised = new TreeSet<>();

    Run(World world) {
      this.world = world;
    }

    Run copy() {
      Run copy = new Run(world);
      copy.home = home;
      copy.now = now;
      copy.look = look;
      copy.number = number;
      copy.raised.addAll(raised);
      return copy;
    }

    Decision hear(DeviceEvent event) {
      Decision decision =
          Core.decide(world, home, new Input.EventReceived(event), new Stamp(++number, now));
      note(decision);
      Instant asked = decision.lookAt();
      if (asked != null && (look == null || asked.isBefore(look))) {
        look = asked;
      }
      return decision;
    }

    void passTimeTo(Instant when) {
      for (Instant due = due(); due != null && !due.isAfter(when); due = due()) {
        now = due.isAfter(now) ? due : now;
        Decision decision =
            Core.decide(world, home, new Input.TimePassed(AnyLife.HOME), new Stamp(++number, now));
        note(decision);
        look = decision.lookAt();
      }
      now = when;
    }

    private @Nullable Instant due() {
      Instant alerts = home.deadline();
      return alerts == null || (look != null && look.isBefore(alerts)) ? look : alerts;
    }

    /** Days of an ordinary life, so that clocks are known and a rhythm has begun. */
    void live(AnyLife life, Random random, int events) {
      for (int i = 0; i < events; i++) {
        passTimeTo(now.plusSeconds(60 + random.nextInt(3_000)));
        hear(life.reading(now));
      }
    }

    /** What was raised in this run, however it went on. */
    Set<String> alerts() {
      return new TreeSet<>(raised);
    }

    private void note(Decision decision) {
      home = decision.home();
      for (Fact fact : decision.facts()) {
        if (fact instanceof Fact.Raised begun) {
          raised.add(begun.kind() + " about " + begun.subject());
        }
      }
    }

    /** What is remembered, but for how an office's rule counts events: in the order they came. */
    Set<String> conditions() {
      Set<String> all = new TreeSet<>();
      for (Condition condition : home.conditions()) {
        if (!condition.rule().equals("custom") && !condition.key().startsWith(Condition.NEWS)) {
          all.add(condition.rule() + " " + condition.key() + " " + condition.code());
        }
      }
      return all;
    }
  }

  private interface Property {
    void holds(Random random);
  }

  private static void check(String name, int rounds, Property property) {
    Seed seed = Seed.of(name);
    for (int i = 0; i < (Seed.full() ? 100 * rounds : rounds); i++) {
      Seed round = seed.round(i);
      try {
        property.holds(round.random());
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("round " + i + ", -Dseed=" + round.value(), e);
      }
    }
  }

  @Test
  void the_order_of_events_of_one_moment_changes_neither_alerts_nor_conditions() {
    check(
        "order",
        40,
        random -> {
          AnyLife life = new AnyLife(random);
          Run known = new Run(ALL);
          known.live(life, random, 40 + random.nextInt(100));
          known.passTimeTo(known.now.plusSeconds(60 + random.nextInt(20_000)));
          List<DeviceEvent> events = ofOneMoment(life, random, known.now);
          Run one = known.copy();
          events.forEach(one::hear);
          Collections.shuffle(events, random);
          Run other = known.copy();
          events.forEach(other::hear);
          for (Run run : List.of(one, other)) {
            run.passTimeTo(run.now.plus(Duration.ofHours(30)));
          }
          String what = events.stream().map(e -> e.kind() + "@" + e.at()).toList().toString();
          assertEquals(one.alerts(), other.alerts(), what);
          assertEquals(one.conditions(), other.conditions(), what);
        });
  }

  /** One of each device, or a buffer full of positions, each with its time. */
  private static List<DeviceEvent> ofOneMoment(AnyLife life, Random random, Instant now) {
    List<DeviceEvent> events = new ArrayList<>();
    events.add(life.motion(now));
    events.add(life.say("demo-sos-001", random.nextBoolean() ? "checkin" : "sos", now, ""));
    events.add(
        life.say("demo-smoke-001", "smoke", now, "\"state\":\"alarm\",\"room\":\"kitchen\""));
    if (random.nextBoolean()) {
      events.add(life.vitals(now));
    } else {
      for (int i = 0; i < 6; i++) {
        events.add(life.position(now.minusSeconds(90L * i + random.nextInt(20))));
      }
    }
    Collections.shuffle(events, random);
    return events;
  }

  @Test
  void a_duplicate_changes_no_alert_no_condition_and_nothing_that_was_learnt() {
    check(
        "duplicates",
        15,
        random -> {
          AnyLife life = new AnyLife(random);
          Run once = new Run(ALL);
          Run twice = new Run(ALL);
          List<DeviceEvent> alarms = new ArrayList<>();
          for (int i = 0; i < 150; i++) {
            Instant next =
                once.now.plusSeconds(20 + random.nextInt(random.nextInt(3) == 0 ? 5_000 : 250));
            once.passTimeTo(next);
            twice.passTimeTo(next);
            long late = random.nextInt(4) == 0 ? random.nextInt(3_000) : 0;
            DeviceEvent event = late > 0 ? life.alarm(next.minusSeconds(late)) : life.any(next);
            once.hear(event);
            twice.hear(event);
            // What repeats itself at once, of any kind, and an alarm that comes again much later.
            // Other
            // readings of a device that is seldom heard may pass for a sign of a clock that is
            // behind.
            if (random.nextInt(3) == 0) {
              twice.hear(event);
            }
            if (event.kind().isAlarmKind()) {
              alarms.add(event);
            }
            if (!alarms.isEmpty() && random.nextInt(3) == 0) {
              twice.hear(alarms.get(random.nextInt(alarms.size())));
            }
            // Being heard again is being heard: a device that repeats itself isn't silent. And an
            // office's own count forgets the noes, so it may take one for new that comes again.
            assertEquals(withoutSilence(once.alerts()), withoutSilence(twice.alerts()), "alerts");
            assertEquals(
                withoutSilence(once.conditions()),
                withoutSilence(twice.conditions()),
                "conditions");
            assertEquals(once.home.senses().life(), twice.home.senses().life(), "learnt");
            for (DeviceSense sense : once.home.senses().devices()) {
              DeviceSense again = twice.home.senses().device(sense.device());
              assertTrue(again != null);
              assertEquals(sense.vitals(), again.vitals(), "vitals");
              assertEquals(sense.track(), again.track(), "track");
            }
            assertEquals(once.home.contacts(), twice.home.contacts(), "contacts");
          }
        });
  }

  private static Set<String> withoutSilence(Set<String> all) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeIf(one -> one.matches("(device )?(device_)?offline.*|quiet .*|fast .*"));
    return rest;
  }

  /** Fails at events, when time passes, or both, now and then. */
  private record Moody(Random random) implements Rule {
    @Override
    public String name() {
      return "moody";
    }

    @Override
    public void judge(Sight sight, Findings findings) {
      switch (random.nextInt(3)) {
        case 0 -> throw new IllegalStateException("somebody's mistake");
        case 1 -> throw new StackOverflowError("an expression too deep");
        default -> findings.lookAt(sight.now().plusSeconds(1));
      }
    }
  }

  @Test
  void no_history_no_setting_and_no_rule_stops_or_delays_an_alarm() {
    check(
        "alarms",
        30,
        random -> {
          AnyLife life = new AnyLife(random);
          Run run = new Run(ALL);
          run.live(life, random, random.nextInt(60));
          Anything anything = new Anything(random, 2);
          Run moody =
              new Run(
                  AnyLife.world(AnyLife.everything(Limits.STANDARD), List.of(new Moody(random))));
          moody.home = run.home;
          moody.now = run.now;
          for (int i = 0; i < 30; i++) {
            moody.now = moody.now.plusSeconds(random.nextInt(5_000));
            if (random.nextBoolean()) {
              mode(moody, anything);
            }
            DeviceEvent event = life.alarm(moody.now.minusSeconds(random.nextInt(100_000)));
            if (event.isAlarm()) {
              Home before = moody.home;
              rings(before, moody.hear(event), event, moody.now);
            }
          }
        });
  }

  private static void mode(Run run, Anything anything) {
    Input.ModeChanged said = (Input.ModeChanged) anything.mode(run.now);
    Input input =
        new Input.ModeChanged(
            AnyLife.HOME, null, said.kind(), said.until(), said.by(), said.channel());
    World quiet =
        new World(
            run.world.directory(),
            new RuleBook(run.world.rules().settings(), run.world.rules().limits(), List.of()),
            run.world.ladders());
    run.home = Core.decide(quiet, run.home, input, new Stamp(++run.number, run.now)).home();
  }

  /** An alert that rests on it is open, and its duty desk rang now, or just did. */
  private static void rings(Home before, Decision decision, DeviceEvent event, Instant now) {
    Alert alert =
        decision.home().alerts().stream()
            .filter(Alert::isOpen)
            .filter(a -> !a.evidence().isEmpty())
            .filter(a -> a.evidence().getLast().event().equals(event.key()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("swallowed: " + event));
    boolean rang =
        alert.asked().stream()
            .anyMatch(asked ->
                asked.role().equals(io.shouwang.model.Role.DUTY_DESK)
                    && asked.lastRungAt().isAfter(now.minusSeconds(30)));
    assertTrue(rang, "the desk was not rung for " + event + ", before: " + before.alerts());
  }
}
