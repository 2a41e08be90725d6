package io.shouwang.notify.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.notify.chat.AccessToken;
import io.shouwang.notify.chat.ChatAnswer;
import io.shouwang.notify.chat.Cut;
import io.shouwang.notify.chat.Sealed;
import io.shouwang.notify.chat.ServiceAddress;
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
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A WeCom application's messages to a member: a ring is a card with buttons, the rest is text. A
 * member gets at most 30 a minute and 1,000 an hour, and WeCom drops what is more without a word.
 * The same delivery twice within half an hour is one message (duplicate check). The address is the
 * member's UserID. What a button says comes back by {@link CardCallback}.
 */
final class WeComApp implements Provider, Callback {
  private static final int TEXT_BYTES_MAX = 2_048;
  private static final int DUPLICATE_CHECK_SECONDS = 1_800;
  private static final List<Quota> QUOTAS =
      List.of(
          new Quota(30, Duration.ofMinutes(1), true), new Quota(1_000, Duration.ofHours(1), true));

  private final ProviderKind.Surroundings surroundings;
  private final ServiceAddress address;
  private final Credentials credentials;
  private final AccessToken token;
  private final CardCallback callback;

  /** Who we are for WeCom. */
  record Credentials(String corporation, int agent, String secret) {
    @Override
    public String toString() {
      return corporation + " " + agent;
    }
  }

  WeComApp(
      ProviderKind.Surroundings surroundings,
      ServiceAddress address,
      Credentials credentials,
      Sealed sealed) {
    this.surroundings = surroundings;
    this.address = address;
    this.credentials = credentials;
    this.token = new AccessToken(surroundings.clock(), this::fetchToken);
    this.callback = new CardCallback(surroundings, sealed, this::tell);
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
    if (!notice.address().matches("[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}")
        || notice.address().equals("@all")) {
      return new Verdict.Refused(Failure.NO_SUCH_ADDRESS, "the address is no member's UserID");
    }
    try {
      ChatAnswer answer = post("/cgi-bin/message/send", message(notice));
      if (answer.code() != 0) {
        return answer.refused(WeComErrors.failure(answer.code()));
      }
      if (isNamed(answer.json(), "invaliduser") || isNamed(answer.json(), "unlicenseduser")) {
        return new Verdict.Refused(
            Failure.NO_SUCH_ADDRESS, "0 the member is unknown, or may not see the application");
      }
      return new Verdict.Accepted(
          notice.purpose() == Notice.Purpose.RING
              ? Card.task(notice.key())
              : Cut.whole(answer.json().path("msgid").asText(""), 128));
    } catch (Http.NoAnswer noAnswer) {
      return noAnswer.verdict();
    } catch (ChatAnswer.Unusable unusable) {
      return unusable.verdict();
    }
  }

  private static boolean isNamed(JsonNode json, String key) {
    return !json.path(key).asText("").isEmpty();
  }

  private Map<String, Object> message(Notice notice) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("touser", notice.address());
    message.put("agentid", credentials.agent());
    if (notice.purpose() == Notice.Purpose.RING) {
      message.put("msgtype", "template_card");
      message.put("template_card", Card.of(notice));
    } else {
      message.put("msgtype", "text");
      message.put(
          "text",
          Map.of(
              "content",
              Cut.message(
                  Cut.plain(Cut.line(notice.title())), // a text takes <a href> as a link
                  Cut.plain(Cut.withoutLink(notice.text(), notice.link())),
                  notice.link(),
                  TEXT_BYTES_MAX)));
    }
    message.put("enable_duplicate_check", 1);
    message.put("duplicate_check_interval", DUPLICATE_CHECK_SECONDS);
    return message;
  }

  /** Posts with a token, and once more with a new one if that was not taken. */
  private ChatAnswer post(String path, Map<String, Object> message)
      throws Http.NoAnswer, ChatAnswer.Unusable {
    String used = token.get();
    ChatAnswer answer = post(path, used, message);
    boolean isRefused =
        answer.code() == WeComErrors.INVALID_TOKEN || answer.code() == WeComErrors.EXPIRED_TOKEN;
    return isRefused ? post(path, token.after(used), message) : answer;
  }

  private ChatAnswer post(String path, String used, Map<String, Object> message)
      throws Http.NoAnswer, ChatAnswer.Unusable {
    Http.Reply reply =
        surroundings
            .http()
            .post(
                address.at(path, "access_token", used),
                Map.of("Content-Type", "application/json"),
                ChatAnswer.bytes(message));
    return ChatAnswer.read(reply, "errcode", "errmsg");
  }

  private AccessToken.Fetched fetchToken() throws Http.NoAnswer, ChatAnswer.Unusable {
    Http.Reply reply =
        surroundings
            .http()
            .get(
                address.at(
                    "/cgi-bin/gettoken",
                    "corpid",
                    credentials.corporation(),
                    "corpsecret",
                    credentials.secret()),
                Map.of());
    ChatAnswer answer = ChatAnswer.read(reply, "errcode", "errmsg");
    String fetched = answer.json().path("access_token").asText("");
    if (answer.code() != 0) {
      throw new ChatAnswer.Unusable(answer.refused(WeComErrors.failure(answer.code())));
    }
    if (fetched.isEmpty()) {
      throw new ChatAnswer.Unusable(
          new Verdict.Refused(Failure.BROKEN, "gettoken answers without a token"));
    }
    return new AccessToken.Fetched(
        fetched, Duration.ofSeconds(answer.json().path("expires_in").asInt(7_200)));
  }

  /** Replaces a card's buttons by what became of the press; null, or why it did not work. */
  private @Nullable String tell(String member, String responseCode, String words) {
    try {
      ChatAnswer answer =
          post(
              "/cgi-bin/message/update_template_card",
              Map.of(
                  "userids",
                  List.of(member),
                  "agentid",
                  credentials.agent(),
                  "response_code",
                  responseCode,
                  "button",
                  Map.of("replace_name", words)));
      return answer.code() == 0 ? null : answer.detail();
    } catch (Http.NoAnswer noAnswer) {
      return noAnswer.verdict().detail();
    } catch (ChatAnswer.Unusable unusable) {
      return unusable.verdict().detail();
    }
  }

  @Override
  public CompletionStage<Response> called(Request request) {
    return callback.called(request);
  }

  @Override
  public List<String> problems() {
    try {
      token.get();
      return List.of();
    } catch (Http.NoAnswer noAnswer) {
      return List.of("no access token: " + noAnswer.verdict().detail());
    } catch (ChatAnswer.Unusable unusable) {
      return List.of("no access token: " + unusable.verdict().detail());
    }
  }

  @Override
  public void close() {
    // The HTTP client belongs to whoever gave it.
  }
}
