package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.Silence;
import io.shouwang.alerts.World;
import io.shouwang.audit.SecondBooks;
import io.shouwang.engine.Decided;
import io.shouwang.model.AlertId;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One home, decided and checked: after each input every invariant of the core is looked at. The
 * home that the next input is decided in is the one made from the facts alone, so that each step is
 * also a restart (ReplayEqualsLive).
 */
final class CheckedHome {
  private Home home;
  private @Nullable Instant lookAt;
  private final Map<AlertId, Integer> deliveries = new HashMap<>();
  private final Set<AlertId> closed = new HashSet<>();
  private final Set<DeliveryKey> keys = new HashSet<>();
  private final SecondBooks books = new SecondBooks();

  CheckedHome(HomeId id) {
    home = Home.empty(id);
  }

  Home home() {
    return home;
  }

  /** When something must happen next, or be looked at. */
  @Nullable Instant deadline() {
    Instant alerts = home.deadline();
    Instant look = lookAt;
    return alerts == null || (look != null && look.isBefore(alerts)) ? look : alerts;
  }

  Decision decide(World world, Input input, Stamp stamp) {
    return decide(world, input, stamp, Duration.ZERO);
  }

  /**
   * @param slack how long a deadline may be overdue afterwards, where this input came first
   */
  Decision decide(World world, Input input, Stamp stamp, Duration slack) {
    Decision decision = Core.decide(world, home, input, stamp);
    assertEquals(
        decision, Core.decide(world, home, input, stamp), "deciding again, the same facts (P7)");
    take(decision, input, stamp, slack);
    return decision;
  }

  /** What the shell makes of a decision that threw. */
  Decision fail(World world, Input input, Stamp stamp, Duration slack) {
    Decision decision = Core.undecided(world, home, input, stamp, "TestFailure");
    take(decision, input, stamp, slack);
    return decision;
  }

  private void take(Decision decision, Input input, Stamp stamp, Duration slack) {
    Instant asked = decision.lookAt();
    Instant look = lookAt;
    if (input instanceof Input.TimePassed) {
      lookAt = asked;
    } else if (asked != null && (look == null || asked.isBefore(look))) {
      lookAt = asked;
    }
    Home rebuilt = home;
    if (decision.heard() != null && input instanceof Input.EventReceived received) {
      rebuilt = rebuilt.hear(received.event(), decision.heard());
    }
    for (Fact fact : decision.facts()) {
      check(fact);
      rebuilt = rebuilt.apply(fact, stamp);
    }
    assertTrue(decision.home().equals(rebuilt), "ReplayEqualsLive");
    Home before = home;
    home = rebuilt;
    check(before, stamp.now(), slack);
    books.take(new Decided(stamp, input, decision.home().id(), decision.heard(), decision.facts()));
    books.check(stamp.now(), slack, home);
  }

  private void check(Fact fact) {
    switch (fact) {
      case Fact.Raised raised ->
          assertEquals(
              null, deliveries.put(raised.alert(), 0), raised.alert() + " began a second time");
      case Fact.Closed end -> {
        assertFalse(end.disposition().isBlank(), "closed without a disposition");
        closed.add(end.alert());
      }
      case Fact.MergedInto merged -> closed.add(merged.alert());
      case Fact.Reopened again -> closed.remove(again.alert());
      case Fact.DeliveryStarted started -> {
        assertEquals(
            deliveries.merge(started.alert(), 1, Integer::sum),
            started.number(),
            "deliveries are counted without a gap");
        assertTrue(keys.add(new DeliveryKey(started.alert(), started.number())));
        assertFalse(
            started.cause().isRing() && closed.contains(started.alert()), "a closed alert rings");
      }
      default -> {}
    }
  }

  private void check(Home before, Instant now, Duration slack) {
    for (Alert alert : home.alerts()) {
      if (alert.equals(before.alert(alert.id()).orElse(null))) {
        continue; // unchanged: the deadline of all is looked at below
      }
      Silence.check(alert, now, slack)
          .ifPresent(wrong -> assertEquals("", wrong, "NoAlarmWithoutOwnerOrDeadline"));
      assertTrue(alert.timeline().size() <= Alert.TIMELINE_MAX);
      assertTrue(alert.evidence().size() <= Alert.EVIDENCE_MAX);
      assertTrue(alert.devices().size() <= Alert.DEVICES_MAX);
      assertTrue(alert.replyKeys().size() <= Alert.REPLY_KEYS_MAX);
      assertTrue(
          alert.deliveries().stream().filter(d -> !d.isUnderWay()).count()
              <= Alert.ENDED_DELIVERIES_MAX + deliveriesEndedAtOnce(alert));
    }
    assertTrue(home.seen().size() <= Home.SEEN_MAX);
    assertTrue(home.fixes().size() <= Home.FIXES_MAX);
    assertTrue(
        home.alerts().stream()
                .filter(a -> a.closing() != null && a.closing().into() == null)
                .count()
            <= Home.CLOSED_ALERTS_MAX);
    assertTrue(
        home.alerts().stream().filter(a -> !a.isOpen()).count()
            <= Home.CLOSED_ALERTS_MAX + Home.MERGED_ALERTS_MAX);
    Instant deadline = deadline();
    assertTrue(deadline == null || deadline.plus(slack).isAfter(now), () -> overdue(now));
  }

  private String overdue(Instant now) {
    return "overdue at %s: look %s, %s"
        .formatted(now, lookAt, home.alerts().stream().filter(a -> a.deadline() != null).toList());
  }

  /** Closing ends all that is under way in one step; the list shrinks as others begin. */
  private static long deliveriesEndedAtOnce(Alert alert) {
    int ways = alert.asked().stream().mapToInt(asked -> asked.ways() + 2).sum();
    return ways * 2L + alert.devices().size() * 2L;
  }
}
