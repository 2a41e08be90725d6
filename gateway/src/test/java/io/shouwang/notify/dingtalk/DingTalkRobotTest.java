package io.shouwang.notify.dingtalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.engine.ManualClock;
import io.shouwang.notify.chat.Bench;
import io.shouwang.notify.chat.ChatFake;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DingTalkRobotTest {
  private static final String SECRET = "SECsecret";
  private static final Map<String, String> SECRETS = Map.of("token", "t0ken", "secret", SECRET);

  /** A DingTalk with one group robot, which it silences for ten minutes at the 21st message. */
  private static final class Fake extends ChatFake {
    private Instant silencedUntil = Instant.MIN;

    Fake(ManualClock clock) throws IOException {
      super(clock);
    }

    @Override
    protected synchronized String answer(Call call) {
      if (!call.path().equals("/robot/send") || !"t0ken".equals(call.query().get("access_token"))) {
        return "{\"errcode\":300001,\"errmsg\":\"token is not exist\"}";
      }
      String timestamp = call.query().getOrDefault("timestamp", "0");
      Duration off =
          Duration.between(Instant.ofEpochMilli(Long.parseLong(timestamp)), clock.wall()).abs();
      if (off.compareTo(Duration.ofHours(1)) > 0
          || !sign(timestamp).equals(call.query().get("sign"))) {
        return "{\"errcode\":310000,\"errmsg\":\"sign not match\"}";
      }
      if (call.body().toString().getBytes(StandardCharsets.UTF_8).length > 20_000) {
        return "{\"errcode\":460101,\"errmsg\":\"message too long\"}";
      }
      if (call.body().at("/markdown/title").asText().isEmpty()
          || call.body().at("/markdown/text").asText().isEmpty()) {
        return "{\"errcode\":40035,\"errmsg\":\"param error\"}";
      }
      if (clock.wall().isBefore(silencedUntil)) {
        return "{\"errcode\":130101,\"errmsg\":\"send too fast, exceed 20 times per minute\"}";
      }
      if (!isWithin(20, Duration.ofMinutes(1))) {
        silencedUntil = clock.wall().plus(Duration.ofMinutes(10));
        return "{\"errcode\":130101,\"errmsg\":\"send too fast, exceed 20 times per minute\"}";
      }
      return "{\"errcode\":0,\"errmsg\":\"ok\"}";
    }

    private static String sign(String timestamp) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((timestamp + "\n").getBytes(StandardCharsets.UTF_8));
        mac.update(SECRET.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(mac.doFinal());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final Bench bench = new Bench("2026-03-01T06:02:00Z");
  private final Fake fake = new Fake(bench.clock);

  DingTalkRobotTest() throws IOException {}

  @AfterEach
  void close() {
    fake.close();
  }

  private Provider open(Duration limit, Map<String, String> secrets) {
    return bench.open(
        new DingTalkRobotKind(),
        "url: " + fake.url() + "/\ntoken_file: token\nsecret_file: secret\nmention: [13800138000]",
        secrets,
        limit);
  }

  private Provider open() {
    return open(Duration.ofSeconds(30), SECRETS);
  }

  /** The published time with a secret of public tests; computed again with openssl and Python. */
  @Test
  void the_signature_is_the_one_others_compute() {
    assertEquals(
        "hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=",
        DingTalkRobot.signature(1_577_262_236_757L, "this is secret"));
  }

  @Test
  void a_group_reads_it_and_who_is_named_is_called() {
    try (Provider robot = open()) {
      assertInstanceOf(Verdict.Accepted.class, robot.submit(Bench.ring("a.1", "")));
      var body = fake.messages().getLast().body();
      String text = body.at("/markdown/text").asText();
      assertTrue(text.contains("[打开并回复](" + Bench.LINK + ")"), text);
      assertTrue(text.endsWith("@13800138000"), text);
      assertEquals("13800138000", body.at("/at/atMobiles/0").asText());
      robot.submit(Bench.notice("a.2", "", Notice.Purpose.NEWS, "有人去了"));
      assertEquals(0, fake.messages().getLast().body().at("/at/atMobiles").size());
    }
  }

  @Test
  void a_long_text_gives_way_and_the_link_does_not() {
    try (Provider robot = open()) {
      String text = "\"救\"\n".repeat(9_000) + Bench.LINK;
      assertInstanceOf(
          Verdict.Accepted.class, robot.submit(Bench.notice("a.1", "", Notice.Purpose.RING, text)));
      String sent = fake.messages().getLast().body().at("/markdown/text").asText();
      assertTrue(sent.contains("(" + Bench.LINK + ")"), "the link");
    }
  }

  @Test
  void too_many_are_silenced_for_ten_minutes_and_that_is_said() {
    try (Provider robot = open()) {
      for (int i = 0; i < 20; i++) {
        assertInstanceOf(Verdict.Accepted.class, robot.submit(Bench.ring("a." + i, "")));
      }
      assertEquals(
          Duration.ofMinutes(10),
          Bench.refused(Failure.BUSY, robot.submit(Bench.ring("a.21", ""))).retryAfter());
      bench.clock.advance(Duration.ofMinutes(9));
      Bench.refused(Failure.BUSY, robot.submit(Bench.ring("a.21", "")));
      bench.clock.advance(Duration.ofMinutes(1));
      assertInstanceOf(Verdict.Accepted.class, robot.submit(Bench.ring("a.21", "")));
      assertEquals(20, robot.quotas().getFirst().most());
    }
  }

  @Test
  void a_wrong_secret_or_token_is_a_matter_of_settings() {
    try (Provider robot =
        open(Duration.ofSeconds(30), Map.of("token", "t0ken", "secret", "SECother"))) {
      Verdict.Refused refused =
          Bench.refused(Failure.MISCONFIGURED, robot.submit(Bench.ring("a.1", "")));
      assertEquals("310000 sign not match", refused.detail());
    }
    try (Provider robot =
        open(Duration.ofSeconds(30), Map.of("token", "other", "secret", "SECsecret"))) {
      Bench.refused(Failure.MISCONFIGURED, robot.submit(Bench.ring("a.1", "")));
    }
    try (Provider robot = open()) {
      fake.instead = "{\"errcode\":430104,\"errmsg\":\"内容不合适\"}";
      Bench.refused(Failure.REFUSED, robot.submit(Bench.ring("a.1", "")));
      fake.instead = "{\"errcode\":410100,\"errmsg\":\"\"}";
      Bench.refused(Failure.BUSY, robot.submit(Bench.ring("a.1", "")));
    }
  }

  @Test
  void misbehaviour_is_told_apart() {
    Bench.misbehaves(fake, limit -> open(limit, SECRETS), Bench.ring("a.1", ""));
  }

  @Test
  void mistakes_are_named() {
    List<String> problems =
        Bench.problems(
            new DingTalkRobotKind(), "url: ftp://x\nmention: [all]\ntoken_file: token", SECRETS);
    assertEquals(3, problems.size(), problems.toString());
    assertTrue(problems.getFirst().contains("neither https nor http"), problems.getFirst());
  }
}
