package io.shouwang.notify.aliyun;

import io.shouwang.notify.chat.ChatAnswer;
import io.shouwang.notify.chat.Cut;
import io.shouwang.notify.cloud.CloudAnswer;
import io.shouwang.notify.cloud.Extensions;
import io.shouwang.notify.cloud.Phone;
import io.shouwang.notify.cloud.PushCallback;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Short messages through Aliyun (Dysmsapi 2017-05-25, SendSms), to mobile numbers of the mainland.
 * The delivery's key travels as OutId and comes back in the report. A notification's template goes
 * to one number at most 50 times in 24 hours, the account at most 5,000 times a second; only
 * verification codes know limits by the minute. SendSms is not idempotent: after a time-out the
 * same message may go out twice.
 */
final class AliyunSms implements Provider, Callback {
  private static final int OUT_ID_LENGTH_MAX = 255;
  private static final List<Quota> QUOTAS =
      List.of(
          new Quota(50, Duration.ofDays(1), true), new Quota(5_000, Duration.ofSeconds(1), false));

  private final ProviderKind.Surroundings surroundings;
  private final AliyunAccount account;
  private final Templates templates;
  private final String signName;
  private final boolean extend;
  private final Extensions extensions = new Extensions();
  private final PushCallback callback;

  AliyunSms(
      ProviderKind.Surroundings surroundings,
      AliyunAccount account,
      Templates templates,
      String signName,
      boolean extend) {
    this.surroundings = surroundings;
    this.account = account;
    this.templates = templates;
    this.signName = signName;
    this.extend = extend;
    SmsPush push = new SmsPush(surroundings.name(), surroundings.reception(), extensions);
    this.callback =
        new PushCallback(
            surroundings.name(), account.callbackSecret(), AliyunAccount.WORDS, push::heard);
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
    return QUOTAS;
  }

  @Override
  public Verdict submit(Notice notice) {
    Optional<Phone> phone = Phone.of(notice.address());
    Optional<String> mobile = phone.flatMap(Phone::mainlandMobile);
    if (mobile.isEmpty()) {
      return new Verdict.Refused(
          Failure.NO_SUCH_ADDRESS, "the address is no mobile number of the mainland, like +86138…");
    }
    Optional<Templates.Filled> filled = templates.fill(notice);
    if (filled.isEmpty()) {
      return new Verdict.Refused(Failure.REFUSED, "there is no template for this");
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("PhoneNumbers", mobile.get());
    parameters.put("SignName", signName);
    parameters.put("TemplateCode", filled.get().code());
    parameters.put("TemplateParam", json(filled.get().values()));
    if (notice.key().length() <= OUT_ID_LENGTH_MAX) {
      parameters.put("OutId", notice.key());
    }
    if (extend && notice.purpose() == Notice.Purpose.RING) {
      parameters.put("SmsUpExtendCode", extensions.of(phone.get(), notice.key()));
    }
    try {
      CloudAnswer answer = account.call(surroundings, "SendSms", parameters);
      return answer.code().equals(AliyunErrors.OK)
          ? new Verdict.Accepted(Cut.whole(answer.json().path("BizId").asText(""), 64))
          : answer.refused(AliyunErrors.failure(answer.code()));
    } catch (Http.NoAnswer noAnswer) {
      return noAnswer.verdict();
    } catch (ChatAnswer.Unusable unusable) {
      return unusable.verdict();
    }
  }

  static String json(Map<String, String> values) {
    return new String(ChatAnswer.bytes(values), StandardCharsets.UTF_8);
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
