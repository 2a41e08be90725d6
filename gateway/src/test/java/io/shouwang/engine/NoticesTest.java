package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery;
import io.shouwang.intake.Lane;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.Directory.Way;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Payload;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.notify.AnswerLinks;
import io.shouwang.notify.Notices;
import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Notice.Field;
import io.shouwang.notify.provider.Notice.Purpose;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.wording.Wording;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people and groups read: an exercise says so first, a group learns no name (P8). */
final class NoticesTest {
  private EngineFixture at;

  @BeforeEach
  void open() throws IOException {
    at = EngineFixture.fresh();
  }

  @AfterEach
  void close() throws IOException {
    at.close();
  }

  private record To(Audience audience) implements Provider {
    @Override
    public String name() {
      return "any";
    }

    @Override
    public List<Quota> quotas() {
      return List.of();
    }

    @Override
    public Verdict submit(Notice notice) {
      return new Verdict.Accepted("");
    }

    @Override
    public void close() {}
  }

  private Notice compose(Alert alert, Audience audience) {
    Delivery ring =
        alert.deliveries().stream()
            .filter(each -> each.to().toString().contains("demo-daughter"))
            .findFirst()
            .orElseThrow();
    return compose(alert, ring, audience);
  }

  private Notice compose(Alert alert, Delivery ring, Audience audience) {
    Notices notices =
        new Notices(
            at.engine.alerts(),
            EngineFixture.WORLD::directory,
            (_, _) -> Optional.of(Payload.of(new byte[0])),
            new AnswerLinks(List.of(new byte[32]), URI.create("https://help.example.org")),
            at.engine.time(),
            ZoneId.of("Asia/Shanghai"));
    return notices
        .compose(
            at.engine.alerts().find(alert.id()).orElseThrow(),
            ring,
            new Way("any", "", Duration.ZERO, true),
            new To(audience))
        .orElseThrow();
  }

  @Test
  void an_exercise_says_so_first_in_every_text_and_in_the_kind_of_a_template() throws IOException {
    at.offer(
        Lane.ALARM,
        new Input.ExerciseOrdered(
            "d1",
            new HomeId("h-001"),
            Kind.SOS,
            new ResponderId("demo-operator"),
            at.engine.time().wall().plus(Duration.ofMinutes(30)),
            20));
    at.settle();
    for (Audience audience : Audience.values()) {
      Notice notice = compose(at.onlyAlert(), audience);
      assertTrue(notice.exercise());
      for (String text : List.of(notice.title(), notice.text(), notice.field(Field.KIND))) {
        assertTrue(text.startsWith("【演练】"), text);
        assertFalse(text.startsWith("【演练】【演练】"), text);
      }
    }
  }

  @Test
  void the_elders_own_words_begin_with_it_too() {
    for (String language : List.of("zh", "en")) {
      String text = Wording.of(language).notice("elder", "exercise", "#", "elder", "x");
      assertTrue(text.startsWith("#"), text);
    }
  }

  @Test
  void an_elder_is_asked_whether_they_are_well_and_not_once_more_when_it_is_over()
      throws IOException {
    at.event("demo-sos-001", "sos", "{}");
    Alert alert = at.onlyAlert();
    Delivery.ToResponder elder =
        new Delivery.ToResponder(new ResponderId("e-001"), Role.ELDER, "elder");
    String asked = compose(alert, said(alert, elder, Delivery.Cause.RUNG), Audience.PERSON).text();
    assertTrue(asked.contains("请按1") || asked.contains("按 1"), asked);
    at.reply("demo-desk", alert, Reply.Answer.DONE, null, null);
    Notice over = compose(alert, said(alert, elder, Delivery.Cause.ENDED), Audience.PERSON);
    assertFalse(over.text().equals(asked), over.text());
    assertTrue(over.text().contains("已结束"), over.text());
  }

  private static Delivery said(Alert alert, Delivery.ToResponder to, Delivery.Cause cause) {
    return new Delivery(
        new DeliveryKey(alert.id(), 99),
        to,
        cause,
        alert.raisedAt(),
        alert.raisedAt().plus(Duration.ofHours(1)),
        "sms",
        0,
        null);
  }

  @Test
  void a_group_learns_neither_name_nor_door_nor_reason_and_gets_no_link() throws IOException {
    at.event("demo-sos-001", "sos", "{}");
    Notice person = compose(at.onlyAlert(), Audience.PERSON);
    assertTrue(person.text().contains("林秀英") && person.text().contains("301室"), person.text());
    Notice group = compose(at.onlyAlert(), Audience.GROUP);
    String all = group.title() + group.text() + group.fields();
    assertFalse(all.contains("林秀英") || all.contains("301"), all);
    assertTrue(all.contains("桃花里12号楼"), all);
    assertEquals("", group.link());
    assertEquals("", group.field(Field.WHY));
  }

  @Test
  void a_second_attempt_is_the_same_message() throws IOException {
    at.event("demo-sos-001", "sos", "{}");
    Notice first = compose(at.onlyAlert(), Audience.PERSON);
    assertFalse(first.link().isEmpty());
    at.clock.advance(Duration.ofSeconds(7));
    assertEquals(first, compose(at.onlyAlert(), Audience.PERSON));
  }

  @Test
  void a_trial_fills_every_part_that_a_template_may_ask_for() {
    Notice trial = Notices.trial(Wording.of("zh"), Purpose.TEST, "+8613800000000", "4711");
    for (Field field : Field.values()) {
      assertEquals(field == Field.LINK, trial.field(field).isEmpty(), field.name());
    }
  }
}
