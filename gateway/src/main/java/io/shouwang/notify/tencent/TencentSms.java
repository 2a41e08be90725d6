package io.shouwang.notify.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.notify.chat.ChatAnswer;
import io.shouwang.notify.chat.Cut;
import io.shouwang.notify.cloud.CallbackSecret;
import io.shouwang.notify.cloud.CloudAnswer;
import io.shouwang.notify.cloud.CloudHost;
import io.shouwang.notify.cloud.Extensions;
import io.shouwang.notify.cloud.Phone;
import io.shouwang.notify.cloud.PushCallback;
import io.shouwang.notify.cloud.RecentKeys;
import io.shouwang.notify.cloud.Templates;
import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Short messages through Tencent Cloud (SendSms 2021-01-11). HTTP 200 says nothing: each number has
 * its own code. The delivery's key travels as SessionContext, which only the answer repeats; the
 * report names the SerialNo alone. One number gets in a day what the console allows (two, until
 * somebody sets it higher), of which the carriers let through ten; the account sends 3,000 a
 * second. The same text to the same number within 30 seconds is refused there and not counted here:
 * it must not hold back another text.
 */
final class TencentSms implements Provider, Callback {
  private static final String ACTION = "SendSms";
  private static final String VERSION = "2021-01-11";
  private static final String SERVICE = "sms";
  private static final int CONTEXT_LENGTH_MAX = 500;
  private static final PushCallback.Words WORDS =
      new PushCallback.Words(
          "{\"result\":0,\"errmsg\":\"OK\"}", "{\"result\":1,\"errmsg\":\"again\"}");

  private final ProviderKind.Surroundings surroundings;
  private final CloudHost host;
  private final Tc3Signature signature;
  private final Application application;
  private final Templates templates;
  private final boolean extend;
  private final Extensions extensions = new Extensions();
  private final RecentKeys bySerial = new RecentKeys();
  private final PushCallback callback;

  /** What is sent in whose name. */
  record Application(String id, String signName, String region, int perDay) {}

  TencentSms(
      ProviderKind.Surroundings surroundings,
      CloudHost host,
      Tc3Signature signature,
      Application application,
      Templates templates,
      CallbackSecret secret,
      boolean extend) {
    this.surroundings = surroundings;
    this.host = host;
    this.signature = signature;
    this.application = application;
    this.templates = templates;
    this.extend = extend;
    TencentPush push =
        new TencentPush(surroundings.name(), surroundings.reception(), extensions, bySerial);
    this.callback = new PushCallback(surroundings.name(), secret, WORDS, push::heard);
  }

  @Override
  public String name() {
    return surroundings.name();
  }

  @Override
  public Audience audience() {
    return Audience.PERSON;
  }

  @Override
  public List<Quota> quotas() {
    return List.of(
        new Quota(application.perDay(), Duration.ofDays(1), true),
        new Quota(3_000, Duration.ofSeconds(1), false));
  }

  @Override
  public Verdict submit(Notice notice) {
    Optional<Phone> phone = Phone.of(notice.address());
    if (phone.isEmpty()) {
      return new Verdict.Refused(
          Failure.NO_SUCH_ADDRESS, "the address is no number in E.164, like +86138…");
    }
    Optional<Templates.Filled> filled = templates.fill(notice);
    if (filled.isEmpty()) {
      return new Verdict.Refused(Failure.REFUSED, "there is no template for this");
    }
    try {
      CloudAnswer answer = call(message(notice, phone.get(), filled.get()));
      if (!answer.code().equals(TencentErrors.OK)) {
        return answer.refused(TencentErrors.failure(answer.code()));
      }
      String serial = Cut.whole(answer.json().path("SerialNo").asText(""), 64);
      if (!serial.isEmpty()) {
        bySerial.put(serial, notice.key());
      }
      return new Verdict.Accepted(serial);
    } catch (Http.NoAnswer noAnswer) {
      return noAnswer.verdict();
    } catch (ChatAnswer.Unusable unusable) {
      return unusable.verdict();
    }
  }

  private String message(Notice notice, Phone phone, Templates.Filled filled) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("PhoneNumberSet", List.of(phone.e164()));
    message.put("SmsSdkAppId", application.id());
    message.put("SignName", application.signName());
    message.put("TemplateId", filled.code());
    message.put("TemplateParamSet", filled.inOrder());
    if (notice.key().length() <= CONTEXT_LENGTH_MAX) {
      message.put("SessionContext", notice.key());
    }
    if (extend && notice.purpose() == Notice.Purpose.RING) {
      message.put("ExtendCode", extensions.of(phone, notice.key()));
    }
    return new String(ChatAnswer.bytes(message), StandardCharsets.UTF_8);
  }

  /** The code of the whole if it failed, else of its only number. */
  private CloudAnswer call(String body) throws Http.NoAnswer, ChatAnswer.Unusable {
    Instant now = surroundings.clock().wall();
    Tc3Signature.Call call = new Tc3Signature.Call(host.host(), host.path(), SERVICE, ACTION, body);
    Map<String, String> headers =
        Map.of(
            "Authorization",
            signature.authorization(call, now),
            "Content-Type",
            Tc3Signature.CONTENT_TYPE,
            "X-TC-Action",
            ACTION,
            "X-TC-Version",
            VERSION,
            "X-TC-Region",
            application.region(),
            "X-TC-Timestamp",
            Long.toString(now.getEpochSecond()));
    Http.Reply reply =
        surroundings.http().post(host.root(""), headers, body.getBytes(StandardCharsets.UTF_8));
    JsonNode response = CloudAnswer.json(reply).path("Response");
    JsonNode status =
        response.has("Error") ? response.path("Error") : response.path("SendStatusSet").path(0);
    String code = status.path("Code").asText("");
    if (code.isEmpty()) {
      throw CloudAnswer.unusable(reply);
    }
    return new CloudAnswer(code, status.path("Message").asText(""), status);
  }

  @Override
  public CompletionStage<Response> called(Request request) {
    return callback.called(request);
  }

  @Override
  public void close() {
    // The HTTP client belongs to whoever gave it.
  }
}
