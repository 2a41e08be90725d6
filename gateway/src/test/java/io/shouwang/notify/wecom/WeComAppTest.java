package io.shouwang.notify.wecom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.model.Answer;
import io.shouwang.model.Payload;
import io.shouwang.notify.chat.Bench;
import io.shouwang.notify.chat.Seal;
import io.shouwang.notify.chat.SealedTest;
import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.provider.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WeComAppTest {
  private static final Map<String, String> SECRETS =
      Map.of("secret", "c0rpsecret", "token", SealedTest.TOKEN, "aes", SealedTest.KEY);

  private final Bench bench = new Bench("2014-09-02T12:10:13Z");
  private final WeComFake fake = new WeComFake(bench.clock);

  WeComAppTest() throws IOException {}

  @AfterEach
  void close() {
    fake.close();
  }

  private WeComApp open(Duration limit) {
    String yaml =
        "url: %s\ncorp_id: %s\nagent_id: 1000002\nsecret_file: secret\n"
                .formatted(fake.url(), SealedTest.CORPORATION)
            + "callback_token_file: token\nencoding_aes_key_file: aes";
    return (WeComApp) bench.open(new WeComAppKind(), yaml, SECRETS, limit);
  }

  private WeComApp open() {
    return open(Duration.ofSeconds(30));
  }

  private JsonNode sent() {
    return fake.messages().getLast().body();
  }

  @Test
  void a_ring_is_a_card_with_three_buttons_and_the_page_behind_it() {
    try (WeComApp app = open()) {
      assertEquals(new Verdict.Accepted("A-17@3"), app.submit(Bench.ring("A-17.3", "zhangsan")));
      JsonNode card = sent().path("template_card");
      assertEquals("button_interaction", card.path("card_type").asText());
      assertEquals("我去", card.at("/button_list/0/text").asText());
      assertEquals(3, card.path("button_list").size());
      assertEquals(Bench.LINK, card.at("/card_action/url").asText());
      assertEquals(1, sent().path("enable_duplicate_check").asInt());
      assertEquals(Audience.PERSON, app.audience());
      assertTrue(app.quotas().stream().allMatch(quota -> quota.perRecipient()));
      assertEquals(List.of(), app.problems());
    }
  }

  @Test
  void news_is_text_and_asks_nothing() {
    try (WeComApp app = open()) {
      Notice news = Bench.notice("A-17.4", "zhangsan", Notice.Purpose.NEWS, "王芳已接单".repeat(400));
      assertInstanceOf(Verdict.Accepted.class, app.submit(news));
      String content = sent().at("/text/content").asText();
      assertTrue(content.getBytes(StandardCharsets.UTF_8).length <= 2_048);
      assertTrue(content.endsWith("…"));
    }
  }

  @Test
  void a_name_makes_no_link_in_a_text() {
    try (WeComApp app = open()) {
      app.submit(
          Bench.notice(
              "A-17.5", "zhangsan", Notice.Purpose.NEWS, "<a href=\"http://evil.cn\">王芳</a>"));
      String content = sent().at("/text/content").asText();
      assertFalse(content.contains("<a") || content.contains("://"), content);
    }
  }

  @Test
  void many_at_once_share_one_token() throws Exception {
    try (WeComApp app = open()) {
      List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Notice notice = Bench.ring("A-17." + i, "zhangsan");
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        Thread.startVirtualThread(() -> verdict.complete(app.submit(notice)));
        verdicts.add(verdict);
      }
      for (CompletableFuture<Verdict> verdict : verdicts) {
        assertInstanceOf(Verdict.Accepted.class, verdict.get(30, TimeUnit.SECONDS));
      }
      assertEquals(1, fake.tokens());
    }
  }

  @Test
  void a_token_that_ended_or_was_taken_back_is_renewed_and_the_message_goes_out() {
    try (WeComApp app = open()) {
      assertInstanceOf(Verdict.Accepted.class, app.submit(Bench.ring("a.1", "zhangsan")));
      fake.revoke(40014);
      assertInstanceOf(Verdict.Accepted.class, app.submit(Bench.ring("a.2", "zhangsan")));
      assertEquals(2, fake.tokens());
      fake.revoke(42001);
      assertInstanceOf(Verdict.Accepted.class, app.submit(Bench.ring("a.3", "zhangsan")));
      assertEquals(3, fake.tokens());
      bench.clock.advance(Duration.ofMinutes(116));
      assertInstanceOf(Verdict.Accepted.class, app.submit(Bench.ring("a.4", "zhangsan")));
      assertEquals(4, fake.tokens(), "renewed before its end");
    }
  }

  @Test
  void codes_come_to_what_helps() {
    try (WeComApp app = open()) {
      Bench.refused(Failure.NO_SUCH_ADDRESS, app.submit(Bench.ring("a.1", "nobody")));
      Bench.refused(Failure.NO_SUCH_ADDRESS, app.submit(Bench.ring("a.1", "@all")));
      Bench.refused(Failure.NO_SUCH_ADDRESS, app.submit(Bench.ring("a.1", "a|b")));
      fake.instead = "{\"errcode\":81013,\"errmsg\":\"user & party & tag all invalid\"}";
      Bench.refused(Failure.NO_SUCH_ADDRESS, app.submit(Bench.ring("a.1", "zhangsan")));
      fake.instead = "{\"errcode\":60020,\"errmsg\":\"not allow to access from your ip\"}";
      Bench.refused(Failure.MISCONFIGURED, app.submit(Bench.ring("a.1", "zhangsan")));
      fake.instead = "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}";
      Bench.refused(Failure.BUSY, app.submit(Bench.ring("a.1", "zhangsan")));
    }
  }

  @Test
  void more_than_thirty_a_minute_are_accepted_and_dropped_so_the_limit_is_kept_here() {
    try (WeComApp app = open()) {
      for (int i = 0; i < 31; i++) {
        assertInstanceOf(Verdict.Accepted.class, app.submit(Bench.ring("a." + i, "zhangsan")));
      }
      assertEquals(30, fake.shown());
      assertEquals(30, app.quotas().getFirst().most());
    }
  }

  @Test
  void no_secret_is_ever_said() {
    try (WeComApp app = open()) {
      fake.instead = "{\"errcode\":40058,\"errmsg\":\"no\"}";
      String said =
          ""
              + app.submit(Bench.ring("a.1", "zhangsan"))
              + new WeComApp.Credentials("corp", 1, "c0rpsecret");
      assertFalse(said.contains("c0rpsecret") || said.contains("tok-"), said);
    }
  }

  @Test
  void misbehaviour_is_told_apart() {
    Bench.misbehaves(fake, this::open, Bench.ring("a.1", "zhangsan"));
  }

  private Callback.Request request(String method, Map<String, String> query, String body) {
    return new Callback.Request(
        method, query, Map.of(), Payload.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  private Map<String, String> query(String sealed) {
    String now = Long.toString(bench.clock.wall().getEpochSecond());
    Map<String, String> query = new LinkedHashMap<>();
    query.put("timestamp", now);
    query.put("nonce", "n0nce");
    query.put("msg_signature", Seal.signature(SealedTest.TOKEN, now, "n0nce", sealed));
    return query;
  }

  private Callback.Request press(String key, String task) {
    String sealed =
        Seal.sealed(
            SealedTest.KEY,
            SealedTest.CORPORATION,
            Seal.xml(
                Map.of(
                    "FromUserName", "zhangsan",
                    "CreateTime", "1409659813",
                    "MsgType", "event",
                    "Event", "template_card_event",
                    "EventKey", key,
                    "TaskId", task,
                    "ResponseCode", "rc-1")));
    return request(
        "POST",
        query(sealed),
        Seal.xml(Map.of("ToUserName", SealedTest.CORPORATION, "Encrypt", sealed)));
  }

  private static int status(WeComApp app, Callback.Request request) {
    return app.called(request).toCompletableFuture().join().status();
  }

  @Test
  void the_address_is_proven_with_the_published_sample() {
    try (WeComApp app = open()) {
      Map<String, String> query =
          Map.of(
              "msg_signature", "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
              "timestamp", "1409659589",
              "nonce", "263014780",
              "echostr", SealedTest.ECHO);
      Callback.Response response =
          app.called(request("GET", query, "")).toCompletableFuture().join();
      assertEquals(200, response.status());
      assertEquals("1616140317555161061", response.body().toString());
      bench.clock.advance(Duration.ofMinutes(10));
      assertEquals(403, status(app, request("GET", query, "")), "too old");
    }
  }

  @Test
  void a_press_is_an_answer_and_the_card_says_so() throws Exception {
    try (WeComApp app = open()) {
      app.submit(Bench.ring("A-17.3", "zhangsan"));
      String key = sent().at("/template_card/button_list/0/key").asText();
      assertEquals(200, status(app, press(key, "A-17@3")));
      Reception.Incoming answer = bench.heard.answers.getFirst();
      assertEquals("accept", answer.text());
      assertEquals("zhangsan", answer.from());
      assertEquals("A-17.3", answer.key());
      assertEquals("A-17@3", answer.providerId());
      assertTrue(fake.updated.tryAcquire(30, TimeUnit.SECONDS));
      JsonNode update = fake.update();
      assertEquals("rc-1", update.path("response_code").asText());
      assertEquals("已记录：我去", update.at("/button/replace_name").asText());
      assertEquals("zhangsan", update.at("/userids/0").asText());
    }
  }

  @Test
  void a_press_after_the_end_is_told_so() throws Exception {
    try (WeComApp app = open()) {
      bench.heard.next =
          CompletableFuture.completedStage(
              new Answer.Refused(Answer.Reason.ALREADY_CLOSED, "closed"));
      assertEquals(200, status(app, press("en.decline", "A-17@3")));
      assertTrue(fake.updated.tryAcquire(30, TimeUnit.SECONDS));
      assertEquals("Closed already", fake.update().at("/button/replace_name").asText());
    }
  }

  @Test
  void an_answer_counts_only_once_it_is_on_disk_and_then_only_once() {
    try (WeComApp app = open()) {
      Callback.Request press = press("zh.accept", "A-17@3");
      bench.heard.next = CompletableFuture.failedStage(new IllegalStateException("disk"));
      assertEquals(503, status(app, press));
      CompletableFuture<Answer> onDisk = new CompletableFuture<>();
      bench.heard.next = onDisk;
      var waiting = app.called(press).toCompletableFuture();
      assertFalse(waiting.isDone());
      onDisk.complete(new Answer.Taken());
      assertEquals(200, waiting.join().status());
      assertEquals(200, status(app, press), "sent again");
      assertEquals(2, bench.heard.answers.size());
      assertEquals(
          bench.heard.answers.get(0).id(), bench.heard.answers.get(1).id(), "one answer, one id");
    }
  }

  @Test
  void forged_old_or_broken_calls_reach_nobody() {
    try (WeComApp app = open()) {
      Callback.Request press = press("zh.accept", "A-17@3");
      Map<String, String> query = new LinkedHashMap<>(press.query());
      query.put("nonce", "other");
      assertEquals(403, status(app, request("POST", query, press.body().toString())));
      assertEquals(403, status(app, request("POST", Map.of(), press.body().toString())));
      assertEquals(403, status(app, request("POST", press.query(), "<xml/>")));
      assertEquals(403, status(app, request("POST", press.query(), "no xml")));
      assertEquals(405, status(app, request("PUT", press.query(), press.body().toString())));
      bench.clock.advance(Duration.ofMinutes(11));
      assertEquals(403, status(app, press));
      bench.clock.advance(Duration.ofMinutes(-22));
      assertEquals(403, status(app, press));
      assertEquals(List.of(), bench.heard.answers);
    }
  }

  @Test
  void another_event_or_button_is_taken_and_means_nothing() {
    try (WeComApp app = open()) {
      assertEquals(200, status(app, press("zh.close", "A-17@3")));
      assertEquals(200, status(app, press("zh.accept", "")));
      assertEquals(List.of(), bench.heard.answers);
    }
  }

  @Test
  void mistakes_are_named() {
    List<String> problems =
        Bench.problems(
            new WeComAppKind(),
            "corp_id: '?'\nsecret_file: secret\ncallback_token_file: token\nencoding_aes_key_file: aes",
            Map.of("secret", "s", "token", "t", "aes", "short"));
    assertEquals(3, problems.size(), problems.toString());
    assertTrue(problems.get(2).contains("holds no EncodingAESKey"), problems.get(2));
  }

  @Test
  void an_app_is_no_group() {
    try (Provider app = open()) {
      assertInstanceOf(Callback.class, app);
    }
  }
}
