package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Asked;
import io.shouwang.alerts.Delivery;
import io.shouwang.model.Answer;
import io.shouwang.model.Directory;
import io.shouwang.model.Directory.Way;
import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.notify.AnswerDesk;
import io.shouwang.notify.Outcomes;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Reception.Incoming;
import io.shouwang.notify.provider.Reception.Progress;
import io.shouwang.notify.provider.Reception.Report;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes back from phones: which alert it is about, who it is from, what it means. */
final class AnswerDeskTest {
  private static final ResponderId DAUGHTER = new ResponderId("demo-daughter");
  private static final ResponderId GRID = new ResponderId("demo-grid");
  private static final String PHONE = "+8613800000000";

  private EngineFixture at;
  private AnswerDesk desk;
  private Directory reachable;
  private final Map<Object, String> addresses =
      new HashMap<>(Map.of(DAUGHTER, PHONE, GRID, "alice"));

  @BeforeEach
  void open() throws IOException {
    at = EngineFixture.fresh();
    Directory demo = EngineFixture.WORLD.directory();
    Directory reachable =
        (Directory)
            Proxy.newProxyInstance(
                Directory.class.getClassLoader(),
                new Class<?>[] {Directory.class},
                (proxy, method, arguments) ->
                    method.getName().equals("ways")
                        ? List.of(
                            new Way(
                                "mqtt",
                                addresses.getOrDefault(arguments[0], ""),
                                Duration.ZERO,
                                true))
                        : method.invoke(demo, arguments));
    this.reachable = reachable;
    desk = deskNow();
  }

  private AnswerDesk deskNow() {
    return new AnswerDesk(
        at.engine.alerts(),
        () -> reachable,
        at.engine,
        new Outcomes(at.engine, at.engine.time()),
        at.engine.time(),
        new SimpleMeterRegistry());
  }

  @AfterEach
  void close() throws IOException {
    at.close();
  }

  private Alert press() throws IOException {
    at.event("demo-sos-001", "sos", "{}");
    return at.onlyAlertOf("sos");
  }

  private Alert now(Alert alert) {
    return at.find(alert).orElseThrow();
  }

  private static Delivery toDaughter(Alert alert) {
    return alert.deliveries().stream()
        .filter(d -> d.to() instanceof Delivery.ToResponder to && to.responder().equals(DAUGHTER))
        .findFirst()
        .orElseThrow();
  }

  private Answer texts(String id, @Nullable String key, String from, String text)
      throws IOException {
    CompletionStage<Answer> answer = desk.answered(new Incoming("mqtt", id, key, null, from, text));
    at.settle();
    return answer.toCompletableFuture().join();
  }

  private Reply.@Nullable Answer said(Alert alert) {
    return now(alert).asked(DAUGHTER).map(Asked::answer).orElse(null);
  }

  @Test
  void a_bare_digit_from_a_known_number_is_about_her_only_open_alert() throws IOException {
    Alert alert = press();
    assertInstanceOf(Answer.Taken.class, texts("m-1", null, PHONE, " １。"));
    assertEquals(Reply.Answer.ACCEPT, said(alert));
    assertInstanceOf(Answer.Repeated.class, texts("m-1", null, PHONE, "1"), "the same text");
    assertInstanceOf(Answer.Taken.class, texts("m-2", null, PHONE, "2"));
    assertEquals(Reply.Answer.DECLINE, said(alert));
  }

  @Test
  void a_stranger_and_words_we_do_not_know_are_refused() throws IOException {
    Alert alert = press();
    assertInstanceOf(Answer.Refused.class, texts("m-1", null, "+8613999999999", "1"));
    assertInstanceOf(Answer.Refused.class, texts("m-2", null, PHONE, "who is this?"));
    assertInstanceOf(Answer.Refused.class, texts("m-3", null, PHONE, "1".repeat(300)));
    assertInstanceOf(Answer.Refused.class, texts("m-4", null, "", "1"));
    assertEquals(null, said(alert));
  }

  @Test
  void with_two_open_a_digit_alone_says_too_little_and_a_code_says_which() throws IOException {
    Alert press = press();
    at.event("demo-smoke-001", "smoke", "{\"state\":\"alarm\"}");
    Alert smoke = at.onlyAlertOf("smoke");
    assertInstanceOf(Answer.Refused.class, texts("m-1", null, PHONE, "1"));
    int placed = 0;
    for (int code = 0; code < 10_000 && placed == 0; code++) {
      String text = String.format("1 %04d", code);
      placed += texts("c-" + code, null, PHONE, text) instanceof Answer.Taken ? 1 : 0;
    }
    assertEquals(1, placed, "one of all codes is hers");
    assertTrue(
        (said(press) == Reply.Answer.ACCEPT) != (said(smoke) == Reply.Answer.ACCEPT),
        "one of the two and not the other");
  }

  @Test
  void a_key_pressed_in_a_call_answers_the_message_it_was_asked_in() throws IOException {
    Alert press = press();
    at.event("demo-smoke-001", "smoke", "{\"state\":\"alarm\"}");
    String key = toDaughter(press).key().toString();
    assertInstanceOf(Answer.Taken.class, texts("call-1", key, "", "accept 20"));
    assertEquals(Reply.Answer.ACCEPT, said(press));
    assertEquals(
        at.engine.time().wall().plus(Duration.ofMinutes(20)),
        now(press).holds().getFirst().etaAt());
  }

  @Test
  void reports_go_to_the_message_by_our_key_or_the_providers_id() throws IOException {
    Alert press = press();
    Delivery delivery = toDaughter(press);
    new Outcomes(at.engine, at.engine.time())
        .report(delivery.key(), new Outcome.Sent("provider-7"));
    at.settle();
    desk.sent("mqtt", "provider-7", delivery.key());
    desk.reported(new Report("mqtt", null, "provider-7", Progress.DELIVERED, null, ""));
    at.settle();
    assertEquals(Asked.Reached.DELIVERED, now(press).asked(DAUGHTER).orElseThrow().reached());
    desk.reported(new Report("mqtt", delivery.key().toString(), "", Progress.SEEN, null, ""));
    at.settle();
    assertEquals(Asked.Reached.SEEN, now(press).asked(DAUGHTER).orElseThrow().reached());
    desk.reported(new Report("mqtt", "nonsense", "unknown", Progress.FAILED, Failure.DROPPED, ""));
    at.settle();
    assertEquals(Asked.Reached.SEEN, now(press).asked(DAUGHTER).orElseThrow().reached());
  }

  @Test
  void an_answer_by_the_providers_id_counts_after_the_report_too() throws IOException {
    Alert press = press();
    desk.sent("mqtt", "call-9", toDaughter(press).key());
    desk.reported(new Report("mqtt", null, "call-9", Progress.DELIVERED, null, ""));
    at.settle();
    CompletionStage<Answer> answer =
        desk.answered(new Incoming("mqtt", "key-1", null, "call-9", "", "1"));
    at.settle();
    assertInstanceOf(Answer.Taken.class, answer.toCompletableFuture().join());
    assertEquals(Reply.Answer.ACCEPT, said(press));
  }

  @Test
  void a_report_that_comes_before_the_providers_own_answer_is_not_lost() throws IOException {
    Alert press = press();
    desk.reported(new Report("mqtt", null, "fast-1", Progress.DELIVERED, null, ""));
    at.settle();
    desk.sent("mqtt", "fast-1", toDaughter(press).key());
    at.settle();
    assertEquals(Asked.Reached.DELIVERED, now(press).asked(DAUGHTER).orElseThrow().reached());
  }

  @Test
  void what_the_last_run_sent_is_known_by_the_providers_id() throws IOException {
    Alert press = press();
    new Outcomes(at.engine, at.engine.time())
        .report(toDaughter(press).key(), new Outcome.Sent("before-1"));
    at.settle();
    desk = deskNow();
    desk.reported(new Report("mqtt", null, "before-1", Progress.DELIVERED, null, ""));
    at.settle();
    assertEquals(Asked.Reached.DELIVERED, now(press).asked(DAUGHTER).orElseThrow().reached());
  }

  @Test
  void a_provider_answers_and_reports_for_its_own_channel_alone() throws IOException {
    Alert press = press();
    String hers = toDaughter(press).key().toString();
    CompletionStage<Answer> answer =
        desk.answered(new Incoming("some-webhook", "w-1", hers, null, "", "accept"));
    desk.reported(new Report("some-webhook", hers, "", Progress.SEEN, null, ""));
    at.settle();
    assertInstanceOf(Answer.Refused.class, answer.toCompletableFuture().join());
    assertEquals(null, said(press));
    assertEquals(Asked.Reached.PENDING, now(press).asked(DAUGHTER).orElseThrow().reached());
  }

  @Test
  void who_answers_somebody_elses_message_is_not_taken_for_them() throws IOException {
    Alert press = press();
    String hers = toDaughter(press).key().toString();
    assertInstanceOf(Answer.Refused.class, texts("m-1", hers, "+8613999999999", "1"));
    assertEquals(null, said(press));
    assertInstanceOf(Answer.Taken.class, texts("m-2", hers, PHONE, "1"));
    assertEquals(Reply.Answer.ACCEPT, said(press));
  }

  @Test
  void a_telephone_may_text_what_it_was_called_for_and_a_name_elsewhere_is_nobodys()
      throws IOException {
    Alert press = press();
    CompletionStage<Answer> named =
        desk.answered(new Incoming("other-company", "m-1", null, null, "alice", "1"));
    CompletionStage<Answer> texted =
        desk.answered(new Incoming("sms-gateway", "m-2", null, null, PHONE, "1"));
    at.settle();
    assertInstanceOf(Answer.Refused.class, named.toCompletableFuture().join());
    assertEquals(null, now(press).asked(GRID).map(Asked::answer).orElse(null));
    assertInstanceOf(Answer.Taken.class, texted.toCompletableFuture().join());
    assertEquals(Reply.Answer.ACCEPT, said(press));
  }

  @Test
  void two_long_ids_with_one_beginning_are_two_answers_and_none_at_all_is_no_name()
      throws IOException {
    Alert press = press();
    String begin = "x".repeat(90);
    assertInstanceOf(Answer.Taken.class, texts(begin + "1", null, PHONE, "1"));
    assertInstanceOf(Answer.Taken.class, texts(begin + "2", null, PHONE, "2"));
    assertEquals(Reply.Answer.DECLINE, said(press));
    assertInstanceOf(Answer.Taken.class, texts("", null, PHONE, "1"));
    assertInstanceOf(Answer.Taken.class, texts("", null, PHONE, "2"));
    assertEquals(Reply.Answer.DECLINE, said(press));
  }
}
