package io.shouwang.notify.tencent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

final class TencentSmsTest {
  private static final Map<String, String> SECRETS =
      Map.of("key", TencentFake.SECRET_KEY, "callback", Told.SECRET, "wrong", "notTheSecret");
  private static final Map<Field, String> FIELDS =
      Map.of(
          Field.KIND, "紧急呼叫",
          Field.PLACE, "荷花街道桃花里12号楼2单元301室",
          Field.TIME, "14:02",
          Field.COMING, "王芳 8 分钟后到",
          Field.CODE, "4711");

  private final Bench bench = new Bench("2026-03-01T06:02:00Z");
  private final TencentFake fake = new TencentFake(bench.clock);

  TencentSmsTest() throws IOException {}

  @AfterEach
  void close() {
    fake.close();
  }

  private String yaml() {
    return """
    url: %s
    secret_id: %s
    secret_key_file: key
    sdk_app_id: "%s"
    sign_name: 守望测试
    callback_secret_file: callback
    templates:
      zh:
        ring: {template: 1001, parameters: [kind, place, place | 。, time]}
        news: {template: 1002, parameters: [kind, coming | 尚无人]}
        verify: {template: 1003, parameters: [code]}
      en:
        ring: {template: 2001, parameters: [kind, place]}
        news: {template: 1002, parameters: [kind, coming | nobody]}
        verify: {template: 1003, parameters: [code]}
    """
        .formatted(fake.url(), TencentFake.SECRET_ID, TencentFake.APPLICATION);
  }

  private TencentSms open(Duration limit, String yaml) {
    return (TencentSms) bench.open(new TencentSmsKind(), yaml, SECRETS, limit);
  }

  private TencentSms open() {
    return open(Duration.ofSeconds(30), yaml());
  }

  private static Notice ring(String address) {
    return Told.notice(address, Purpose.RING, false, "zh", FIELDS);
  }

  private static Notice ring() {
    return ring(Told.MOBILE);
  }

  @Test
  void an_address_longer_than_twelve_characters_reaches_to_the_door() {
    try (TencentSms sms = open()) {
      assertEquals(new Verdict.Accepted("5000:1045710669157053657849000001"), sms.submit(ring()));
      assertEquals("[\"+8613800138000\"]", fake.last().path("PhoneNumberSet").toString());
      assertEquals(
          "[\"紧急呼叫\",\"荷花街道桃花里12号楼2\",\"单元301室\",\"14:02\"]",
          fake.last().path("TemplateParamSet").toString());
      assertEquals(Told.KEY, fake.last().path("SessionContext").asText());
      assertTrue(fake.last().path("ExtendCode").isMissingNode());
      assertEquals("ap-guangzhou", fake.messages().getLast().headers().get("x-tc-region"));
    }
  }

  @Test
  void each_purpose_and_language_has_a_template_of_its_own() {
    try (TencentSms sms = open()) {
      for (Map.Entry<Notice, String> each :
          Map.of(
                  Told.notice(Told.MOBILE, Purpose.NEWS, false, "zh", FIELDS), "1002",
                  Told.notice(Told.MOBILE, Purpose.VERIFY, false, "zh", FIELDS), "1003",
                  Told.notice("+8613800138001", Purpose.TEST, true, "zh", FIELDS), "1001",
                  Told.notice(Told.MOBILE, Purpose.RING, true, "en", FIELDS), "2001")
              .entrySet()) {
        assertInstanceOf(Verdict.Accepted.class, sms.submit(each.getKey()));
        assertEquals(each.getValue(), fake.last().path("TemplateId").asText());
      }
    }
  }

  @Test
  void http_200_is_not_yet_sent() {
    Map<String, Failure> expected =
        Map.ofEntries(
            Map.entry("LimitExceeded.PhoneNumberDailyLimit", Failure.QUOTA),
            Map.entry("LimitExceeded.PhoneNumberThirtySecondLimit", Failure.QUOTA),
            Map.entry("LimitExceeded.AppMainlandChinaDailyLimit", Failure.QUOTA),
            Map.entry("LimitExceeded.PhoneNumberCountLimit", Failure.REFUSED),
            Map.entry("FailedOperation.PhoneNumberInBlacklist", Failure.BLOCKED),
            Map.entry("InvalidParameterValue.IncorrectPhoneNumber", Failure.NO_SUCH_ADDRESS),
            Map.entry("FailedOperation.SignatureIncorrectOrUnapproved", Failure.MISCONFIGURED),
            Map.entry("FailedOperation.TemplateIncorrectOrUnapproved", Failure.MISCONFIGURED),
            Map.entry("FailedOperation.InsufficientBalanceInSmsPackage", Failure.MISCONFIGURED),
            Map.entry("UnauthorizedOperation.ServiceSuspendDueToArrears", Failure.MISCONFIGURED),
            Map.entry("FailedOperation.ContainSensitiveWord", Failure.REFUSED),
            Map.entry("InternalError.Timeout", Failure.BROKEN),
            Map.entry("InternalError.RequestTimeException", Failure.MISCONFIGURED),
            Map.entry("RequestLimitExceeded", Failure.BUSY),
            Map.entry("Something.New", Failure.REFUSED));
    try (TencentSms sms = open()) {
      expected.forEach((code, failure) -> {
        fake.instead = TencentFake.status(Told.MOBILE, "", code);
        Verdict.Refused refused = Bench.refused(failure, sms.submit(ring()));
        assertTrue(refused.detail().startsWith(code), refused.detail());
        assertFalse(refused.detail().contains("13800138000"), refused.detail());
        fake.instead =
            "{\"Response\":{\"Error\":{\"Code\":\"%s\",\"Message\":\"\"}}}".formatted(code);
        Bench.refused(failure, sms.submit(ring()));
      });
      fake.instead = "{\"Response\":{\"SendStatusSet\":[],\"RequestId\":\"R\"}}";
      Bench.refused(Failure.BROKEN, sms.submit(ring()));
    }
  }

  @Test
  void a_provider_that_keeps_its_limits_is_kept_to_them_here() {
    try (TencentSms sms = open()) {
      assertInstanceOf(Verdict.Accepted.class, sms.submit(ring()));
      Bench.refused(Failure.QUOTA, sms.submit(ring()));
      Bench.refused(Failure.BLOCKED, sms.submit(ring("+8613900000000")));
      Bench.refused(Failure.NO_SUCH_ADDRESS, sms.submit(ring("13800138000")));
      for (int i = 0; i < 9; i++) {
        bench.clock.advance(Duration.ofSeconds(31));
        assertInstanceOf(Verdict.Accepted.class, sms.submit(ring()));
      }
      bench.clock.advance(Duration.ofSeconds(31));
      Bench.refused(Failure.QUOTA, sms.submit(ring()));
      assertEquals(
          List.of("10/PT24H", "3000/PT1S"),
          sms.quotas().stream().map(quota -> quota.most() + "/" + quota.within()).toList());
    }
    try (TencentSms sms = open(Duration.ofSeconds(30), yaml() + "per_day: 2\n")) {
      assertEquals(2, sms.quotas().getFirst().most(), "what the console allows");
    }
  }

  @Test
  void another_key_is_found_out_by_the_signature() {
    try (TencentSms sms =
        open(Duration.ofSeconds(30), yaml().replace("key_file: key", "key_file: wrong"))) {
      Verdict.Refused refused = Bench.refused(Failure.MISCONFIGURED, sms.submit(ring()));
      assertTrue(refused.detail().startsWith("AuthFailure.SignatureFailure"), refused.detail());
    }
  }

  @Test
  void misbehaviour_is_told_apart() {
    Bench.misbehaves(fake, limit -> open(limit, yaml()), ring());
  }

  @Test
  void reports_go_by_the_serial_number_and_twice_is_harmless() {
    try (TencentSms sms = open()) {
      sms.submit(ring());
      String good = "[" + fake.report("SUCCESS", "DELIVRD") + ",{\"report_status\":\"SUCCESS\"}]";
      Callback.Response response = Told.pushed(sms, good);
      assertEquals(200, response.status());
      assertEquals("{\"result\":0,\"errmsg\":\"OK\"}", response.body().toString());
      Reception.Report report =
          new Reception.Report(
              "chat-1",
              Told.KEY,
              "5000:1045710669157053657849000001",
              Reception.Progress.DELIVERED,
              null,
              "DELIVRD");
      assertEquals(List.of(report), bench.heard.reports);
      Told.pushed(sms, good);
      assertEquals(List.of(report, report), bench.heard.reports);
      Told.pushed(sms, "[" + fake.report("FAIL", "MK:0000") + "]");
      assertEquals(Failure.NO_SUCH_ADDRESS, bench.heard.reports.getLast().failure());
    }
    try (TencentSms restarted = open()) {
      Told.pushed(restarted, "[" + fake.report("FAIL", "UNDELIV") + "]");
      Reception.Report report = bench.heard.reports.getLast();
      assertNull(report.key(), "the journal knows the serial number");
      assertEquals("5000:1045710669157053657849000001", report.providerId());
      assertEquals(Failure.DROPPED, report.failure());
    }
  }

  @Test
  void a_reply_is_an_answer_of_the_number_it_came_from() {
    try (TencentSms sms = open(Duration.ofSeconds(30), yaml() + "extend_code: true\n")) {
      sms.submit(ring());
      String digits = fake.last().path("ExtendCode").asText();
      assertTrue(digits.matches("[0-9]{4}"), digits);
      String reply = TencentFake.reply("13800138000", "２", digits, 1_772_345_000L);
      assertEquals(200, Told.pushed(sms, reply).status());
      Reception.Incoming answer = bench.heard.answers.getFirst();
      assertEquals("２", answer.text());
      assertEquals(Told.MOBILE, answer.from());
      assertEquals(Told.KEY, answer.key());
      Told.pushed(sms, reply);
      assertEquals(answer.id(), bench.heard.answers.getLast().id());
      Told.pushed(sms, TencentFake.reply("13800138000", "去不了", "", 1_772_345_060L));
      assertNull(bench.heard.answers.getLast().key());
      assertEquals("去不了", bench.heard.answers.getLast().text());
    }
  }

  @Test
  void an_answer_that_is_not_on_disk_is_asked_for_again_and_strangers_are_not_heard() {
    try (TencentSms sms = open()) {
      String reply = TencentFake.reply("13800138000", "1", "", 1_772_345_000L);
      bench.heard.next = CompletableFuture.failedStage(new IllegalStateException("disk"));
      Callback.Response failed = Told.pushed(sms, reply);
      assertEquals(503, failed.status());
      assertEquals("{\"result\":1,\"errmsg\":\"again\"}", failed.body().toString());
      bench.heard.answers.clear();
      assertEquals(403, Told.pushed(sms, "POST", "guess", reply).status());
      assertEquals(List.of(), bench.heard.answers);
    }
  }

  @Test
  void mistakes_are_named() {
    List<String> problems =
        Bench.problems(
            new TencentSmsKind(),
            """
            secret_id: '?'
            secret_key_file: key
            sdk_app_id: app
            callback_secret_file: callback
            region: Guangzhou
            templates:
              zh:
                ring: {template: SMS_1, parameters: [kind, weather]}
                news: {template: 1002, parameters: {kind: kind}}
                verify: {template: 1003, parameters: [code]}
            """,
            SECRETS);
    assertEquals(7, problems.size(), problems.toString());
    assertTrue(problems.get(2).contains("and not its id"), problems.get(2));
    assertTrue(problems.get(3).contains("ap-guangzhou"), problems.get(3));
    assertTrue(problems.get(4).contains("ring.template is missing or none"), problems.get(4));
    assertTrue(
        problems.get(5).contains("ring.parameters[2] is \"weather\", which is no field"),
        problems.get(5));
    assertTrue(problems.get(6).contains("news.parameters is no list"), problems.get(6));
  }
}
