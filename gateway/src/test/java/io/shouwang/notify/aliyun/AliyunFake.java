package io.shouwang.notify.aliyun;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.host.Clock;
import io.shouwang.notify.chat.ChatAnswer;
import io.shouwang.notify.chat.ChatFake;
import io.shouwang.notify.cloud.Limits;
import io.shouwang.notify.cloud.Recomputed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An Aliyun with one account, a few approved templates and its published limits. It computes each
 * signature anew from the request as it came in, with code of its own.
 */
public final class AliyunFake extends ChatFake {
  public static final String KEY_ID = "LTAI5tFakeKey";
  public static final String SECRET = "fakeSecret0123456789";
  public static final String SIGN_NAME = "守望测试";
  public static final String SHOWN_NUMBER = "02512345678";

  /** Parameters by template. */
  private static final Map<String, Set<String>> TEMPLATES =
      Map.of(
          "SMS_1001", Set.of("kind", "elder", "place", "time"),
          "SMS_1002", Set.of("kind", "coming"),
          "SMS_1003", Set.of("code"),
          "SMS_1004", Set.of("kind"),
          "SMS_2001", Set.of("kind", "place"),
          "TTS_1001", Set.of("kind", "place"),
          "TTS_1002", Set.of("kind", "coming"),
          "TTS_11", Set.of(),
          "TTS_12", Set.of());

  private static final int SMS_VALUE_MAX = 35;
  private static final List<String> SIGNED =
      List.of(
          "host",
          "x-acs-action",
          "x-acs-content-sha256",
          "x-acs-date",
          "x-acs-signature-nonce",
          "x-acs-version");

  private final Limits limits;
  private final Set<String> nonces = new HashSet<>();
  private int messages;

  public AliyunFake(Clock clock) throws IOException {
    super(clock);
    this.limits = new Limits(clock);
  }

  /** Errors of the gateway have a status of their own; those of the service say 200. */
  @Override
  protected int status(String answer) {
    return answer.contains("\"Code\":\"OK\"") || answer.contains("\"isv.") ? 200 : 400;
  }

  private static String error(String code, String words) {
    return "{\"Code\":\"%s\",\"Message\":\"%s\",\"RequestId\":\"R\"}".formatted(code, words);
  }

  @Override
  protected synchronized String answer(Call call) {
    String wrong = wrong(call);
    if (!wrong.isEmpty()) {
      return error(wrong, "the gateway refuses it");
    }
    return switch (call.headers().getOrDefault("x-acs-action", "")) {
      case "SendSms" -> sms(call.query());
      case "SingleCallByTts" -> announced(call.query());
      case "IvrCall" -> asked(call.query());
      default -> error("InvalidAction.NotFound", "no such action");
    };
  }

  /** What a gateway would say of the signature; empty if it is right. */
  private String wrong(Call call) {
    if (!call.headers().getOrDefault("x-acs-version", "").equals("2017-05-25")) {
      return "InvalidVersion";
    }
    String given = call.headers().getOrDefault("authorization", "");
    String[] parts = given.split("[ ,]", -1);
    if (parts.length != 4
        || !parts[0].equals("ACS3-HMAC-SHA256")
        || !parts[2].equals("SignedHeaders=" + String.join(";", SIGNED))) {
      return "IncompleteSignature";
    }
    if (!parts[1].equals("Credential=" + KEY_ID)) {
      return "InvalidAccessKeyId.NotFound";
    }
    try {
      Instant at = Instant.parse(call.headers().getOrDefault("x-acs-date", ""));
      if (Duration.between(at, clock.wall()).abs().compareTo(Duration.ofMinutes(15)) > 0) {
        return "InvalidTimeStamp.Expired";
      }
    } catch (DateTimeParseException e) {
      return "InvalidTimeStamp.Format";
    }
    if (!parts[3].equals("Signature=" + signature(call))) {
      return "SignatureDoesNotMatch";
    }
    return nonces.add(call.headers().getOrDefault("x-acs-signature-nonce", ""))
        ? ""
        : "SignatureNonceUsed";
  }

  private static String signature(Call call) {
    TreeMap<String, String> query = new TreeMap<>(call.query());
    String canonicalQuery =
        query.entrySet().stream()
            .map(e -> Recomputed.escaped(e.getKey()) + "=" + Recomputed.escaped(e.getValue()))
            .collect(Collectors.joining("&"));
    String headers =
        SIGNED.stream()
            .map(name -> name + ":" + call.headers().getOrDefault(name, "").strip() + "\n")
            .collect(Collectors.joining());
    String canonical =
        call.method()
            + "\n"
            + call.path()
            + "\n"
            + canonicalQuery
            + "\n"
            + headers
            + "\n"
            + String.join(";", SIGNED)
            + "\n"
            + Recomputed.sha256(call.rawBody());
    String toSign = "ACS3-HMAC-SHA256\n" + Recomputed.sha256(canonical);
    return Recomputed.hex(Recomputed.hmac(SECRET.getBytes(StandardCharsets.UTF_8), toSign));
  }

  private String sms(Map<String, String> query) {
    String number = query.getOrDefault("PhoneNumbers", "");
    String code = query.getOrDefault("TemplateCode", "");
    if (!number.matches("1[3-9][0-9]{9}")) {
      return error("isv.MOBILE_NUMBER_ILLEGAL", number + "invalid mobile number");
    }
    if (!query.getOrDefault("SignName", "").equals(SIGN_NAME)) {
      return error("isv.SMS_SIGNATURE_ILLEGAL", "签名不合法(不存在或被拉黑)");
    }
    if (query.getOrDefault("OutId", "").length() >= 256
        || !query.getOrDefault("SmsUpExtendCode", "").matches("[0-9]{0,7}")) {
      return error("isv.INVALID_PARAMETERS", "参数异常");
    }
    String wrong = parameters(code, "SMS_", query.getOrDefault("TemplateParam", ""), SMS_VALUE_MAX);
    if (!wrong.isEmpty()) {
      return wrong;
    }
    boolean isVerification = code.equals("SMS_1003");
    boolean isWithin =
        isVerification
            ? limits.take("v" + number, 1, Duration.ofMinutes(1))
                && limits.take("v" + number, 5, Duration.ofHours(1))
                && limits.take("v" + number, 10, Duration.ofDays(1))
            : limits.take(code + number, 50, Duration.ofDays(1));
    if (!isWithin) {
      return error("isv.BUSINESS_LIMIT_CONTROL", "触发天级流控Permits:50");
    }
    messages++;
    return "{\"Code\":\"OK\",\"Message\":\"OK\",\"RequestId\":\"R\",\"BizId\":\"%d^0\"}"
        .formatted(messages);
  }

  private static String parameters(String code, String begins, String json, int most) {
    Set<String> names = TEMPLATES.get(code);
    if (names == null || !code.startsWith(begins)) {
      return error(
          begins.equals("SMS_") ? "isv.SMS_TEMPLATE_ILLEGAL" : "isv.TTS_TEMPLATE_ILLEGAL",
          "模板不合法(不存在或被拉黑)");
    }
    JsonNode values;
    try {
      values = ChatAnswer.JSON.readTree(json.isEmpty() ? "{}" : json);
    } catch (IOException e) {
      return error("isv.INVALID_JSON_PARAM", "参数格式错误");
    }
    for (String name : names) {
      String value = values.path(name).asText("");
      if (!values.path(name).isTextual() || value.isEmpty()) {
        return error("isv.TEMPLATE_MISSING_PARAMETERS", "模板变量缺少对应参数值");
      }
      if (value.length() > most) {
        return error("isv.PARAM_LENGTH_LIMIT", "参数超过长度限制");
      }
      if (value.contains("http") || value.contains("【")) {
        return error("isv.PARAM_NOT_SUPPORT_URL", "变量不支持传入URL");
      }
    }
    return "";
  }

  private String announced(Map<String, String> query) {
    String wrong =
        parameters(
            query.getOrDefault("TtsCode", ""), "TTS_", query.getOrDefault("TtsParam", ""), 200);
    return wrong.isEmpty() ? call(query) : wrong;
  }

  private String asked(Map<String, String> query) {
    if (!query.getOrDefault("CalledShowNumber", "").equals(SHOWN_NUMBER)) {
      return error("isv.DISPLAY_NUMBER_ILLEGAL", "号显不合法");
    }
    String wrong =
        parameters(
            query.getOrDefault("StartCode", ""),
            "TTS_",
            query.getOrDefault("StartTtsParams", ""),
            200);
    if (!wrong.isEmpty()) {
      return wrong;
    }
    for (String place : List.of("1", "2")) {
      if (!TEMPLATES.containsKey(query.getOrDefault("MenuKeyMap." + place + ".Code", ""))
          || !Arrays.asList("1", "2", "3")
              .contains(query.getOrDefault("MenuKeyMap." + place + ".Key", ""))) {
        return error("isv.VOICE_FILE_ILLEGAL", "语音文件不合法");
      }
    }
    return call(query);
  }

  private String call(Map<String, String> query) {
    String number = query.getOrDefault("CalledNumber", "");
    if (!number.matches("1[3-9][0-9]{9}|0[1-9][0-9]{8,11}")) {
      return error("isv.MOBILE_NUMBER_ILLEGAL", "号码格式非法");
    }
    String outId = query.get("OutId");
    if ((outId != null && (outId.isEmpty() || outId.length() > 15))
        || !query.getOrDefault("PlayTimes", "1").matches("[123]")) {
      return error("isv.INVALID_PARAMETERS", "参数异常");
    }
    if (!limits.take(number, 1, Duration.ofMinutes(1))
        || !limits.take(number, 5, Duration.ofHours(1))
        || !limits.take(number, 20, Duration.ofDays(1))) {
      return error("isv.BUSINESS_LIMIT_CONTROL", "触发流控");
    }
    messages++;
    return "{\"Code\":\"OK\",\"Message\":\"OK\",\"RequestId\":\"R\",\"CallId\":\"%s\"}"
        .formatted(callId());
  }

  private String callId() {
    return "116012354148^10281378%04d".formatted(messages);
  }

  /** The last message that was taken. */
  public Map<String, String> last() {
    return messages().getLast().query();
  }

  /** A delivery report of the last message, as it is pushed. */
  public synchronized String report(boolean success, String code) {
    return """
    {"phone_number":"%s","send_time":"2026-03-01 14:02:01","report_time":"2026-03-01 14:02:03",
    "success":%s,"err_code":"%s","err_msg":"%s","sms_size":"1","biz_id":"%d^0","out_id":"%s"}\
    """
        .formatted(
            last().get("PhoneNumbers"),
            success,
            code,
            success ? "用户接收成功" : "失败",
            messages,
            last().getOrDefault("OutId", ""));
  }

  /** A reply, as it is pushed. */
  public static String reply(String number, String content, String dialled, String sequence) {
    return """
    {"phone_number":"%s","content":"%s","send_time":"2026-03-01 14:03:00","dest_code":"%s",
    "sequence_id":"%s","sign_name":"%s"}\
    """
        .formatted(number, content, dialled, sequence, SIGN_NAME);
  }

  /** How the last call went, as it is pushed after its end. */
  public synchronized String called(String status, String keys) {
    return """
    {"status_code":"%s","callee":"%s","ring_time":"2026-03-01 14:02:10","duration":"10",
    "voice_type":"voice","originate_time":"2026-03-01 14:02:04","b_start_time":"",
    "end_time":"2026-03-01 14:02:30","call_id":"%s","caller":"%s","status_msg":"执行完成",
    "out_id":"%s","dtmf":"%s","toll_type":"LOCAL"}\
    """
        .formatted(
            status,
            last().get("CalledNumber"),
            callId(),
            SHOWN_NUMBER,
            last().getOrDefault("OutId", ""),
            keys);
  }

  /** How the last call stands, as it is pushed while it lasts. */
  public synchronized String calling(String status, String more) {
    return """
    {"status_code":"%s","status_time":"2026-03-01 14:02:12","call_id":"%s","out_id":"%s"%s}\
    """
        .formatted(status, callId(), last().getOrDefault("OutId", ""), more);
  }
}
