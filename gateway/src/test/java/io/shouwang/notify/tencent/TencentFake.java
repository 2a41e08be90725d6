package io.shouwang.notify.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.host.Clock;
import io.shouwang.notify.chat.ChatFake;
import io.shouwang.notify.cloud.Limits;
import io.shouwang.notify.cloud.Recomputed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;

/**
 * A Tencent Cloud with one application, a few approved templates and its published limits. It
 * computes each signature anew from the request as it came in, with code of its own.
 */
public final class TencentFake extends ChatFake {
  public static final String SECRET_ID = "AKIDfakefakefake";
  public static final String SECRET_KEY = "fakeKey0123456789";
  public static final String SIGN_NAME = "守望测试";
  public static final String APPLICATION = "1400006666";

  /** How many gaps a template has. */
  private static final Map<String, Integer> TEMPLATES =
      Map.of("1001", 4, "1002", 2, "1003", 1, "2001", 2);

  private static final int VALUE_MAX = 12;

  private final Limits limits;
  private int messages;

  public TencentFake(Clock clock) throws IOException {
    super(clock);
    this.limits = new Limits(clock);
  }

  private static String error(String code) {
    return "{\"Response\":{\"Error\":{\"Code\":\"%s\",\"Message\":\"no\"},\"RequestId\":\"R\"}}"
        .formatted(code);
  }

  @Override
  protected synchronized String answer(Call call) {
    String wrong = wrong(call);
    if (!wrong.isEmpty()) {
      return error(wrong);
    }
    JsonNode message = call.body();
    if (!message.path("SmsSdkAppId").asText().equals(APPLICATION)) {
      return error("InvalidParameterValue.SdkAppIdNotExist");
    }
    if (message.path("PhoneNumberSet").size() > 200) {
      return error("LimitExceeded.PhoneNumberCountLimit");
    }
    if (message.path("SessionContext").asText().length() >= 512) {
      return error("InvalidParameterValue.SessionContextTooLong");
    }
    String number = message.path("PhoneNumberSet").path(0).asText();
    String code = code(message, number);
    if (!code.equals("Ok")) {
      return status(number, "", code);
    }
    messages++;
    return status(number, serial(), code);
  }

  private String serial() {
    return "5000:1045710669157053657849%06d".formatted(messages);
  }

  /** One number's own code, with HTTP 200 around it. */
  public static String status(String number, String serial, String code) {
    return """
    {"Response":{"SendStatusSet":[{"SerialNo":"%s","PhoneNumber":"%s","Fee":1,
    "SessionContext":"","Code":"%s","Message":"said about %s","IsoCode":"CN"}],"RequestId":"R"}}\
    """
        .formatted(serial, number, code, number);
  }

  private String code(JsonNode message, String number) {
    if (!number.matches("\\+[1-9][0-9]{6,14}")) {
      return "InvalidParameterValue.IncorrectPhoneNumber";
    }
    if (number.equals("+8613900000000")) {
      return "FailedOperation.PhoneNumberInBlacklist";
    }
    if (!message.path("SignName").asText().equals(SIGN_NAME)) {
      return "FailedOperation.SignatureIncorrectOrUnapproved";
    }
    String template = message.path("TemplateId").asText();
    if (!TEMPLATES.containsKey(template)) {
      return "FailedOperation.TemplateIncorrectOrUnapproved";
    }
    JsonNode values = message.path("TemplateParamSet");
    if (values.size() != TEMPLATES.get(template)) {
      return "FailedOperation.TemplateParamSetNotMatchApprovedTemplate";
    }
    for (JsonNode value : values) {
      if (value.asText().isEmpty() || value.asText().length() > VALUE_MAX) {
        return "InvalidParameterValue.TemplateParameterLengthLimit";
      }
      if (template.equals("1003") && !value.asText().matches("[0-9]{1,6}")) {
        return "InvalidParameterValue.TemplateParameterFormatError";
      }
    }
    if (!limits.take(number + values, 1, Duration.ofSeconds(30))) {
      return "LimitExceeded.PhoneNumberThirtySecondLimit";
    }
    return limits.take(number, 10, Duration.ofDays(1))
        ? "Ok"
        : "LimitExceeded.PhoneNumberDailyLimit";
  }

  private String wrong(Call call) {
    Map<String, String> headers = call.headers();
    if (!headers.getOrDefault("x-tc-action", "").equals("SendSms")
        || !headers.getOrDefault("x-tc-version", "").equals("2021-01-11")) {
      return "InvalidAction";
    }
    if (headers.getOrDefault("x-tc-region", "").isEmpty()) {
      return "MissingParameter";
    }
    String stamp = headers.getOrDefault("x-tc-timestamp", "0");
    Instant at = Instant.ofEpochSecond(Long.parseLong(stamp));
    if (Duration.between(at, clock.wall()).abs().compareTo(Duration.ofMinutes(5)) > 0) {
      return "AuthFailure.SignatureExpire";
    }
    String day = LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
    String names = "content-type;host;x-tc-action";
    String begins =
        "TC3-HMAC-SHA256 Credential=%s/%s/sms/tc3_request, SignedHeaders=%s, Signature="
            .formatted(SECRET_ID, day, names);
    String given = headers.getOrDefault("authorization", "");
    if (!given.startsWith("TC3-HMAC-SHA256 Credential=" + SECRET_ID + "/")) {
      return "AuthFailure.SecretIdNotFound";
    }
    String canonical =
        String.join(
            "\n",
            call.method(),
            call.path(),
            call.rawQuery(),
            "content-type:" + headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT),
            "host:" + headers.getOrDefault("host", ""),
            "x-tc-action:sendsms",
            "",
            names,
            Recomputed.sha256(call.rawBody()));
    String toSign =
        "TC3-HMAC-SHA256\n%s\n%s/sms/tc3_request\n%s"
            .formatted(stamp, day, Recomputed.sha256(canonical));
    byte[] key = ("TC3" + SECRET_KEY).getBytes(StandardCharsets.UTF_8);
    for (String step : new String[] {day, "sms", "tc3_request"}) {
      key = Recomputed.hmac(key, step);
    }
    return given.equals(begins + Recomputed.hex(Recomputed.hmac(key, toSign)))
        ? ""
        : "AuthFailure.SignatureFailure";
  }

  public JsonNode last() {
    return messages().getLast().body();
  }

  /** A report on the last message, as it is pushed. */
  public synchronized String report(String status, String code) {
    return """
    {"user_receive_time":"2026-03-01 14:02:04","nationcode":"86","mobile":"13800138000",
    "report_status":"%s","errmsg":"%s","description":"说明","sid":"%s"}\
    """
        .formatted(status, code, serial());
  }

  /** A reply, as it is pushed. */
  public static String reply(String mobile, String content, String extend, long time) {
    return """
    {"extend":"%s","mobile":"%s","nationcode":"86","sign":"%s","text":"%s","time":%d}\
    """
        .formatted(extend, mobile, SIGN_NAME, content, time);
  }
}
