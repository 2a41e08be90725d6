package io.shouwang.notify.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.model.Payload;
import io.shouwang.notify.Notices;
import io.shouwang.notify.chat.Bench;
import io.shouwang.notify.chat.ChatFake;
import io.shouwang.notify.chat.Seal;
import io.shouwang.notify.chat.SealedTest;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.wording.Wording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WeChatTemplatesTest {
  private static final String FOLLOWER = "oABCDEFGHIJKLMNOPQRSTUVWXYZ0";
  private static final String STRANGER = "oSTRANGERSTRANGERSTRANGER000";
  private static final String APP = "wx0123456789abcdef";
  private static final Map<String, String> SECRETS =
      Map.of("secret", "apps3cret", "token", "cbtoken", "aes", SealedTest.KEY);
  private static final String TEMPLATE = "Doclyl5uP7Aciu-qZ7mJNPtWkbkYnWBWVja26EGbNyk";

  /** A WeChat with one service account, one template and one follower. */
  private static final class Fake extends ChatFake {
    int tokens;
    boolean revoked;

    Fake(Bench bench) throws IOException {
      super(bench.clock);
    }

    @Override
    protected boolean isMessage(Call call) {
      return call.path().equals("/cgi-bin/message/template/send");
    }

    @Override
    protected synchronized String answer(Call call) {
      if (call.path().equals("/cgi-bin/stable_token")) {
        if (!call.body().path("secret").asText().equals("apps3cret")
            || !call.body().path("appid").asText().equals(APP)) {
          return "{\"errcode\":40125,\"errmsg\":\"invalid appsecret\"}";
        }
        tokens++;
        revoked = false;
        return "{\"access_token\":\"tok-%d\",\"expires_in\":7200}".formatted(tokens);
      }
      if (revoked || !("tok-" + tokens).equals(call.query().get("access_token"))) {
        return "{\"errcode\":40001,\"errmsg\":\"invalid credential\"}";
      }
      JsonNode message = call.body();
      if (message.path("touser").asText().equals(STRANGER)) {
        return "{\"errcode\":43004,\"errmsg\":\"require subscribe\"}";
      }
      if (!message.path("touser").asText().equals(FOLLOWER)) {
        return "{\"errcode\":40003,\"errmsg\":\"invalid openid\"}";
      }
      if (!message.path("template_id").asText().equals(TEMPLATE)) {
        return "{\"errcode\":40037,\"errmsg\":\"invalid template_id\"}";
      }
      if (message.path("client_msg_id").asText().length() > 32) {
        return "{\"errcode\":40035,\"errmsg\":\"client_msg_id\"}";
      }
      for (Map.Entry<String, JsonNode> value : message.path("data").properties()) {
        if (!isFit(value.getKey(), value.getValue().path("value").asText())) {
          return "{\"errcode\":47003,\"errmsg\":\"argument invalid! data.%s.value\"}"
              .formatted(value.getKey());
        }
      }
      return isWithin(100_000, Duration.ofDays(1))
          ? "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":200228332}"
          : "{\"errcode\":45009,\"errmsg\":\"reach max api daily quota limit\"}";
    }

    private static boolean isFit(String name, String value) {
      String type = name.replaceAll("[0-9]", "");
      return value.matches(
          switch (type) {
            case "thing" -> ".{1,20}";
            case "short_thing" -> ".{1,5}";
            case "phrase" -> "\\p{IsHan}{1,5}";
            case "time" -> "(\\d{4}.+ )?\\d{1,2}:\\d{2}";
            case "character_string" -> "[!-~]{1,32}";
            case "name" -> "\\p{IsHan}{1,10}|[\\p{IsHan}*]{1,10}";
            default -> "never";
          });
    }
  }

  private final Bench bench = new Bench("2026-03-01T06:02:00Z");
  private final Fake fake = new Fake(bench);

  WeChatTemplatesTest() throws IOException {}

  @AfterEach
  void close() {
    fake.close();
  }

  private WeChatTemplates open(Duration limit, String more) {
    String yaml =
        """
        url: %s
        app_id: %s
        secret_file: secret
        callback_token_file: token
        ring:
          template_id: %s
          data:
            thing1: place
            phrase2: kind | 紧急呼叫
            time3: time
            character_string4: alert
            name5: elder_masked
        """
            .formatted(fake.url(), APP, TEMPLATE);
    return (WeChatTemplates) bench.open(new WeChatTemplateKind(), yaml + more, SECRETS, limit);
  }

  private WeChatTemplates open() {
    return open(Duration.ofSeconds(30), "");
  }

  private static Notice with(Notice notice, Map<Notice.Field, String> fields) {
    return new Notice(
        notice.key(),
        notice.address(),
        notice.purpose(),
        notice.urgent(),
        notice.exercise(),
        notice.language(),
        notice.title(),
        notice.text(),
        notice.link(),
        notice.code(),
        fields,
        notice.json());
  }

  @Test
  void fields_go_where_the_settings_say_each_cut_by_its_type() {
    try (WeChatTemplates wechat = open()) {
      assertEquals(
          new Verdict.Accepted("200228332"), wechat.submit(Bench.ring("A-17.1", FOLLOWER)));
      JsonNode sent = fake.messages().getLast().body();
      assertEquals("幸福里小区三号楼二单元六层六零一室东户", sent.at("/data/thing1/value").asText());
      assertEquals("跌倒", sent.at("/data/phrase2/value").asText());
      assertEquals("14:02", sent.at("/data/time3/value").asText());
      assertEquals("林**", sent.at("/data/name5/value").asText());
      assertEquals(Bench.LINK, sent.path("url").asText());
      assertEquals(32, sent.path("client_msg_id").asText().length());
      wechat.submit(Bench.ring("A-17.1", FOLLOWER));
      assertEquals(
          sent.path("client_msg_id"),
          fake.messages().getLast().body().path("client_msg_id"),
          "the same delivery is the same message");
    }
  }

  @Test
  void what_a_type_cannot_say_is_said_otherwise_or_not_sent() {
    try (WeChatTemplates wechat = open()) {
      Map<Notice.Field, String> fields = new HashMap<>(Bench.ring("a.1", FOLLOWER).fields());
      fields.put(Notice.Field.KIND, "SOS");
      assertInstanceOf(
          Verdict.Accepted.class, wechat.submit(with(Bench.ring("a.1", FOLLOWER), fields)));
      assertEquals("紧急呼叫", fake.messages().getLast().body().at("/data/phrase2/value").asText());
      fields.put(Notice.Field.TIME, "");
      Verdict.Refused refused =
          Bench.refused(
              Failure.MISCONFIGURED, wechat.submit(with(Bench.ring("a.1", FOLLOWER), fields)));
      assertTrue(refused.detail().contains("time3"), refused.detail());
    }
  }

  @Test
  void codes_come_to_what_helps() {
    try (WeChatTemplates wechat = open()) {
      Bench.refused(Failure.BLOCKED, wechat.submit(Bench.ring("a.1", STRANGER)));
      Bench.refused(Failure.NO_SUCH_ADDRESS, wechat.submit(Bench.ring("a.1", "oUNKNOWNUNKNOWN")));
      Bench.refused(Failure.NO_SUCH_ADDRESS, wechat.submit(Bench.ring("a.1", "+8613800138000")));
      fake.instead = "{\"errcode\":45009,\"errmsg\":\"reach max api daily quota limit\"}";
      Bench.refused(Failure.QUOTA, wechat.submit(Bench.ring("a.1", FOLLOWER)));
      fake.instead = "{\"errcode\":47003,\"errmsg\":\"argument invalid! data.thing1.value\"}";
      Bench.refused(Failure.REFUSED, wechat.submit(Bench.ring("a.1", FOLLOWER)));
      fake.instead = "{\"errcode\":40037,\"errmsg\":\"invalid template_id\"}";
      Bench.refused(Failure.MISCONFIGURED, wechat.submit(Bench.ring("a.1", FOLLOWER)));
      Bench.refused(
          Failure.MISCONFIGURED,
          wechat.submit(Bench.notice("a.1", FOLLOWER, Notice.Purpose.VERIFY, "123456")));
    }
  }

  @Test
  void a_token_somebody_else_replaced_is_asked_for_again() {
    try (WeChatTemplates wechat = open()) {
      wechat.submit(Bench.ring("a.1", FOLLOWER));
      fake.revoked = true;
      assertInstanceOf(Verdict.Accepted.class, wechat.submit(Bench.ring("a.2", FOLLOWER)));
      assertEquals(2, fake.tokens);
      assertTrue(
          fake.calls.stream()
              .filter(call -> call.path().equals("/cgi-bin/stable_token"))
              .noneMatch(call -> call.body().path("force_refresh").asBoolean()));
    }
  }

  @Test
  void misbehaviour_is_told_apart() {
    Bench.misbehaves(fake, limit -> open(limit, ""), Bench.ring("a.1", FOLLOWER));
  }

  private Callback.Request finish(String status, String nonce) {
    String now = Long.toString(bench.clock.wall().getEpochSecond());
    return request(
        "POST",
        Map.of(
            "timestamp", now,
            "nonce", nonce,
            "signature", Seal.signature("cbtoken", now, nonce)),
        event(status));
  }

  private static String event(String status) {
    return Seal.xml(
        Map.of(
            "FromUserName", FOLLOWER,
            "MsgType", "event",
            "Event", "TEMPLATESENDJOBFINISH",
            "MsgID", "200228332",
            "Status", status));
  }

  private static Callback.Request request(String method, Map<String, String> query, String body) {
    return new Callback.Request(
        method, query, Map.of(), Payload.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static Callback.Response call(WeChatTemplates wechat, Callback.Request request) {
    return wechat.called(request).toCompletableFuture().join();
  }

  @Test
  void how_it_went_is_reported_once() {
    try (WeChatTemplates wechat = open()) {
      assertEquals("success", call(wechat, finish("success", "1")).body().toString());
      call(wechat, finish("success", "1"));
      call(wechat, finish("failed:user block", "2"));
      call(wechat, finish("failed: system failed", "3"));
      assertEquals(
          List.of(
              new Reception.Report(
                  "chat-1", null, "200228332", Reception.Progress.DELIVERED, null, "success"),
              new Reception.Report(
                  "chat-1",
                  null,
                  "200228332",
                  Reception.Progress.FAILED,
                  Failure.BLOCKED,
                  "failed:user block"),
              new Reception.Report(
                  "chat-1",
                  null,
                  "200228332",
                  Reception.Progress.FAILED,
                  Failure.DROPPED,
                  "failed: system failed")),
          bench.heard.reports);
    }
  }

  @Test
  void the_address_is_proven_and_forged_or_old_calls_reach_nobody() {
    try (WeChatTemplates wechat = open()) {
      Callback.Request good = finish("success", "1");
      Map<String, String> proof = new HashMap<>(good.query());
      proof.put("echostr", "5927");
      assertEquals("5927", call(wechat, request("GET", proof, "")).body().toString());
      proof.put("signature", "0".repeat(40));
      assertEquals(403, call(wechat, request("GET", proof, "")).status());
      assertEquals(403, call(wechat, request("POST", proof, good.body().toString())).status());
      bench.clock.advance(Duration.ofMinutes(11));
      assertEquals(403, call(wechat, good).status());
      assertEquals(List.of(), bench.heard.reports);
    }
  }

  @Test
  void in_safe_mode_only_what_is_sealed_counts() {
    try (WeChatTemplates wechat = open(Duration.ofSeconds(30), "encoding_aes_key_file: aes\n")) {
      Callback.Request bare = finish("success", "1");
      assertEquals(403, call(wechat, bare).status());
      String sealed = Seal.sealed(SealedTest.KEY, APP, event("success"));
      Map<String, String> query = new HashMap<>(bare.query());
      query.put(
          "msg_signature",
          Seal.signature("cbtoken", bare.query().getOrDefault("timestamp", ""), "1", sealed));
      assertEquals(
          200, call(wechat, request("POST", query, Seal.xml(Map.of("Encrypt", sealed)))).status());
      assertEquals(1, bench.heard.reports.size());
    }
  }

  @Test
  void mistakes_are_named() {
    List<String> problems =
        Bench.problems(
            new WeChatTemplateKind(),
            """
            app_id: wx0123456789abcdef
            secret_file: secret
            callback_token_file: token
            ring:
              template_id: %s
              data:
                thing: place
                thing2: plaice
                phrase3: kind | SOS
                time4: time
            """
                .formatted(TEMPLATE),
            SECRETS);
    assertEquals(3, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains("ring.data.thing is no keyword"), problems.get(0));
    assertTrue(problems.get(1).contains("\"plaice\", which is no field"), problems.get(1));
    assertTrue(problems.get(2).contains("does not fit a phrase"), problems.get(2));
    assertTrue(
        Bench.problems(
                new WeChatTemplateKind(),
                "app_id: wx01\nsecret_file: secret\ncallback_token_file: token",
                SECRETS)
            .getFirst()
            .contains("ring is missing"));
  }

  @Test
  void a_trial_goes_through_a_good_template() {
    try (WeChatTemplates templates = open()) {
      assertInstanceOf(
          Verdict.Accepted.class,
          templates.submit(Notices.trial(Wording.of("zh"), Notice.Purpose.TEST, FOLLOWER, "4711")));
    }
  }

  @Test
  void an_exercise_is_marked_though_the_template_has_no_kind() {
    String yaml =
        "news:\n  template_id: %s\n  data:\n    time3: time\n    thing1: place\n"
            .formatted(TEMPLATE);
    Notice real = Bench.notice("a.1", FOLLOWER, Notice.Purpose.NEWS, "");
    Notice exercise =
        new Notice(
            real.key(),
            real.address(),
            real.purpose(),
            true,
            true,
            "zh",
            real.title(),
            real.text(),
            "",
            "",
            real.fields(),
            real.json());
    try (WeChatTemplates templates = open(Duration.ofSeconds(30), yaml)) {
      assertInstanceOf(Verdict.Accepted.class, templates.submit(exercise));
      String place = fake.messages().getLast().body().at("/data/thing1/value").asText();
      assertTrue(place.startsWith("【演练】"), place);
      assertInstanceOf(Verdict.Accepted.class, templates.submit(real));
      place = fake.messages().getLast().body().at("/data/thing1/value").asText();
      assertFalse(place.contains("演练"), place);
    }
  }
}
