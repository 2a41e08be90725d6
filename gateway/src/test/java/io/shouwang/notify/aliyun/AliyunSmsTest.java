package io.shouwang.notify.aliyun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.Answer;
import io.shouwang.notify.chat.Bench;
import io.shouwang.notify.cloud.Told;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Notice.Field;
import io.shouwang.notify.provider.Notice.Purpose;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.provider.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AliyunSmsTest {
  private static final Map<String, String> SECRETS =
      Map.of(
          "key", AliyunFake.SECRET, "callback", Told.SECRET, "wrong", "notTheSecret", "short", "s");
  private static final String TEMPLATES =
      """
      templates:
        zh:
          ring:
            template: SMS_1001
            parameters: {kind: kind, elder: elder_masked | 老人, place: place, time: time}
          news: {template: SMS_1002, parameters: {kind: kind, coming: coming | 尚无人}}
          verify: {template: SMS_1003, parameters: {code: code}}
          test: {template: SMS_1004, parameters: {kind: kind}}
        en:
          ring: {template: SMS_2001, parameters: {kind: kind, place: place}}
          news: {template: SMS_1002, parameters: {kind: kind, coming: coming | nobody}}
          verify: {template: SMS_1003, parameters: {code: code}}
      """;
  private static final Map<Field, String> FIELDS =
      Map.of(
          Field.KIND, "跌倒",
          Field.ELDER, "林秀英",
          Field.ELDER_MASKED, "林**",
          Field.PLACE, "荷花街道桃花里12号楼2单元301室",
          Field.TIME, "14:02",
          Field.WHY, "血压过高",
          Field.CODE, "4711");

  private final Bench bench = new Bench("2026-03-01T06:02:00Z");
  private final AliyunFake fake = new AliyunFake(bench.clock);

  AliyunSmsTest() throws IOException {}

  @AfterEach
  void close() {
    fake.close();
  }

  private String yaml(String more) {
    return """
    url: %s
    access_key_id: %s
    access_key_secret_file: key
    sign_name: 守望测试
    callback_secret_file: callback
    """
            .formatted(fake.url(), AliyunFake.KEY_ID)
        + more;
  }

  private AliyunSms open(Duration limit, String more) {
    return (AliyunSms) bench.open(new AliyunSmsKind(), yaml(more + TEMPLATES), SECRETS, limit);
  }

  private AliyunSms open() {
    return open(Duration.ofSeconds(30), "");
  }

  private static Notice ring() {
    return Told.notice(Told.MOBILE, Purpose.RING, false, "zh", FIELDS);
  }

  private static Notice ring(String address) {
    return Told.notice(address, Purpose.RING, false, "zh", FIELDS);
  }

  @Test
  void a_ring_fills_the_approved_template_and_carries_its_key() {
    try (AliyunSms sms = open()) {
      assertEquals(new Verdict.Accepted("1^0"), sms.submit(ring()));
      assertEquals("13800138000", fake.last().get("PhoneNumbers"));
      assertEquals(AliyunFake.SIGN_NAME, fake.last().get("SignName"));
      assertEquals("SMS_1001", fake.last().get("TemplateCode"));
      assertEquals(Told.KEY, fake.last().get("OutId"));
      assertNull(fake.last().get("SmsUpExtendCode"), "not unless it was ordered");
      assertEquals(
          "{\"kind\":\"跌倒\",\"elder\":\"林**\",\"place\":\"荷花街道桃花里12号楼2单元301室\",\"time\":\"14:02\"}",
          fake.last().get("TemplateParam"));
      assertFalse(fake.last().toString().contains("血压"), "no diagnosis");
    }
  }

  @Test
  void each_purpose_and_language_has_a_template_of_its_own() {
    try (AliyunSms sms = open()) {
      for (Map.Entry<Notice, String> each :
          Map.of(
                  Told.notice(Told.MOBILE, Purpose.NEWS, false, "zh", FIELDS), "SMS_1002",
                  Told.notice(Told.MOBILE, Purpose.VERIFY, false, "zh", FIELDS), "SMS_1003",
                  Told.notice(Told.MOBILE, Purpose.TEST, true, "zh", FIELDS), "SMS_1004",
                  Told.notice(Told.MOBILE, Purpose.RING, false, "en", FIELDS), "SMS_2001",
                  Told.notice(Told.MOBILE, Purpose.TEST, true, "en", FIELDS), "SMS_2001")
              .entrySet()) {
        assertInstanceOf(Verdict.Accepted.class, sms.submit(each.getKey()));
        assertEquals(each.getValue(), fake.last().get("TemplateCode"));
      }
    }
  }

  @Test
  void a_long_address_is_cut_where_aliyun_would_refuse_it() {
    try (AliyunSms sms = open()) {
      Notice notice =
          Told.notice(
              Told.MOBILE,
              Purpose.RING,
              true,
              "zh",
              Map.of(Field.KIND, "SOS", Field.TIME, "14:02", Field.PLACE, "里".repeat(80)));
      assertInstanceOf(Verdict.Accepted.class, sms.submit(notice));
      String sent = fake.last().getOrDefault("TemplateParam", "");
      assertTrue(sent.contains("\"place\":\"" + "里".repeat(35) + "\""), sent);
      assertTrue(sent.contains("\"elder\":\"老人\""), sent);
      assertTrue(sent.contains("\"kind\":\"演习 SOS\""), sent);
    }
  }

  @Test
  void numbers_that_are_no_mobiles_of_the_mainland_are_not_tried() {
    try (AliyunSms sms = open()) {
      for (String none : List.of("13800138000", "+862512345678", "+85251234567", "", "wang@x.cn")) {
        Bench.refused(Failure.NO_SUCH_ADDRESS, sms.submit(ring(none)));
      }
      assertEquals(List.of(), fake.calls);
      Bench.refused(Failure.NO_SUCH_ADDRESS, sms.submit(ring("+8612000138000")));
    }
  }

  @Test
  void its_limits_are_kept_here_and_there() {
    try (AliyunSms sms = open()) {
      for (int i = 0; i < 50; i++) {
        assertInstanceOf(Verdict.Accepted.class, sms.submit(ring()));
      }
      Bench.refused(Failure.QUOTA, sms.submit(ring()));
      assertInstanceOf(Verdict.Accepted.class, sms.submit(ring("+8613800138001")));
      assertEquals(50, sms.quotas().getFirst().most());
      assertTrue(sms.quotas().getFirst().perRecipient());
      bench.clock.advance(Duration.ofDays(1).plusSeconds(1));
      assertInstanceOf(Verdict.Accepted.class, sms.submit(ring()));
    }
  }

  @Test
  void codes_come_to_what_helps() {
    Map<String, Failure> expected =
        Map.ofEntries(
            Map.entry("isv.BUSINESS_LIMIT_CONTROL", Failure.QUOTA),
            Map.entry("isv.DAY_LIMIT_CONTROL", Failure.QUOTA),
            Map.entry("isv.AMOUNT_NOT_ENOUGH", Failure.MISCONFIGURED),
            Map.entry("isv.OUT_OF_SERVICE", Failure.MISCONFIGURED),
            Map.entry("isv.SMS_TEMPLATE_ILLEGAL", Failure.MISCONFIGURED),
            Map.entry("isv.SMS_SIGNATURE_ILLEGAL", Failure.MISCONFIGURED),
            Map.entry("isp.RAM_PERMISSION_DENY", Failure.MISCONFIGURED),
            Map.entry("SignatureDoesNotMatch", Failure.MISCONFIGURED),
            Map.entry("InvalidTimeStamp.Expired", Failure.MISCONFIGURED),
            Map.entry("isv.MOBILE_NUMBER_ILLEGAL", Failure.NO_SUCH_ADDRESS),
            Map.entry("isv.COMPLAINT_REJECT", Failure.BLOCKED),
            Map.entry("isv.BLACK_KEY_CONTROL_LIMIT", Failure.REFUSED),
            Map.entry("isv.PARAM_NOT_SUPPORT_URL", Failure.REFUSED),
            Map.entry("isp.SYSTEM_ERROR", Failure.BROKEN),
            Map.entry("Throttling.User", Failure.BUSY),
            Map.entry("SignatureNonceUsed", Failure.BUSY),
            Map.entry("something.new", Failure.REFUSED));
    try (AliyunSms sms = open()) {
      expected.forEach((code, failure) -> {
        fake.instead =
            "{\"Code\":\"%s\",\"Message\":\"13800138000不行\",\"RequestId\":\"R\"}".formatted(code);
        Verdict.Refused refused = Bench.refused(failure, sms.submit(ring()));
        assertTrue(refused.detail().startsWith(code), refused.detail());
        assertFalse(refused.detail().contains("13800138000"), refused.detail());
      });
      fake.instead = "{\"RequestId\":\"R\"}";
      Bench.refused(Failure.BROKEN, sms.submit(ring()));
    }
  }

  @Test
  void another_key_clock_or_name_is_found_out_by_the_signature() {
    String wrong = yaml(TEMPLATES).replace("secret_file: key", "secret_file: wrong");
    try (AliyunSms sms =
        (AliyunSms) bench.open(new AliyunSmsKind(), wrong, SECRETS, Duration.ofSeconds(30))) {
      Verdict.Refused refused = Bench.refused(Failure.MISCONFIGURED, sms.submit(ring()));
      assertTrue(refused.detail().startsWith("SignatureDoesNotMatch"), refused.detail());
      assertFalse(refused.toString().contains("notTheSecret"));
    }
    String name = yaml(TEMPLATES).replace("sign_name: 守望测试", "sign_name: 别人");
    try (AliyunSms sms =
        (AliyunSms) bench.open(new AliyunSmsKind(), name, SECRETS, Duration.ofSeconds(30))) {
      Bench.refused(Failure.MISCONFIGURED, sms.submit(ring()));
    }
  }

  @Test
  void misbehaviour_is_told_apart() {
    Bench.misbehaves(fake, limit -> open(limit, ""), ring());
  }

  @Test
  void reports_find_their_way_and_twice_is_harmless() {
    try (AliyunSms sms = open()) {
      sms.submit(ring());
      String good = fake.report(true, "DELIVERED");
      Callback.Response response = Told.pushed(sms, "[" + good + "]");
      assertEquals(200, response.status());
      assertEquals("{\"code\":0,\"msg\":\"接收成功\"}", response.body().toString());
      assertEquals("application/json", response.contentType());
      Reception.Report report =
          new Reception.Report(
              "chat-1", Told.KEY, "1^0", Reception.Progress.DELIVERED, null, "DELIVERED");
      assertEquals(List.of(report), bench.heard.reports);
      Told.pushed(sms, "[" + good + "]");
      assertEquals(List.of(report, report), bench.heard.reports);
    }
  }

  @Test
  void a_report_says_why_it_did_not_arrive() {
    Map<String, Failure> expected =
        Map.of(
            "MK:0001", Failure.NO_SUCH_ADDRESS,
            "MBBLACK", Failure.BLOCKED,
            "isv.BUSINESS_LIMIT_CONTROL", Failure.QUOTA,
            "isv.SMS_SIGN_ILLEGAL", Failure.MISCONFIGURED,
            "REJECTD", Failure.REFUSED,
            "UNDELIV", Failure.DROPPED,
            "", Failure.DROPPED);
    try (AliyunSms sms = open()) {
      sms.submit(ring());
      expected.forEach((code, failure) -> {
        bench.heard.reports.clear();
        assertEquals(200, Told.pushed(sms, "[" + fake.report(false, code) + "]").status());
        assertEquals(Reception.Progress.FAILED, bench.heard.reports.getFirst().progress());
        assertEquals(failure, bench.heard.reports.getFirst().failure(), code);
      });
    }
  }

  @Test
  void a_reply_is_an_answer_of_the_number_it_came_from() {
    try (AliyunSms sms = open()) {
      Callback.Response response =
          Told.pushed(
              sms,
              "["
                  + AliyunFake.reply("13800138000", "1 4711", "106900", "7001")
                  + ",{\"phone_number\":\"none\",\"content\":\"1\"},{},"
                  + fakeReport()
                  + ","
                  + AliyunFake.reply("8613800138001", "收到，马上去", "106900", "7002")
                  + "]");
      assertEquals(200, response.status());
      assertEquals(2, bench.heard.answers.size());
      Reception.Incoming answer = bench.heard.answers.getFirst();
      assertEquals("1 4711", answer.text());
      assertEquals(Told.MOBILE, answer.from());
      assertNull(answer.key());
      assertEquals("收到，马上去", bench.heard.answers.get(1).text());
      assertEquals("+8613800138001", bench.heard.answers.get(1).from());
      assertEquals(1, bench.heard.reports.size());
      Told.pushed(sms, "[" + AliyunFake.reply("13800138000", "1 4711", "106900", "7001") + "]");
      assertEquals(answer.id(), bench.heard.answers.getLast().id(), "pushed again: one answer");
      Told.pushed(sms, "[" + AliyunFake.reply("13800138000", "1 4711", "106900", "7003") + "]");
      assertFalse(answer.id().equals(bench.heard.answers.getLast().id()), "said again: two");
    }
  }

  private String fakeReport() {
    return "{\"success\":true,\"biz_id\":\"9^0\",\"err_code\":\"DELIVERED\"}";
  }

  @Test
  void an_extension_names_the_message_that_a_bare_digit_answers() {
    try (AliyunSms sms = open(Duration.ofSeconds(30), "extend_code: true\n")) {
      sms.submit(ring());
      String digits = fake.last().getOrDefault("SmsUpExtendCode", "");
      Told.pushed(
          sms, "[" + AliyunFake.reply("13800138000", "1", "10690000" + digits, "7001") + "]");
      assertEquals(Told.KEY, bench.heard.answers.getFirst().key());
      Told.pushed(
          sms, "[" + AliyunFake.reply("13800138001", "1", "10690000" + digits, "7002") + "]");
      assertNull(bench.heard.answers.getLast().key(), "from another number");
    }
  }

  @Test
  void an_answer_that_is_not_on_disk_is_asked_for_again() {
    try (AliyunSms sms = open()) {
      bench.heard.next = CompletableFuture.failedStage(new IllegalStateException("disk"));
      String reply = "[" + AliyunFake.reply("13800138000", "1", "", "7001") + "]";
      assertEquals(503, Told.pushed(sms, reply).status());
      bench.heard.next =
          CompletableFuture.completedStage(
              new Answer.Refused(Answer.Reason.ALREADY_CLOSED, "closed"));
      assertEquals(200, Told.pushed(sms, reply).status(), "too late, but heard");
    }
  }

  @Test
  void strangers_are_not_heard() {
    try (AliyunSms sms = open()) {
      String reply = "[" + AliyunFake.reply("13800138000", "1", "", "7001") + "]";
      assertEquals(403, Told.pushed(sms, "POST", "guess", reply).status());
      assertEquals(403, Told.pushed(sms, "GET", "", "").status());
      assertEquals(List.of(), bench.heard.answers);
    }
  }

  @Test
  void mistakes_are_named() {
    List<String> problems =
        Bench.problems(
            new AliyunSmsKind(),
            """
            url: http://sms.example.cn
            access_key_id: '?'
            access_key_secret_file: none
            sign_name: 【守望】
            callback_secret_file: short
            templates:
              zh: {ring: {template: SMS_1001, parameters: {kind: kind}}}
            """,
            SECRETS);
    assertEquals(7, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains("would send secrets in the clear"), problems.get(0));
    assertTrue(problems.get(1).contains("access_key_id is missing or none"), problems.get(1));
    assertTrue(problems.get(3).contains("openssl rand -hex 16"), problems.get(3));
    assertTrue(problems.get(4).contains("without its brackets"), problems.get(4));
    assertTrue(problems.get(5).contains("templates.zh.news is missing"), problems.get(5));
    assertTrue(problems.get(6).contains("templates.zh.verify is missing"), problems.get(6));
  }
}
