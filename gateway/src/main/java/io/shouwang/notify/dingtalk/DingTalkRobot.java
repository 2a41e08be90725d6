package io.shouwang.notify.dingtalk;

import io.shouwang.notify.chat.ChatAnswer;
import io.shouwang.notify.chat.Cut;
import io.shouwang.notify.chat.ServiceAddress;
import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A DingTalk group's robot. Each call is signed: HMAC-SHA256 with the secret over the time in
 * milliseconds, a line feed and the secret. A message has at most 20,000 bytes; more than 20 a
 * minute and the robot is silenced for ten. Answers come back by the link alone.
 */
final class DingTalkRobot implements Provider {
  static final int BODY_BYTES_MAX = 20_000;
  static final Duration SILENCED = Duration.ofMinutes(10);
  private static final int TITLE_BYTES_MAX = 512;
  private static final List<Quota> QUOTAS = List.of(new Quota(20, Duration.ofMinutes(1), false));

  private final ProviderKind.Surroundings surroundings;
  private final ServiceAddress address;
  private final String token;
  private final String secret;
  private final List<String> mentioned;

  DingTalkRobot(
      ProviderKind.Surroundings surroundings,
      ServiceAddress address,
      String token,
      String secret,
      List<String> mentioned) {
    this.surroundings = surroundings;
    this.address = address;
    this.token = token;
    this.secret = secret;
    this.mentioned = mentioned;
  }

  @Override
  public String name() {
    return surroundings.name();
  }

  @Override
  public Audience audience() {
    return Audience.GROUP;
  }

  @Override
  public List<Quota> quotas() {
    return QUOTAS;
  }

  @Override
  public Verdict submit(Notice notice) {
    long now = surroundings.clock().wall().toEpochMilli();
    try {
      Http.Reply reply =
          surroundings
              .http()
              .post(
                  address.at(
                      "/robot/send",
                      "access_token",
                      token,
                      "timestamp",
                      Long.toString(now),
                      "sign",
                      signature(now, secret)),
                  Map.of("Content-Type", "application/json"),
                  body(notice));
      ChatAnswer answer = ChatAnswer.read(reply, "errcode", "errmsg");
      return switch (answer.code()) {
        case 0 -> new Verdict.Accepted("");
        case 130101, 410100 -> answer.refused(Failure.BUSY, SILENCED);
        default -> answer.refused(failure(answer.code()));
      };
    } catch (Http.NoAnswer noAnswer) {
      return noAnswer.verdict();
    } catch (ChatAnswer.Unusable unusable) {
      return unusable.verdict();
    }
  }

  /** The signature, not yet encoded for the query. */
  static String signature(long epochMillis, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] text = (epochMillis + "\n" + secret).getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(mac.doFinal(text));
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException(never);
    }
  }

  private static Failure failure(int code) {
    return switch (code) {
      case -1 -> Failure.BUSY;
      case 300001, 310000, 400013, 400101, 400102, 400106 -> Failure.MISCONFIGURED;
      default -> Failure.REFUSED;
    };
  }

  private byte[] body(Notice notice) {
    String title = Cut.bytes(Cut.plain(Cut.line(notice.title())), TITLE_BYTES_MAX);
    // A single line feed is none in DingTalk's Markdown.
    String text = Cut.plain(Cut.withoutLink(notice.text(), notice.link())).replace("\n", "  \n");
    String calls = calls(notice);
    byte[] body = body(notice, title, text, calls);
    while (body.length > BODY_BYTES_MAX) {
      int length = text.getBytes(StandardCharsets.UTF_8).length;
      text = Cut.bytes(text, Math.max(0, length - (body.length - BODY_BYTES_MAX)));
      body = body(notice, title, text, calls);
      if (text.isEmpty()) {
        break;
      }
    }
    return body;
  }

  /** Only who is named in the text is called by the list beside it. */
  private String calls(Notice notice) {
    return notice.purpose() == Notice.Purpose.RING && !mentioned.isEmpty()
        ? "\n\n@" + String.join(" @", mentioned)
        : "";
  }

  private byte[] body(Notice notice, String title, String text, String calls) {
    String link =
        notice.link().isEmpty() ? "" : "\n\n[" + word(notice) + "](" + notice.link() + ")";
    return ChatAnswer.bytes(
        Map.of(
            "msgtype",
            "markdown",
            "markdown",
            Map.of("title", title, "text", "#### " + title + "\n\n" + text + link + calls),
            "at",
            Map.of("atMobiles", calls.isEmpty() ? List.of() : mentioned, "isAtAll", false)));
  }

  private static String word(Notice notice) {
    return notice.language().equals("en") ? "Open and answer" : "打开并回复";
  }

  @Override
  public void close() {
    surroundings.http().close();
  }
}
