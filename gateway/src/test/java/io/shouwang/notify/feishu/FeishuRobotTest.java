package io.shouwang.notify.feishu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.engine.ManualClock;
import io.shouwang.notify.chat.Bench;
import io.shouwang.notify.chat.ChatFake;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FeishuRobotTest {
  private static final String HOOK = "a1b2c3d4-0000-4444-8888-abcdefabcdef";
  private static final String SECRET = "f3ishu";
  private static final Map<String, String> SECRETS = Map.of("hook", HOOK, "secret", SECRET);

  /** A Feishu with one group robot; 5 a second, 100 a minute. */
  private static final class Fake extends ChatFake {
    Fake(ManualClock clock) throws IOException {
      super(clock);
    }

    @Override
    protected synchronized String answer(Call call) {
      if (!call.path().equals("/open-apis/bot/v2/hook/" + HOOK)) {
        return "{\"code\":19001,\"msg\":\"param invalid: incoming webhook access token invalid\"}";
      }
      String timestamp = call.body().path("timestamp").asText("0");
      long off = Math.abs(Long.parseLong(timestamp) - clock.wall().getEpochSecond());
      if (off > 3_600 || !sign(timestamp).equals(call.body().path("sign").asText())) {
        return "{\"code\":19021,\"msg\":\"sign match fail or timestamp is not within one hour from"
            + " current time\"}";
      }
      if (call.body().toString().getBytes(StandardCharsets.UTF_8).length > 20_480
          || !call.body().path("msg_type").asText().equals("interactive")
          || call.body().at("/card/header/title/content").asText().isEmpty()) {
        return "{\"code\":9499,\"msg\":\"Bad Request\",\"data\":{}}";
      }
      return isWithin(5, Duration.ofSeconds(1))
          ? "{\"StatusCode\":0,\"StatusMessage\":\"success\",\"code\":0,\"data\":{},\"msg\":\"success\"}"
          : "{\"code\":11232,\"msg\":\"frequency limited psm[lark.oapi.app_platform_runtime]\"}";
    }

    private static String sign(String timestamp) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        String key = timestamp + "\n" + SECRET;
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(new byte[0]));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final Bench bench = new Bench("2026-03-01T06:02:00Z");
  private final Fake fake = new Fake(bench.clock);

  FeishuRobotTest() throws IOException {}

  @AfterEach
  void close() {
    fake.close();
  }

  private Provider open(Duration limit, Map<String, String> secrets) {
    return bench.open(
        new FeishuRobotKind(),
        "url: " + fake.url() + "\nhook_file: hook\nsecret_file: secret",
        secrets,
        limit);
  }

  private Provider open() {
    return open(Duration.ofSeconds(30), SECRETS);
  }

  /** The documentation's time with the secret of public tests; computed again with openssl. */
  @Test
  void the_signature_is_the_one_others_compute() {
    assertEquals(
        "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=",
        FeishuRobot.signature(1_599_360_473L, "demo"));
  }

  @Test
  void a_card_has_a_title_a_text_and_a_button_to_the_page() {
    try (Provider robot = open()) {
      assertInstanceOf(Verdict.Accepted.class, robot.submit(Bench.ring("a.1", "")));
      var card = fake.messages().getLast().body().path("card");
      assertEquals("red", card.at("/header/template").asText());
      assertEquals(Bench.LINK, card.at("/elements/1/actions/0/url").asText());
      assertTrue(!card.at("/elements/0/content").asText().contains(Bench.LINK));
    }
  }

  @Test
  void a_long_text_gives_way_and_the_button_does_not() {
    try (Provider robot = open()) {
      String text = "\"救\"\n".repeat(9_000) + Bench.LINK;
      assertInstanceOf(
          Verdict.Accepted.class, robot.submit(Bench.notice("a.1", "", Notice.Purpose.RING, text)));
    }
  }

  @Test
  void limits_and_errors_inside_a_200_say_what_helps() {
    try (Provider robot = open()) {
      assertEquals(
          List.of(
              new Quota(100, Duration.ofMinutes(1), false),
              new Quota(5, Duration.ofSeconds(1), false)),
          robot.quotas());
      for (int i = 0; i < 5; i++) {
        assertInstanceOf(Verdict.Accepted.class, robot.submit(Bench.ring("a." + i, "")));
      }
      assertEquals(
          Duration.ofSeconds(5),
          Bench.refused(Failure.BUSY, robot.submit(Bench.ring("a.6", ""))).retryAfter());
      fake.instead = "{\"code\":9499,\"msg\":\"too many request\"}";
      Bench.refused(Failure.BUSY, robot.submit(Bench.ring("a.6", "")));
      fake.instead = "{\"code\":9499,\"msg\":\"Bad Request\"}";
      Bench.refused(Failure.REFUSED, robot.submit(Bench.ring("a.6", "")));
      fake.instead = "{\"code\":19024,\"msg\":\"Key Words Not Found\"}";
      Bench.refused(Failure.MISCONFIGURED, robot.submit(Bench.ring("a.6", "")));
    }
    try (Provider robot = open(Duration.ofSeconds(30), Map.of("hook", HOOK, "secret", "other"))) {
      Verdict.Refused refused =
          Bench.refused(Failure.MISCONFIGURED, robot.submit(Bench.ring("a.1", "")));
      assertTrue(refused.detail().startsWith("19021 "), refused.detail());
    }
  }

  @Test
  void misbehaviour_is_told_apart() {
    Bench.misbehaves(fake, limit -> open(limit, SECRETS), Bench.ring("a.1", ""));
  }

  @Test
  void a_whole_address_for_the_id_is_a_mistake() {
    List<String> problems =
        Bench.problems(
            new FeishuRobotKind(),
            "hook_file: hook\nsecret_file: secret",
            Map.of("hook", "https://open.feishu.cn/open-apis/bot/v2/hook/x", "secret", "s"));
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.getFirst().contains("behind /hook/"), problems.getFirst());
  }
}
