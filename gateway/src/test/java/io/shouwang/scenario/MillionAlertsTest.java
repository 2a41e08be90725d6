package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Hold;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.Silence;
import io.shouwang.alerts.World;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Directory.Contact;
import io.shouwang.model.EventKey;
import io.shouwang.model.Input;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.model.Stamp;
import io.shouwang.rules.RuleSettings;
import io.shouwang.simulation.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Alerts by the thousand, by the million with {@code -Dfull=true}, through the core: after every
 * single decision each alert of the home has an owner whose promise ends, or a deadline that is not
 * far; what is closed was closed by who may; no number is given twice.
 */
class MillionAlertsTest {
  private static final int ALERTS_PER_LIFE = 60;
  private static final int REPLAYED_ONE_IN = 64;

  /** No promise, rung or turn of the desk is further away than this. */
  private static final Duration MOST = RuleSettings.HOLD_MOST;

  private final AtomicLong alerts = new AtomicLong();
  private final AtomicLong inputs = new AtomicLong();
  private final AtomicLong facts = new AtomicLong();
  private final AtomicLong checks = new AtomicLong();
  private final AtomicLong lives = new AtomicLong();

  @Test
  void at_every_step_every_alert_has_an_owner_or_a_deadline() throws InterruptedException {
    Seed seed = Seed.of("MillionAlertsTest");
    long most = Seed.full() ? 1_000_000 : 4_000;
    long begun = System.nanoTime();
    int threads = Math.min(4, Runtime.getRuntime().availableProcessors());
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        running.add(
            pool.submit(() -> {
              while (alerts.get() < most) {
                live(seed.round((int) lives.getAndIncrement()));
              }
            }));
      }
    }
    for (Future<?> each : running) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%,d alerts in %,d homes: %,d inputs, %,d facts, %,d looks at an alert, %.1f s on %d threads"
            + " (%,.0f inputs a second)%n",
        alerts.get(),
        lives.get(),
        inputs.get(),
        facts.get(),
        checks.get(),
        seconds,
        threads,
        inputs.get() / seconds);
    assertTrue(alerts.get() >= most);
  }

  private void live(Seed seed) {
    Life life = new Life(seed.random());
    try {
      life.live();
    } catch (RuntimeException | AssertionError e) {
      alerts.set(Long.MAX_VALUE / 2); // the others need not go on
      throw new AssertionError("-Dseed=" + seed.value() + ", the first life", e);
    }
    alerts.addAndGet(life.begun);
    inputs.addAndGet(life.number);
    facts.addAndGet(life.facts);
    checks.addAndGet(life.checks);
  }

  /** One home from its first alert to the close of its last. */
  private static final class Life {
    private final RandomLife chance;
    private final Map<AlertId, Integer> deliveries = new HashMap<>();
    private Instant now = Instant.parse("2026-03-02T00:00:00Z");
    private World world;
    private Home home = Home.empty(Village.LINS);
    private @Nullable Instant lookAt;
    private long number;
    private int begun;
    private long facts;
    private long checks;

    Life(Random random) {
      this.chance = new RandomLife(random);
      this.world = chance.world(now);
    }

    void live() {
      while (begun < ALERTS_PER_LIFE) {
        Instant then = now.plus(chance.pause());
        if (chance.standsStill()) {
          now = then;
        }
        passTimeTo(then);
        if (chance.worldChanges()) {
          world = chance.world(now);
        }
        decide(chance.next(home, now));
      }
      passTimeTo(now.plus(Duration.ofMinutes(30)));
      for (Alert alert : home.alerts()) {
        if (alert.isOpen()) {
          decide(chance.closing(alert));
        }
      }
      assertTrue(home.alerts().stream().noneMatch(Alert::isOpen), "a dispatcher closes what is");
    }

    private @Nullable Instant deadline() {
      Instant due = home.deadline();
      Instant look = lookAt;
      return due == null || (look != null && look.isBefore(due)) ? look : due;
    }

    private void passTimeTo(Instant then) {
      for (Instant due = deadline(); due != null && !due.isAfter(then); due = deadline()) {
        now = due.isAfter(now) ? due : now;
        decide(new Input.TimePassed(Village.LINS));
      }
      now = then;
    }

    private void decide(Input input) {
      Stamp stamp = new Stamp(++number, now);
      Decision decision = Core.decide(world, home, input, stamp);
      if (number % REPLAYED_ONE_IN == 0) {
        replay(decision, input, stamp);
      }
      Home before = home;
      home = decision.home();
      facts += decision.facts().size();
      Instant asked = decision.lookAt();
      if (input instanceof Input.TimePassed
          || (asked != null && (lookAt == null || asked.isBefore(lookAt)))) {
        lookAt = asked;
      }
      decision.facts().forEach(fact -> check(fact, before, input));
      for (Alert alert : home.alerts()) {
        check(alert, before.alert(alert.id()).orElse(null));
      }
      Instant due = deadline();
      assertTrue(due == null || due.isAfter(now), "what is due was done");
      boolean forgotAnOpenOne =
          before.alerts().stream().anyMatch(a -> a.isOpen() && home.alert(a.id()).isEmpty());
      assertTrue(!forgotAnOpenOne, "an open alert is forgotten");
      if (input instanceof Input.EventReceived(DeviceEvent event)
          && event.isAlarm()
          && !(decision.answer() instanceof Answer.Repeated)) {
        rings(event);
      }
    }

    private void replay(Decision decision, Input input, Stamp stamp) {
      assertEquals(decision, Core.decide(world, home, input, stamp), "the same again (P7)");
      Home rebuilt = home;
      if (decision.heard() != null && input instanceof Input.EventReceived(DeviceEvent event)) {
        rebuilt = rebuilt.hear(event, decision.heard());
      }
      for (Fact fact : decision.facts()) {
        rebuilt = rebuilt.apply(fact, stamp);
      }
      assertEquals(decision.home(), rebuilt, "what recovery makes of it");
    }

    private void check(Fact fact, Home before, Input input) {
      switch (fact) {
        case Fact.Raised raised -> {
          begun++;
          assertEquals(null, deliveries.put(raised.alert(), 0), "began a second time");
        }
        case Fact.DeliveryStarted started ->
            assertEquals(
                deliveries.merge(started.alert(), 1, Integer::sum),
                started.number(),
                "a number is left out, or given twice");
        case Fact.Closed closed -> mayClose(closed, before, input);
        default -> {}
      }
    }

    private void mayClose(Fact.Closed closed, Home before, Input input) {
      Alert alert = before.alert(closed.alert()).orElseThrow();
      if (!alert.isAlarmClass()) {
        return;
      }
      boolean isDispatcher = input instanceof Input.ReplyReceived reply && reply.dispatcher();
      boolean isDesk =
          isDesk(closed.by())
              || alert
                  .asked(closed.by())
                  .map(asked -> asked.role().equals(Role.DUTY_DESK))
                  .orElse(false);
      assertTrue(isDispatcher || isDesk, closed.by() + " closed an alarm");
    }

    private boolean isDesk(ResponderId who) {
      return world.directory().desks(Village.LINS, now).stream()
          .flatMap(List::stream)
          .anyMatch(desk -> desk.responder().equals(who));
    }

    private void check(Alert alert, @Nullable Alert before) {
      checks++;
      Instant deadline = alert.deadline();
      if (!alert.isOpen()) {
        assertEquals(null, deadline, "a closed alert waits for something");
      } else {
        assertTrue(
            deadline != null && deadline.isAfter(now),
            () -> "an open alert without a deadline ahead at " + now + ": " + alert);
        assertTrue(!deadline.isAfter(now.plus(MOST)), "a deadline that is no deadline");
      }
      if (alert.equals(before)) {
        return; // the facts left it as it was
      }
      Silence.check(alert, now, Duration.ZERO)
          .ifPresent(wrong -> assertEquals("", wrong, "no owner and no deadline"));
      if (!alert.isOpen()) {
        assertTrue(alert.holds().isEmpty());
        return;
      }
      if (!alert.isStopped()) {
        Instant desk = alert.deskAt();
        assertTrue(
            desk != null && (!alert.isAlarmClass() || !isLate(alert, desk)), "the desk is put off");
      }
      alert.holds().forEach(this::isPromise);
      assertTrue(alert.timeline().size() <= Alert.TIMELINE_MAX);
      assertTrue(alert.evidence().size() <= Alert.EVIDENCE_MAX);
      assertTrue(alert.devices().size() <= Alert.DEVICES_MAX);
    }

    /** The desk of an alarm has its next turn within one repeat. */
    private boolean isLate(Alert alert, Instant desk) {
      return desk.isAfter(now.plus(alert.desk().repeatEvery()));
    }

    /** A lease ends by itself, and no later than what its phase allows. */
    private void isPromise(Hold hold) {
      RuleSettings settings = world.rules().settings();
      Duration most =
          switch (hold.phase()) {
            case PROMISED, ON_THE_WAY -> settings.etaCap().plus(settings.arrivalGrace());
            case PRESENT -> settings.arrivedLimit();
          };
      assertTrue(hold.until().isAfter(now), "a promise that is over is still held");
      assertTrue(!hold.until().isAfter(hold.since().plus(most)), "a promise without end: " + hold);
    }

    /** P3: it is evidence of an open alert, whose nearest desk rings or has just rung. */
    private void rings(DeviceEvent event) {
      EventKey key = event.key();
      List<Alert> its =
          home.alerts().stream()
              .filter(a -> a.isOpen() && !a.evidence().isEmpty())
              .filter(a ->
                  a.evidence().getLast().event().equals(key)
                      && a.evidence().getLast().receivedAt().equals(now))
              .toList();
      assertEquals(1, its.size(), "an alarm is evidence of one open alert");
      Instant lately = now.minus(world.rules().settings().ringAgainAfter());
      for (List<Contact> level : world.directory().desks(Village.LINS, now)) {
        if (!level.isEmpty()) {
          for (Contact desk : level) {
            assertTrue(
                its.getFirst().asked(desk.responder()).orElseThrow().lastRungAt().isAfter(lately),
                "the desk was not rung");
          }
          return;
        }
      }
    }
  }
}
