package io.shouwang.notify.aliyun;

import io.shouwang.notify.chat.ChatAnswer;
import io.shouwang.notify.chat.Cut;
import io.shouwang.notify.cloud.CloudAnswer;
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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Calls through Aliyun (Dyvmsapi 2017-05-25), to numbers of the mainland. What is only told is
 * announced (SingleCallByTts); what asks somebody to come takes a key where the account is set up
 * for it (IvrCall): 1 accepts, 2 declines. One number is called once a minute, 5 times an hour and
 * 20 times in 24 hours; calls that fail count as well.
 */
final class AliyunVoice implements Provider, Callback {
  private static final Duration KEY_WAIT = Duration.ofSeconds(8);
  private static final List<Quota> PER_CALLEE =
      List.of(
          new Quota(1, Duration.ofMinutes(1), true),
          new Quota(5, Duration.ofHours(1), true),
          new Quota(20, Duration.ofDays(1), true));
  private static final Quota ANNOUNCED = new Quota(1_000, Duration.ofSeconds(1), false);
  private static final Quota ASKED = new Quota(100, Duration.ofSeconds(1), false);

  private final ProviderKind.Surroundings surroundings;
  private final AliyunAccount account;
  private final Templates templates;
  private final Manner manner;
  private final PushCallback callback;

  /**
   * How it calls.
   *
   * @param shownNumber whose number the callee sees; empty for a shared one
   * @param times that the text is said
   * @param keys what is said after a key, by language and key; empty if none is asked for
   */
  record Manner(String shownNumber, int times, Map<String, SortedMap<String, String>> keys) {
    Manner {
      keys = Map.copyOf(keys);
    }

    boolean asks(Notice notice) {
      return !keys.isEmpty()
          && switch (notice.purpose()) {
            case RING, TEST -> true;
            case NEWS, VERIFY -> false;
          };
    }

    SortedMap<String, String> keys(String language) {
      return keys.getOrDefault(language, keys.getOrDefault("zh", new TreeMap<>()));
    }
  }

  AliyunVoice(
      ProviderKind.Surroundings surroundings,
      AliyunAccount account,
      Templates templates,
      Manner manner) {
    this.surroundings = surroundings;
    this.account = account;
    this.templates = templates;
    this.manner = manner;
    VoicePush push = new VoicePush(surroundings.name(), surroundings.reception());
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
    return List.of(
        PER_CALLEE.get(0),
        PER_CALLEE.get(1),
        PER_CALLEE.get(2),
        manner.keys().isEmpty() ? ANNOUNCED : ASKED);
  }

  @Override
  public Verdict submit(Notice notice) {
    Optional<String> number = Phone.of(notice.address()).flatMap(Phone::mainlandLine);
    if (number.isEmpty()) {
      return new Verdict.Refused(
          Failure.NO_SUCH_ADDRESS, "the address is no number of the mainland, like +86138…");
    }
    Optional<Templates.Filled> filled = templates.fill(notice);
    if (filled.isEmpty()) {
      return new Verdict.Refused(Failure.REFUSED, "there is no template for this");
    }
    boolean asks = manner.asks(notice);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("CalledNumber", number.get());
    if (!manner.shownNumber().isEmpty()) {
      parameters.put("CalledShowNumber", manner.shownNumber());
    }
    parameters.put("PlayTimes", Integer.toString(manner.times()));
    PackedKey.pack(notice.key()).ifPresent(key -> parameters.put("OutId", key));
    parameters.put(asks ? "StartCode" : "TtsCode", filled.get().code());
    parameters.put(asks ? "StartTtsParams" : "TtsParam", AliyunSms.json(filled.get().values()));
    if (asks) {
      parameters.put("Timeout", Long.toString(KEY_WAIT.toMillis()));
      int place = 0;
      for (Map.Entry<String, String> key : manner.keys(notice.language()).entrySet()) {
        place++;
        parameters.put("MenuKeyMap." + place + ".Key", key.getKey());
        parameters.put("MenuKeyMap." + place + ".Code", key.getValue());
      }
    }
    try {
      CloudAnswer answer =
          account.call(surroundings, asks ? "IvrCall" : "SingleCallByTts", parameters);
      return answer.code().equals(AliyunErrors.OK)
          ? new Verdict.Accepted(Cut.whole(answer.json().path("CallId").asText(""), 64))
          : answer.refused(AliyunErrors.failure(answer.code()));
    } catch (Http.NoAnswer noAnswer) {
      return noAnswer.verdict();
    } catch (ChatAnswer.Unusable unusable) {
      return unusable.verdict();
    }
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
