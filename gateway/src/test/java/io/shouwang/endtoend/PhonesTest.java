package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.cli.SendTestCommand;
import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import io.shouwang.host.Clock;
import io.shouwang.notify.aliyun.AliyunFake;
import io.shouwang.notify.chat.ChatFake;
import io.shouwang.notify.cloud.Told;
import io.shouwang.notify.tencent.TencentFake;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A real gateway between an Aliyun, a Tencent Cloud and a grid worker with an old phone: she is
 * texted or called, and answers with a digit.
 */
final class PhonesTest {
  private static final String GRID = "demo-grid";
  private static final String HANDED_OVER = "已交出";
  private static final String DELIVERED = "对方终端已收到";

  @TempDir private Path directory;

  private final AliyunFake aliyun = new AliyunFake(Clock.SYSTEM);
  private final TencentFake tencent = new TencentFake(Clock.SYSTEM);

  PhonesTest() throws IOException {}

  @AfterEach
  void close() {
    aliyun.close();
    tencent.close();
  }

  private static void secret(Path config, String name, String text) throws IOException {
    Path file = config.resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  private void configure(Path config, String... channels) throws IOException {
    secret(config, "aliyun.secret", AliyunFake.SECRET);
    secret(config, "tencent.secret", TencentFake.SECRET_KEY);
    secret(config, "callback.secret", Told.SECRET);
    Files.writeString(
        config.resolve("channels.yaml"),
        """
        channels:
          sms:
            report_within: 5s
            providers:
              - type: aliyun_sms
                url: %s
                access_key_id: %s
                access_key_secret_file: aliyun.secret
                sign_name: 守望测试
                callback_secret_file: callback.secret
                templates:
                  zh:
                    ring:
                      template: SMS_1001
                      parameters: {kind: kind, elder: elder_masked, place: place, time: time}
                    news: {template: SMS_1002, parameters: {kind: kind, coming: coming}}
                    verify: {template: SMS_1003, parameters: {code: code}}
              - type: tencent_sms
                url: %s
                secret_id: %s
                secret_key_file: tencent.secret
                sdk_app_id: "%s"
                sign_name: 守望测试
                callback_secret_file: callback.secret
                templates:
                  zh:
                    ring: {template: 1001, parameters: [kind, place, place, time]}
                    news: {template: 1002, parameters: [kind, coming]}
                    verify: {template: 1003, parameters: [code]}
          call:
            providers:
              - type: aliyun_voice
                url: %s
                access_key_id: %s
                access_key_secret_file: aliyun.secret
                callback_secret_file: callback.secret
                mode: key_press
                called_show_number: "%s"
                keys:
                  zh: {1: TTS_11, 2: TTS_12}
                templates:
                  zh:
                    ring: {template: TTS_1001, parameters: {kind: kind, place: place}}
        """
            .formatted(
                aliyun.url(),
                AliyunFake.KEY_ID,
                tencent.url(),
                TencentFake.SECRET_ID,
                TencentFake.APPLICATION,
                aliyun.url(),
                AliyunFake.KEY_ID,
                AliyunFake.SHOWN_NUMBER));
    Files.writeString(
        config.resolve("registry/ways.csv"),
        Stream.of(channels)
            .map(channel -> GRID + "," + channel + "," + Told.MOBILE + ",10m,2026-01-31\n")
            .collect(Collectors.joining("", "responder,channel,address,after,verified\n", "")));
  }

  private static HttpResponse<String> push(Town town, String provider, String secret, String body)
      throws Exception {
    URI callback = town.http("/callbacks/" + provider + "?secret=" + secret);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(callback)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static boolean says(Town town, String alert, String words) throws Exception {
    for (JsonNode entry : town.alert(alert).get("timeline")) {
      if (entry.get("text").asText().contains(words)) {
        return true;
      }
    }
    return false;
  }

  private static boolean comes(Town town, String alert) throws Exception {
    for (JsonNode one : town.alert(alert).get("coming")) {
      if (one.get("id").asText().equals(GRID)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void she_is_texted_the_report_shows_and_her_1_takes_the_alert() throws Exception {
    try (Town town = Town.open(directory, config -> configure(config, "sms"))) {
      String alert = town.press("demo-sos-001");
      town.until(() -> !aliyun.messages().isEmpty(), "a text");
      assertEquals("13800138000", aliyun.last().get("PhoneNumbers"));
      assertTrue(aliyun.last().getOrDefault("OutId", "").startsWith(alert + "."));
      assertTrue(aliyun.last().getOrDefault("TemplateParam", "").contains("紧急呼叫"));

      String report = "[" + aliyun.report(true, "DELIVERED") + "]";
      assertEquals(403, push(town, "aliyun-sms", "guess", report).statusCode());
      assertFalse(says(town, alert, DELIVERED));
      HttpResponse<String> taken = push(town, "aliyun-sms", Told.SECRET, report);
      assertEquals(200, taken.statusCode());
      assertEquals("{\"code\":0,\"msg\":\"接收成功\"}", taken.body());
      town.until(() -> says(town, alert, DELIVERED), "the report");

      String reply = "[{},\"x\"," + AliyunFake.reply("13800138000", "1", "1069", "7001") + "]";
      assertEquals(200, push(town, "aliyun-sms", Told.SECRET, reply).statusCode());
      assertTrue(comes(town, alert), "answered as taken means that it is on disk");
      assertEquals(1, replies(town, alert, "sms"), () -> timeline(town, alert));
      assertEquals(200, push(town, "aliyun-sms", Told.SECRET, reply).statusCode());
      assertEquals(200, push(town, "aliyun-sms", Told.SECRET, report).statusCode());
      assertEquals(1, replies(town, alert, "sms"), "pushed twice, answered once");
      assertEquals(0, tencent.messages().size());
    }
  }

  @Test
  void she_is_called_and_presses_1() throws Exception {
    try (Town town = Town.open(directory, config -> configure(config, "call"))) {
      String alert = town.press("demo-sos-001");
      town.until(() -> !aliyun.messages().isEmpty(), "a call");
      assertEquals("IvrCall", aliyun.messages().getLast().headers().get("x-acs-action"));
      assertEquals(15, aliyun.last().getOrDefault("OutId", "").length());
      push(town, "call", Told.SECRET, "[" + aliyun.calling("200102", "") + "]");
      HttpResponse<String> taken =
          push(town, "call", Told.SECRET, "[" + aliyun.called("200000", "1") + "]");
      assertEquals(200, taken.statusCode());
      assertTrue(comes(town, alert));
      assertEquals(1, replies(town, alert, "call"), () -> timeline(town, alert));
    }
  }

  @Test
  void when_aliyun_is_broken_tencent_texts_her_and_her_1_comes_back_by_it() throws Exception {
    aliyun.mood = ChatFake.Mood.SAYS_500;
    try (Town town = Town.open(directory, config -> configure(config, "sms"))) {
      String alert = textedByTencent(town);
      String report = "[" + tencent.report("SUCCESS", "DELIVRD") + "]";
      assertEquals(200, push(town, "tencent-sms", Told.SECRET, report).statusCode());
      town.until(() -> says(town, alert, DELIVERED), "the report");
      String reply = TencentFake.reply("13800138000", "1", "", 1_772_345_000L);
      HttpResponse<String> taken = push(town, "tencent-sms", Told.SECRET, reply);
      assertEquals("{\"result\":0,\"errmsg\":\"OK\"}", taken.body());
      assertTrue(comes(town, alert), () -> timeline(town, alert));
    }
  }

  @Test
  void when_the_day_at_aliyun_is_used_up_tencent_texts_her() throws Exception {
    aliyun.instead = "{\"Code\":\"isv.DAY_LIMIT_CONTROL\",\"Message\":\"触发日发送限额\"}";
    try (Town town = Town.open(directory, config -> configure(config, "sms"))) {
      textedByTencent(town);
      assertEquals(1, aliyun.messages().size(), "asked once, and not again today");
    }
  }

  @Test
  @Tag("long")
  void a_text_that_is_taken_and_dropped_is_followed_by_a_call() throws Exception {
    try (Town town = Town.open(directory, config -> configure(config, "sms", "call"))) {
      String alert = town.press("demo-sos-001");
      town.until(() -> aliyun.messages().size() == 2, "a call, since no report ever came");
      assertEquals("IvrCall", aliyun.messages().getLast().headers().get("x-acs-action"));
      assertTrue(says(town, alert, "dropped"), () -> timeline(town, alert));
      push(town, "call", Told.SECRET, "[" + aliyun.called("200003", "") + "]");
      town.until(() -> says(town, alert, "call: not_answered"), "nobody picked up");
    }
  }

  private int sendTest(Path config, StringWriter out, String... more) {
    CommandLine command = new CommandLine(new SendTestCommand());
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(out, true));
    List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
    arguments.addAll(List.of(more));
    return command.execute(arguments.toArray(String[]::new));
  }

  @Test
  void an_administrator_tries_each_provider_before_anybody_needs_it() throws Exception {
    Path config = directory.resolve("config");
    Town.copyDemo(config);
    configure(config, "sms");
    StringWriter out = new StringWriter();
    assertEquals(0, sendTest(config, out, "--channel", "sms", "--to", Told.MOBILE), out::toString);
    assertTrue(out.toString().contains("aliyun-sms: accepted as 1^0; look whether it arrives"));
    assertTrue(out.toString().contains("tencent-sms: accepted as 5000:"), out.toString());
    assertTrue(
        aliyun.last().getOrDefault("TemplateParam", "").contains("测试"), aliyun.last().toString());
    assertEquals(0, sendTest(config, out, "--channel", "call", "--to", Told.MOBILE), out::toString);
    Files.writeString(config.resolve("aliyun.secret"), "another");
    assertEquals(1, sendTest(config, out, "--channel", "call", "--to", Told.MOBILE));
    assertTrue(
        out.toString().contains("call: refused, misconfigured: SignatureDoesNotMatch"),
        out.toString());
    assertEquals(1, sendTest(config, out, "--channel", "sms", "--to", "13800138000"));
    assertTrue(out.toString().contains("refused, no such address"), out.toString());
  }

  @Test
  void wrong_settings_are_found_before_the_start() throws Exception {
    Path config = directory.resolve("config");
    Town.copyDemo(config);
    configure(config, "sms");
    assertInstanceOf(ConfigReading.Accepted.class, ConfigReader.read(config, Map.of()));
    Path channels = config.resolve("channels.yaml");
    Files.writeString(
        channels,
        Files.readString(channels)
            .replace("template: SMS_1001", "template: 1001")
            .replace("elder: elder_masked", "elder: why")
            .replace("mode: key_press", "mode: keypress"));
    Files.setPosixFilePermissions(
        config.resolve("callback.secret"), PosixFilePermissions.fromString("rw-r--r--"));
    String problems =
        switch (ConfigReader.read(config, Map.of())) {
          case ConfigReading.Refused refused ->
              refused.problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
          case ConfigReading.Accepted _ -> "none";
        };
    for (String expected :
        List.of(
            "templates.zh.ring.template is missing or none; write the approved template's code",
            "parameters.elder is why; take another",
            "mode is \"keypress\"; write announce, or key_press",
            "run: chmod 600 callback.secret")) {
      assertTrue(problems.contains(expected), problems);
    }
  }

  @Test
  void after_a_restart_a_report_by_serial_number_alone_still_finds_its_text() throws Exception {
    aliyun.mood = ChatFake.Mood.SAYS_500;
    try (Town before = Town.open(directory, config -> configure(config, "sms"))) {
      String alert = textedByTencent(before);
      before.until(() -> says(before, alert, HANDED_OVER), "that it was taken");
      String report = "[" + tencent.report("SUCCESS", "DELIVRD") + "]";
      try (Town town = before.restarted()) {
        assertEquals(200, push(town, "tencent-sms", Told.SECRET, report).statusCode());
        town.until(() -> says(town, alert, DELIVERED), "the report");
      }
    }
  }

  private String textedByTencent(Town town) throws Exception {
    String alert = town.press("demo-sos-001");
    town.until(() -> !tencent.messages().isEmpty(), "a text by the other");
    assertTrue(
        tencent.last().path("SessionContext").asText().startsWith(alert + "."),
        tencent.last().toString());
    return alert;
  }

  private static long replies(Town town, String alert, String channel) throws Exception {
    long found = 0;
    for (JsonNode entry : town.alert(alert).get("timeline")) {
      found +=
          entry.path("type").asText().equals("replied")
                  && entry.path("channel").asText().equals(channel)
              ? 1
              : 0;
    }
    return found;
  }

  private static String timeline(Town town, String alert) {
    try {
      return town.alert(alert).get("timeline").toString();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
