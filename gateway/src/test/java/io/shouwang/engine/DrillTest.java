package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Effect;
import io.shouwang.drills.DrillBudget;
import io.shouwang.drills.DrillOrder;
import io.shouwang.drills.DrillReport;
import io.shouwang.drills.Drills;
import io.shouwang.intake.Acknowledgement;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.model.AlertId;
import io.shouwang.model.AreaId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Drills through the real engine: the real ladder, marked, within a budget, ended and reported. */
final class DrillTest {
  private static final ResponderId OFFICER = new ResponderId("demo-operator");

  private static DrillOrder order(int homes, int messages) {
    return new DrillOrder(
        "d-1", new AreaId("g-taohua-1"), Kind.SOS, homes, Duration.ofMinutes(30), messages);
  }

  private static List<Input.ExerciseOrdered> begin(
      EngineFixture at, Drills drills, DrillOrder order) throws IOException {
    List<Input.ExerciseOrdered> plan = drills.plan(order, EngineFixture.WORLD.directory(), OFFICER);
    for (Input.ExerciseOrdered each : plan) {
      assertTrue(at.engine.offer(new Submission(each, Lane.ALARM, 0, Acknowledgement.NONE)));
    }
    at.settle();
    return plan;
  }

  private static Alert only(EngineFixture at) {
    assertEquals(1, at.engine.alerts().open().size());
    return at.engine.alerts().open().getFirst().alert();
  }

  @Test
  void a_drill_rings_the_real_ladder_marked_and_says_who_answered_when() throws IOException {
    try (EngineFixture at = EngineFixture.fresh()) {
      Drills drills = new Drills(at.engine.alerts(), at.engine.time());
      List<Input.ExerciseOrdered> plan = begin(at, drills, order(1, 100));
      assertEquals(1, plan.size());
      Alert alert = only(at);
      assertTrue(alert.marks().exercise());
      assertEquals(EngineFixture.WORLD.ladders().forKind(Kind.SOS), alert.ladder());
      assertTrue(alert.isAlarmClass(), "the desk sounds from second 0");
      ResponderId first = alert.asked().getFirst().responder();
      at.advance(Duration.ofSeconds(40));
      at.reply(first.value(), alert, Reply.Answer.ACCEPT, 10, null);
      DrillReport report = drills.report("d-1").orElseThrow();
      assertTrue(report.running());
      DrillReport.OfHome home = report.homes().getFirst();
      assertEquals(Duration.ofSeconds(40), home.answeredAfter());
      DrillReport.OfPerson person = home.people().getFirst();
      assertEquals(Reply.Answer.ACCEPT, person.answer());
      assertEquals(Duration.ofSeconds(40), person.answeredAfter());
      assertEquals(Duration.ZERO, person.rungAfter());
      assertNull(home.people().getLast().answer());
      begin(at, drills, order(1, 100));
      assertEquals(alert.id(), only(at).id(), "ordered twice is one drill");
    }
  }

  @Test
  void it_ends_by_itself_and_everybody_hears_it() throws IOException {
    try (EngineFixture at = EngineFixture.fresh()) {
      Drills drills = new Drills(at.engine.alerts(), at.engine.time());
      begin(at, drills, order(1, 100));
      AlertId id = only(at).id();
      at.advance(Duration.ofMinutes(29));
      drills.tend(at.engine);
      at.settle();
      assertEquals(1, at.engine.alerts().open().size(), "not before its time");
      at.advance(Duration.ofMinutes(1));
      drills.tend(at.engine);
      at.settle();
      assertEquals(List.of(), at.engine.alerts().open());
      DrillReport report = drills.report("d-1").orElseThrow();
      assertFalse(report.running());
      assertEquals(id, report.homes().getFirst().alert());
      assertTrue(
          at.effects.stream().anyMatch(effect -> effect.delivery().cause().name().equals("ENDED")));
    }
  }

  @Test
  void a_press_meanwhile_is_real() throws IOException {
    try (EngineFixture at = EngineFixture.fresh()) {
      Drills drills = new Drills(at.engine.alerts(), at.engine.time());
      HomeId home = begin(at, drills, order(50, 1000)).getFirst().home();
      assertTrue(at.engine.alerts().open().size() > 1, "every home of the grid");
      at.event("demo-sos-001", "sos", "{}");
      List<Alert> real =
          at.engine.alerts().open().stream()
              .map(seen -> seen.alert())
              .filter(alert -> !alert.marks().exercise())
              .toList();
      assertEquals(1, real.size());
      assertTrue(
          drills.plan(order(50, 9), EngineFixture.WORLD.directory(), OFFICER).stream()
              .noneMatch(each -> each.home().equals(real.getFirst().home())),
          "left in peace");
      assertNotEquals("", home.value());
    }
  }

  @Test
  void what_is_beyond_the_budget_is_held_back_and_nothing_else_is() throws IOException {
    try (EngineFixture at = EngineFixture.fresh()) {
      Drills drills = new Drills(at.engine.alerts(), at.engine.time());
      DrillBudget budget = new DrillBudget(at.engine.alerts());
      begin(at, drills, order(1, 1));
      int held = 0;
      for (Effect effect : at.effects) {
        Alert alert = at.engine.alerts().find(effect.alert()).orElseThrow().alert();
        held += budget.holdBack(effect, alert).isPresent() ? 1 : 0;
      }
      assertEquals(at.effects.size() - 1, held);
      assertTrue(held > 0);
      at.effects.clear();
      at.event("demo-sos-001", "sos", "{}");
      for (Effect effect : at.effects) {
        Alert alert = at.engine.alerts().find(effect.alert()).orElseThrow().alert();
        if (!alert.marks().exercise()) {
          assertEquals(Optional.empty(), budget.holdBack(effect, alert));
        }
      }
    }
  }

  @Test
  void what_somebody_opens_again_after_the_end_ends_again() throws IOException {
    try (EngineFixture at = EngineFixture.fresh()) {
      Drills drills = new Drills(at.engine.alerts(), at.engine.time());
      begin(at, drills, order(1, 100));
      assertEquals(1, drills.exercising());
      Alert alert = only(at);
      at.advance(Duration.ofMinutes(30));
      drills.tend(at.engine);
      at.settle();
      assertEquals(0, drills.exercising());
      at.offer(
          Lane.ALARM,
          new Input.AlertReopened(alert.id(), "again", OFFICER, true, "http", "look once more"));
      at.settle();
      assertEquals(1, at.engine.alerts().open().size());
      drills.tend(at.engine);
      at.settle();
      assertEquals(List.of(), at.engine.alerts().open());
    }
  }
}
