package io.shouwang.notify.cloud;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.host.Clock;
import io.shouwang.notify.aliyun.AliyunFake;
import io.shouwang.notify.aliyun.AliyunSmsKind;
import io.shouwang.notify.aliyun.AliyunVoiceKind;
import io.shouwang.notify.chat.Bench;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.tencent.TencentFake;
import io.shouwang.notify.tencent.TencentSmsKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whoever knows the secret may push what they like: it is read or passed over, and never breaks.
 */
final class PushMutationTest {
  private static final int ROUNDS = 3_000;
  private static final String SIGNS = "{}[]\",:0123456789\\u一😀\0 truefalsn+-.^";
  private static final Map<String, String> SECRETS = Map.of("key", "k", "callback", Told.SECRET);
  private static final String ALIYUN =
      """
      access_key_id: LTAI5tFakeKey
      access_key_secret_file: key
      callback_secret_file: callback
      """;
  private static final String REPORT =
      """
      [{"phone_number":"13800138000","success":false,"err_code":"MK:0001","biz_id":"1^0",
      "out_id":"a42fe321850c131684a7d.3"},%s]\
      """
          .formatted(AliyunFake.reply("13800138000", "1 4711", "1069", "7001"));
  private static final String CALL =
      """
      [{"status_code":"200000","callee":"13800138000","call_id":"1^2","out_id":"pC_jIYUMExaEp9A",
      "dtmf":"1","duration":"10"},{"status_code":"200102","call_id":"1^2","status_time":"x"}]\
      """;
  private static final String STATUS =
      """
      [{"nationcode":"86","mobile":"13800138000","report_status":"FAIL","errmsg":"MK:0000",
      "sid":"5000:1"},%s]\
      """
          .formatted(TencentFake.reply("13800138000", "1", "4711", 1_772_345_000L));

  private static Stream<DynamicTest> mutations(ProviderKind kind, String yaml, String body) {
    return Stream.of(
        DynamicTest.dynamicTest(
            kind.word(),
            () -> {
              Bench bench = new Bench("2026-03-01T06:02:00Z");
              try (Provider provider = bench.open(kind, yaml, SECRETS)) {
                Random random = new Random(20_260_301);
                for (int i = 0; i < ROUNDS; i++) {
                  String mutated = mutated(body, random);
                  Callback.Response response = Told.pushed((Callback) provider, mutated);
                  assertNotNull(response.body());
                  assertTrue(List.of(200, 400).contains(response.status()), mutated);
                }
                assertTrue(bench.heard.answers.size() > ROUNDS / 20, "many were still read");
                assertTrue(
                    bench.heard.answers.stream().allMatch(each -> each.text().length() <= 500));
                assertTrue(
                    bench.heard.reports.stream().allMatch(each -> each.detail().length() <= 200));
              }
            }));
  }

  private static String mutated(String body, Random random) {
    StringBuilder text = new StringBuilder(body);
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(text.length());
      char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, sign);
        case 1 -> text.insert(at, sign);
        case 2 -> text.deleteCharAt(at);
        default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 40)));
      }
    }
    return text.toString();
  }

  @TestFactory
  Stream<DynamicTest> what_is_pushed_is_read_or_passed_over() throws IOException {
    try (AliyunFake aliyun = new AliyunFake(Clock.SYSTEM)) {
      String url = "url: " + aliyun.url() + "\n"; // nobody is called
      String named =
          "templates: {zh: {ring: {template: %1$s, parameters: {k: kind}},"
              + " news: {template: %1$s, parameters: {k: kind}},"
              + " verify: {template: %1$s, parameters: {c: code}}}}\n";
      String placed =
          """
          secret_id: AKIDfakefakefake
          secret_key_file: key
          sdk_app_id: "1400006666"
          sign_name: 守望
          callback_secret_file: callback
          templates:
            zh:
              ring: {template: 1, parameters: [kind]}
              news: {template: 1, parameters: [kind]}
              verify: {template: 1, parameters: [code]}
          """;
      return Stream.of(
              mutations(
                  new AliyunSmsKind(),
                  url + ALIYUN + "sign_name: 守望\n" + named.formatted("SMS_1"),
                  REPORT),
              mutations(
                  new AliyunVoiceKind(),
                  url + ALIYUN + "mode: announce\n" + named.formatted("TTS_1"),
                  CALL),
              mutations(new TencentSmsKind(), url + placed, STATUS))
          .flatMap(tests -> tests);
    }
  }
}
