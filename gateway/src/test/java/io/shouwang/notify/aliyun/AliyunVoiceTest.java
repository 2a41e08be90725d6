package io.shouwang.notify.aliyun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.notify.chat.Bench;
import io.shouwang.notify.cloud.Told;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Notice.Field;
import io.shouwang.notify.provider.Notice.Purpose;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.provider.Reception.Progress;
import io.shouwang.notify.provider.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AliyunVoiceTest {
  private static final Map<String, String> SECRETS =
      Map.of("key", AliyunFake.SECRET, "callback", Told.SECRET);
  private static final String ANNOUNCES = "mode: announce\n";
  private static final String ASKS =
      "mode: key_press\ncalled_show_number: '02512345678'\nkeys: {zh: {1: TTS_11, 2: TTS_12}}\n";
  private static final Map<Field, String> FIELDS =
      Map.of(Field.KIND, "紧急呼叫", Field.PLACE, "桃花里12号楼2单元301室");
  private static final String CALL = "116012354148^102813780001";

  private final Bench bench = new Bench("2026-03-01T06:02:00Z");
  private final AliyunFake fake = new AliyunFake(bench.clock);

  AliyunVoiceTest() throws IOException {}

  @AfterEach
  void close() {
    fake.close();
  }

  private AliyunVoice open(Duration limit, String mode) {
    String yaml =
        """
        url: %s
        access_key_id: %s
        access_key_secret_file: key
        callback_secret_file: callback
        templates:
          zh:
            ring: {template: TTS_1001, parameters: {kind: kind, place: place}}
            news: {template: TTS_1002, parameters: {kind: kind, coming: coming | 尚无人}}
        """
            .formatted(fake.url(), AliyunFake.KEY_ID);
    return (AliyunVoice) bench.open(new AliyunVoiceKind(), yaml + mode, SECRETS, limit);
  }

  private AliyunVoice open(String mode) {
    return open(Duration.ofSeconds(30), mode);
  }

  private static Notice ring() {
    return Told.notice(Told.MOBILE, Purpose.RING, false, "zh", FIELDS);
  }

  @Test
  void an_announcement_is_said_and_carries_its_key_in_fifteen_bytes() {
    try (AliyunVoice voice = open(ANNOUNCES)) {
      assertEquals(new Verdict.Accepted(CALL), voice.submit(ring()));
      assertEquals("SingleCallByTts", fake.messages().getLast().headers().get("x-acs-action"));
      assertEquals("13800138000", fake.last().get("CalledNumber"));
      assertEquals("TTS_1001", fake.last().get("TtsCode"));
      assertEquals("{\"kind\":\"紧急呼叫\",\"place\":\"桃花里12号楼2单元301室\"}", fake.last().get("TtsParam"));
      assertEquals("3", fake.last().get("PlayTimes"));
      assertNull(fake.last().get("CalledShowNumber"), "a shared number");
      assertEquals(Optional.of(Told.KEY), PackedKey.unpack(fake.last().getOrDefault("OutId", "")));
    }
  }

  @Test
  void what_asks_somebody_to_come_takes_a_key_and_news_is_only_said() {
    try (AliyunVoice voice = open(ASKS)) {
      assertEquals(new Verdict.Accepted(CALL), voice.submit(ring()));
      assertEquals("IvrCall", fake.messages().getLast().headers().get("x-acs-action"));
      assertEquals("TTS_1001", fake.last().get("StartCode"));
      assertEquals("02512345678", fake.last().get("CalledShowNumber"));
      assertEquals("1", fake.last().get("MenuKeyMap.1.Key"));
      assertEquals("TTS_11", fake.last().get("MenuKeyMap.1.Code"));
      assertEquals("2", fake.last().get("MenuKeyMap.2.Key"));
      bench.clock.advance(Duration.ofSeconds(61));
      assertInstanceOf(
          Verdict.Accepted.class,
          voice.submit(Told.notice(Told.MOBILE, Purpose.NEWS, false, "en", FIELDS)));
      assertEquals("SingleCallByTts", fake.messages().getLast().headers().get("x-acs-action"));
      assertEquals("TTS_1002", fake.last().get("TtsCode"));
    }
  }

  @Test
  void a_landline_is_called_with_its_zero_and_nobody_abroad() {
    try (AliyunVoice voice = open(ANNOUNCES)) {
      voice.submit(Told.notice("+862587654321", Purpose.RING, false, "zh", FIELDS));
      assertEquals("02587654321", fake.last().get("CalledNumber"));
      Bench.refused(
          Failure.NO_SUCH_ADDRESS,
          voice.submit(Told.notice("+85251234567", Purpose.RING, false, "zh", FIELDS)));
    }
  }

  @Test
  void what_has_no_template_is_not_said_and_no_trouble() {
    try (AliyunVoice voice = open(ANNOUNCES)) {
      Bench.refused(
          Failure.REFUSED,
          voice.submit(Told.notice(Told.MOBILE, Purpose.VERIFY, false, "zh", FIELDS)));
    }
  }

  @Test
  void once_a_minute_five_times_an_hour_is_kept_here_and_there() {
    try (AliyunVoice voice = open(ANNOUNCES)) {
      assertInstanceOf(Verdict.Accepted.class, voice.submit(ring()));
      Bench.refused(Failure.QUOTA, voice.submit(ring()));
      for (int i = 0; i < 4; i++) {
        bench.clock.advance(Duration.ofSeconds(61));
        assertInstanceOf(Verdict.Accepted.class, voice.submit(ring()));
      }
      bench.clock.advance(Duration.ofSeconds(61));
      Bench.refused(Failure.QUOTA, voice.submit(ring()));
      assertEquals(
          List.of("1/PT1M", "5/PT1H", "20/PT24H"),
          voice.quotas().stream()
              .filter(quota -> quota.perRecipient())
              .map(quota -> quota.most() + "/" + quota.within())
              .toList());
    }
  }

  @Test
  void a_call_with_a_wrong_number_shown_is_a_mistake_of_the_settings() {
    try (AliyunVoice voice = open(ASKS.replace("02512345678", "02500000000"))) {
      Bench.refused(Failure.MISCONFIGURED, voice.submit(ring()));
    }
  }

  @Test
  void misbehaviour_is_told_apart() {
    String asks = ANNOUNCES;
    Bench.misbehaves(fake, limit -> open(limit, asks), ring());
  }

  @Test
  void a_key_is_an_answer_once_however_often_it_is_pushed() {
    try (AliyunVoice voice = open(ASKS)) {
      voice.submit(ring());
      Told.pushed(voice, "[" + fake.calling("200201", "") + "]");
      assertEquals(List.of(), bench.heard.reports, "it only rings");
      Told.pushed(voice, "[" + fake.calling("200102", "") + "]");
      assertEquals(Progress.DELIVERED, bench.heard.reports.getLast().progress());
      Told.pushed(voice, "[" + fake.calling("300000", ",\"dtmf\":\"1\"") + "]");
      Reception.Incoming answer = bench.heard.answers.getFirst();
      assertEquals("1", answer.text());
      assertEquals(Told.KEY, answer.key());
      assertEquals(CALL, answer.providerId());
      assertEquals(Progress.SEEN, bench.heard.reports.getLast().progress());
      Told.pushed(voice, "[" + fake.called("200000", "1") + "," + fake.called("200000", "1") + "]");
      assertEquals(3, bench.heard.answers.size());
      assertTrue(bench.heard.answers.stream().allMatch(each -> each.id().equals(answer.id())));
      assertEquals(Told.MOBILE, bench.heard.answers.getLast().from());
      assertEquals(Progress.SEEN, bench.heard.reports.getLast().progress());
    }
  }

  @Test
  void who_corrects_themselves_means_the_last_key() {
    try (AliyunVoice voice = open(ASKS)) {
      voice.submit(ring());
      Told.pushed(voice, "[" + fake.called("200000", "12#") + "]");
      assertEquals("2", bench.heard.answers.getFirst().text());
      Told.pushed(voice, "[" + fake.called("200001", "*") + "]");
      assertEquals(1, bench.heard.answers.size());
    }
  }

  @Test
  void how_a_call_went_is_said_in_the_words_of_a_phone() {
    Map<String, Failure> failures =
        Map.of(
            "200002", Failure.NOT_ANSWERED,
            "200003", Failure.NOT_ANSWERED,
            "200005", Failure.NOT_ANSWERED,
            "200010", Failure.NOT_ANSWERED,
            "200004", Failure.NO_SUCH_ADDRESS,
            "200011", Failure.NO_SUCH_ADDRESS,
            "200119", Failure.QUOTA,
            "200117", Failure.MISCONFIGURED,
            "200121", Failure.BUSY,
            "200130", Failure.DROPPED);
    try (AliyunVoice voice = open(ANNOUNCES)) {
      voice.submit(ring());
      failures.forEach((status, failure) -> {
        assertEquals(200, Told.pushed(voice, "[" + fake.called(status, "") + "]").status());
        Reception.Report report = bench.heard.reports.getLast();
        assertEquals(Progress.FAILED, report.progress());
        assertEquals(failure, report.failure(), status);
        assertEquals(Told.KEY, report.key());
        assertEquals(CALL, report.providerId());
      });
      for (String answered : List.of("200000", "200001", "200008")) {
        Told.pushed(voice, "[" + fake.called(answered, "") + "]");
        assertEquals(Progress.DELIVERED, bench.heard.reports.getLast().progress(), answered);
      }
      assertEquals(List.of(), bench.heard.answers);
    }
  }

  @Test
  void a_call_that_is_none_of_ours_goes_by_its_own_id() {
    try (AliyunVoice voice = open(ANNOUNCES)) {
      Told.pushed(
          voice,
          "[{\"status_code\":\"200003\",\"call_id\":\"1^2\",\"out_id\":\"PROD#1\"},"
              + "{\"status_code\":\"200003\"},{\"call_id\":\"1^2\"}]");
      assertEquals(
          List.of(
              new Reception.Report(
                  "chat-1", null, "1^2", Progress.FAILED, Failure.NOT_ANSWERED, "200003")),
          bench.heard.reports);
    }
  }

  @Test
  void strangers_are_not_heard() {
    try (AliyunVoice voice = open(ASKS)) {
      voice.submit(ring());
      String pressed = "[" + fake.called("200000", "1") + "]";
      assertEquals(403, Told.pushed(voice, "POST", "", pressed).status());
      assertEquals(List.of(), bench.heard.answers);
    }
  }

  @Test
  void mistakes_are_named() {
    String account = "access_key_id: LTAI5tFakeKey\naccess_key_secret_file: key\n";
    String rest =
        account
            + "callback_secret_file: callback\n"
            + "templates: {zh: {ring: {template: TTS_1, parameters: {kind: kind}}}}\n";
    mistake(rest, "mode is \"\"; write announce, or key_press");
    mistake(rest + "mode: shout", "mode is \"shout\"");
    mistake(
        rest + "mode: key_press", "called_show_number is missing or none", "keys.zh is missing");
    mistake(
        rest
            + "mode: key_press\ncalled_show_number: '02512345678'\nkeys: {zh: {1: TTS_1, 4: TTS_2}}",
        "keys.zh.1 or keys.zh.2 is missing",
        "there is no setting \"keys.zh.4\"");
    mistake(
        rest + "mode: key_press\ncalled_show_number: '02512345678'\nkeys: {zh: {1: TTS_1, 2: x}}",
        "keys.zh.2 is \"x\"");
    mistake(
        rest + "mode: announce\nkeys: {zh: {1: TTS_1}}", "keys is given; write mode: key_press");
  }

  private static void mistake(String yaml, String... expected) {
    List<String> problems = Bench.problems(new AliyunVoiceKind(), yaml, SECRETS);
    assertEquals(expected.length, problems.size(), problems.toString());
    for (int i = 0; i < expected.length; i++) {
      assertTrue(problems.get(i).contains(expected[i]), problems.get(i));
    }
  }
}
