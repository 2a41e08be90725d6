package io.shouwang.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.DutyDesk;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Marks;
import io.shouwang.alerts.Rung;
import io.shouwang.alerts.Subject;
import io.shouwang.engine.Baseline;
import io.shouwang.engine.Decided;
import io.shouwang.intake.EventReader;
import io.shouwang.model.AlertId;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Outcome;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.model.Severity;
import io.shouwang.model.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The auditor's books, fact by fact. */
final class ReckoningTest {
  private static final Duration SLACK = Duration.ofSeconds(5);
  private static final Role RELATIVE = new Role("relative");
  private static final HomeId HOME = new HomeId("h-001");
  private static final AlertId ALERT = new AlertId("a1");
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final DeviceEvent PRESS =
      EventReader.readOne(
          new DeviceId("button"),
          null,
          Kind.SOS,
          null,
          "{\"id\":\"p1\"}".getBytes(StandardCharsets.UTF_8));

  private final Reckoning books = new Reckoning(Baseline.NONE);
  private long number;

  private void take(Duration after, Input input, Fact... facts) {
    books.take(
        new Decided(new Stamp(++number, START.plus(after)), input, HOME, null, List.of(facts)));
  }

  private List<Finding.What> look(Duration after, DeliveryKey... lost) {
    return books.look(START.plus(after), SLACK, key -> !List.of(lost).contains(key)).stream()
        .map(Finding::what)
        .toList();
  }

  private static Duration s(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Fact raised() {
    return new Fact.Raised(
        ALERT,
        Kind.SOS,
        Severity.CRITICAL,
        new Subject.OfHome(),
        Set.of(),
        null,
        new Ladder(
            "emergency",
            List.of(new Rung(s(0), List.of(RELATIVE)), new Rung(s(40), List.of(RELATIVE)))),
        new DutyDesk(s(60), s(120)),
        START,
        null,
        Marks.NONE);
  }

  private static Fact rings(int delivery, String channel, int way) {
    return new Fact.DeliveryStarted(
        ALERT,
        delivery,
        new Delivery.ToResponder(new ResponderId("daughter"), RELATIVE, "daughter"),
        Delivery.Cause.RUNG,
        START.plus(Duration.ofDays(2)),
        channel,
        way,
        null);
  }

  private void pressed() {
    pressed(s(40));
  }

  private void pressed(Duration next) {
    take(
        s(0),
        new Input.EventReceived(PRESS),
        raised(),
        new Fact.RungReached(ALERT, 0, List.of(), List.of(), List.of(), START.plus(next)),
        rings(1, "mqtt", 0),
        new Fact.DeskReached(ALERT, 0, START.plus(s(60))));
  }

  @Test
  void a_resend_that_comes_when_a_way_is_due_was_not_swallowed() {
    pressed();
    take(s(20), new Input.EventReceived(PRESS), rings(2, "sms", 1));
    assertEquals(List.of(), look(s(21)));
    books.forgetSeen();
    take(s(22), new Input.EventReceived(PRESS), rings(3, "voice", 2));
    assertEquals(List.of(), look(s(23)));
  }

  @Test
  void one_that_was_judged_new_and_led_nowhere_was_swallowed() {
    pressed();
    Fact seen = new Fact.EventSeen(PRESS.device(), PRESS.key(), 1, true, 0, START.minus(s(1)));
    take(s(20), new Input.EventReceived(PRESS), seen);
    assertEquals(List.of(Finding.What.SWALLOWED), look(s(21)));
  }

  @Test
  void each_way_of_a_person_is_followed_beside_the_others() {
    pressed(s(600));
    take(s(20), new Input.TimePassed(HOME), rings(2, "sms", 1));
    DeliveryKey app = new DeliveryKey(ALERT, 1);
    DeliveryKey sms = new DeliveryKey(ALERT, 2);
    assertEquals(
        List.of(Finding.What.UNPERFORMED), look(s(35), app), "the later covers no earlier");
    take(s(36), new Input.TimePassed(HOME), rings(3, "mqtt", 0));
    assertEquals(List.of(), look(s(37), app), "another by the same way took its place");
    assertEquals(List.of(Finding.What.UNPERFORMED), look(s(53), sms), "and not the other way's");
    take(
        s(54),
        new Input.DeliveryReported(sms, new Outcome.Superseded()),
        new Fact.DeliveryEnded(ALERT, 2, new Outcome.Superseded()));
    assertEquals(List.of(), look(s(55), sms), "they answered meanwhile: it is not sent any more");
  }

  @Test
  void what_expired_while_nobody_ran_has_a_moment_to_be_said() {
    pressed();
    Duration start = Duration.ofDays(3);
    assertEquals(List.of(Finding.What.SILENT), look(start));
    assertEquals(List.of(Finding.What.SILENT), look(start.plus(Reckoning.ENDED_WITHIN)));
    assertEquals(
        List.of(Finding.What.SILENT, Finding.What.UNPERFORMED),
        look(start.plus(Reckoning.ENDED_WITHIN).plusSeconds(1)));
  }

  @Test
  void what_could_not_be_decided_is_put_off_with_all_that_comes_due_meanwhile() {
    pressed();
    // A way was due and failed: the next rung, due in ten seconds, is put off with it.
    take(s(30), new Input.TimePassed(HOME), new Fact.Undecided("Broken", START.plus(s(60))));
    assertEquals(List.of(), look(s(59)));
    assertEquals(List.of(), look(s(64)));
    assertEquals(List.of(Finding.What.SILENT), look(s(66)), "and no longer");
    // The desk's repeat was due and failed: nobody is rung for thirty seconds more than usual.
    take(s(60), new Input.TimePassed(HOME), new Fact.Undecided("Broken", START.plus(s(90))));
    assertEquals(List.of(), look(s(94)));
    assertEquals(List.of(Finding.What.SILENT), look(s(96)));
  }

  @Test
  void after_a_restart_a_desk_that_spoke_with_her_is_not_called_silent() {
    Stamp stamp = new Stamp(1, START);
    Home home = Home.empty(HOME).apply(raised(), stamp);
    home =
        home.apply(
            new Fact.DeliveryStarted(
                ALERT,
                1,
                new Delivery.ToResponder(new ResponderId("desk"), Role.DUTY_DESK, "desk"),
                Delivery.Cause.RUNG,
                START.plus(Duration.ofDays(2)),
                "mqtt",
                0,
                null),
            stamp);
    home = home.apply(new Fact.RingsOn(ALERT, null, START.plus(s(110))), new Stamp(2, START));
    Reckoning restarted =
        new Reckoning(
            new Baseline(
                3, List.of(new Baseline.Known(home.alerts().getFirst(), 2)), Set.of(), true));
    assertEquals(List.of(), restarted.look(START.plus(s(100)), SLACK, _ -> true));
    assertEquals(
        List.of(Finding.What.SILENT),
        restarted.look(START.plus(s(116)), SLACK, _ -> true).stream().map(Finding::what).toList());
  }
}
