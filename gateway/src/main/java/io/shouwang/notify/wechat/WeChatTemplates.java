package io.shouwang.notify.wechat;

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
 * A WeChat service account's template messages. The address is a follower's openid. A tap opens the
 * signed page; whether it arrived, {@link FinishCallback} hears. 100,000 a day; the same delivery
 * twice within ten minutes is one message (client_msg_id).
 */
final class WeChatTemplates implements Provider, Callback {
  private static final List<Quota> QUOTAS = List.of(new Quota(100_000, Duration.ofDays(1), false));

  private final ProviderKind.Surroundings surroundings;
  private final ServiceAddress address;
  private final Credentials credentials;
  private final Templates templates;
  private final FinishCallback callback;
  private final AccessToken token;

  /** Who we are for WeChat. */
  record Credentials(String app, String secret) {
    @Override
    public String toString() {
      return app;
    }
  }

  /**
   * By what a message is for.
   *
   * @param verify null if addresses are not verified this way
   */
  record Templates(Template ring, Template news, @Nullable Template verify) {
    @Nullable Template of(Notice.Purpose purpose) {
      return switch (purpose) {
        case RING, TEST -> ring;
        case NEWS -> news;
        case VERIFY -> verify;
      };
    }
  }

  WeChatTemplates(
      ProviderKind.Surroundings surroundings,
      ServiceAddress address,
      Credentials credentials,
      Templates templates,
      FinishCallback callback) {
    this.surroundings = surroundings;
    this.address = address;
    this.credentials = credentials;
    this.templates = templates;
    this.callback = callback;
    this.token = new AccessToken(surroundings.clock(), this::fetchToken);
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
    if (!notice.address().matches("[A-Za-z0-9_-]{10,64}")) {
      return new Verdict.Refused(Failure.NO_SUCH_ADDRESS, "the address is no openid");
    }
    Template template = templates.of(notice.purpose());
    if (template == null) {
      return new Verdict.Refused(Failure.MISCONFIGURED, "no template to verify an address with");
    }
    Template.Filled filled = template.fill(notice);
    if (filled.missing() != null) {
      return new Verdict.Refused(
          Failure.MISCONFIGURED,
          "nothing to say in " + filled.missing() + "; give it a text behind | in channels.yaml");
    }
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("touser", notice.address());
    message.put("template_id", template.id());
    if (!notice.link().isEmpty()) {
      message.put("url", notice.link());
    }
    message.put("client_msg_id", Sealed.name(notice.key()));
    message.put("data", filled.data());
    try {
      ChatAnswer answer = post(message);
      return answer.code() == 0
          ? new Verdict.Accepted(Cut.whole(answer.json().path("msgid").asText(""), 64))
          : answer.refused(failure(answer.code()));
    } catch (Http.NoAnswer noAnswer) {
      return noAnswer.verdict();
    } catch (ChatAnswer.Unusable unusable) {
      return unusable.verdict();
    }
  }

  private static Failure failure(int code) {
    return switch (code) {
      case -1, 45011 -> Failure.BUSY;
      case 45009 -> Failure.QUOTA;
      case 43004, 43101 -> Failure.BLOCKED;
      case 40003 -> Failure.NO_SUCH_ADDRESS;
      case 40001, 40013, 40014, 40037, 40125, 40164, 41001, 42001, 48001, 48004, 50001, 50002 ->
          Failure.MISCONFIGURED;
      default -> Failure.REFUSED;
    };
  }

  /** Posts with a token, and once more with a new one if that was not taken. */
  private ChatAnswer post(Map<String, Object> message) throws Http.NoAnswer, ChatAnswer.Unusable {
    String used = token.get();
    ChatAnswer answer = post(used, message);
    return switch (answer.code()) {
      case 40001, 40014, 42001 -> post(token.after(used), message);
      default -> answer;
    };
  }

  private ChatAnswer post(String used, Map<String, Object> message)
      throws Http.NoAnswer, ChatAnswer.Unusable {
    Http.Reply reply =
        surroundings
            .http()
            .post(
                address.at("/cgi-bin/message/template/send", "access_token", used),
                Map.of("Content-Type", "application/json"),
                ChatAnswer.bytes(message));
    return ChatAnswer.read(reply, "errcode", "errmsg");
  }

  /** Never forces a new one: that would take the token away from everybody else who has it. */
  private AccessToken.Fetched fetchToken() throws Http.NoAnswer, ChatAnswer.Unusable {
    Http.Reply reply =
        surroundings
            .http()
            .post(
                address.at("/cgi-bin/stable_token"),
                Map.of("Content-Type", "application/json"),
                ChatAnswer.bytes(
                    Map.of(
                        "grant_type",
                        "client_credential",
                        "appid",
                        credentials.app(),
                        "secret",
                        credentials.secret(),
                        "force_refresh",
                        false)));
    ChatAnswer answer = ChatAnswer.readLenient(reply, "errcode", "errmsg");
    String fetched = answer.json().path("access_token").asText("");
    if (answer.code() != 0) {
      throw new ChatAnswer.Unusable(answer.refused(failure(answer.code())));
    }
    if (fetched.isEmpty()) {
      throw new ChatAnswer.Unusable(
          new Verdict.Refused(Failure.BROKEN, "stable_token answers without a token"));
    }
    return new AccessToken.Fetched(
        fetched, Duration.ofSeconds(answer.json().path("expires_in").asInt(7_200)));
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
    surroundings.http().close();
  }
}
