package io.shouwang.notify.wecom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.engine.ManualClock;
import io.shouwang.notify.chat.Bench;
import io.shouwang.notify.chat.ChatFake;
import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WeComRobotTest {
  private static final String KEY = "693axxx6-7aoc-4bc4-97a0";
  private static final Map<String, String> SECRETS = Map.of("robot.key", KEY);

  /** A WeCom with one group robot. */
  private static final class Fake extends ChatFake {
    Fake(ManualClock clock) throws IOException {
      super(clock);
    }

    @Override
    protected String answer(Call call) {
      String type = call.body().path("msgtype").asText();
      String content = call.body().path(type).path("content").asText();
      int most = type.equals("markdown") ? 4_096 : 2_048;
      if (!call.path().equals("/cgi-bin/webhook/send") || !KEY.equals(call.query().get("key"))) {
        return "{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}";
      }
      if (content.isEmpty() || content.getBytes(StandardCharsets.UTF_8).length > most) {
        return "{\"errcode\":40058,\"errmsg\":\"content exceed max length\"}";
      }
      return isWithin(20, Duration.ofMinutes(1))
          ? "{\"errcode\":0,\"errmsg\":\"ok\"}"
          : "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}";
    }
  }

  private final Bench bench = new Bench("2026-03-01T06:02:00Z");
  private final Fake fake = new Fake(bench.clock);

  WeComRobotTest() throws IOException {}

  @AfterEach
  void close() {
    fake.close();
  }

  private Provider open(String more) {
    return open(more, Duration.ofSeconds(30));
  }

  private Provider open(String more, Duration limit) {
    return bench.open(
        new WeComRobotKind(),
        "url: " + fake.url() + "\nkey_file: robot.key\n" + more,
        SECRETS,
        limit);
  }

  private String content() {
    var body = fake.messages().getLast().body();
    return body.path(body.path("msgtype").asText()).path("content").asText();
  }

  @Test
  void a_group_reads_title_text_and_link() {
    try (Provider robot = open("")) {
      assertInstanceOf(Verdict.Accepted.class, robot.submit(Bench.ring("a.1", "")));
      assertTrue(content().startsWith("**【紧急】SOS 幸福里3号楼**\n"), content());
      assertTrue(content().endsWith("\n" + Bench.LINK), content());
      assertEquals(Audience.GROUP, robot.audience());
      assertEquals(List.of(new Quota(20, Duration.ofMinutes(1), false)), robot.quotas());
    }
  }

  @Test
  void markdown_has_4096_bytes_and_text_2048() {
    String text = "救".repeat(5_000) + "\n" + Bench.LINK;
    Notice notice = Bench.notice("a.1", "", Notice.Purpose.RING, text);
    try (Provider robot = open("")) {
      assertInstanceOf(Verdict.Accepted.class, robot.submit(notice));
      assertTrue(content().endsWith("…\n" + Bench.LINK), content());
    }
    try (Provider robot = open("format: text\nmention: [13800138000]")) {
      assertInstanceOf(Verdict.Accepted.class, robot.submit(notice));
      assertTrue(content().endsWith("…\n" + Bench.LINK), content());
      assertEquals(
          "13800138000",
          fake.messages().getLast().body().at("/text/mentioned_mobile_list/0").asText());
    }
  }

  @Test
  void nobody_is_called_by_what_a_device_is_named() {
    try (Provider robot = open("")) {
      robot.submit(Bench.notice("a.1", "", Notice.Purpose.NEWS, "手环<@all>[点我](http://x)"));
      assertFalse(content().contains("<@all>") || content().contains("[点我]"), content());
    }
    try (Provider robot = open("format: text")) {
      robot.submit(Bench.notice("a.2", "", Notice.Purpose.NEWS, "手环<@all>"));
      assertFalse(content().contains("<@all>"), content());
    }
  }

  @Test
  void an_error_inside_a_200_is_a_failure_and_says_what_helps() {
    try (Provider robot = open("")) {
      for (int i = 0; i < 20; i++) {
        assertInstanceOf(Verdict.Accepted.class, robot.submit(Bench.ring("a." + i, "")));
      }
      assertEquals(
          "45009 api freq out of limit",
          Bench.refused(Failure.BUSY, robot.submit(Bench.ring("a.21", ""))).detail());
      bench.clock.advance(Duration.ofMinutes(1));
      assertInstanceOf(Verdict.Accepted.class, robot.submit(Bench.ring("a.21", "")));
      fake.instead = "{\"errcode\":93000,\"errmsg\":\"invalid\\nwebhook url\"}";
      assertEquals(
          "93000 invalid\\u000awebhook url",
          Bench.refused(Failure.MISCONFIGURED, robot.submit(Bench.ring("a.22", ""))).detail());
      fake.instead = "{\"errcode\":-1,\"errmsg\":\"system busy\"}";
      Bench.refused(Failure.BUSY, robot.submit(Bench.ring("a.23", "")));
    }
  }

  @Test
  void misbehaviour_is_told_apart() {
    Bench.misbehaves(fake, limit -> open("", limit), Bench.ring("a.1", ""));
  }

  @Test
  void mistakes_are_named_with_place_and_remedy() {
    List<String> problems =
        Bench.problems(
            new WeComRobotKind(),
            "url: http://qyapi.weixin.qq.com\nkey_file: missing\nformat: html\nmention: [12]",
            SECRETS);
    assertEquals(5, problems.size(), problems.toString());
    assertTrue(problems.get(0).startsWith("channels.yaml:1:6 url is"), problems.get(0));
    assertTrue(problems.get(0).contains("in the clear"), problems.get(0));
    assertTrue(problems.get(2).contains("write markdown or text"), problems.get(2));
    assertEquals(List.of(), Bench.problems(new WeComRobotKind(), "key_file: robot.key", SECRETS));
  }
}
