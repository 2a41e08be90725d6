package io.shouwang.notify.feishu;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A Feishu group's robot, with an interactive card. Each call is signed: HMAC-SHA256 over nothing,
 * with the time in seconds, a line feed and the secret as its key. A message has at most 20 KB; 100
 * a minute and 5 a second. Answers come back by the card's link.
 */
final class FeishuRobot implements Provider {
  static final int BODY_BYTES_MAX = 20_000;
  private static final int TITLE_BYTES_MAX = 512;
  private static final Duration CROWDED = Duration.ofSeconds(5);
  private static final List<Quota> QUOTAS =
      List.of(
          new Quota(100, Duration.ofMinutes(1), false), new Quota(5, Duration.ofSeconds(1), false));

  private final ProviderKind.Surroundings surroundings;
  private final ServiceAddress address;
  private final String hook;
  private final String secret;

  FeishuRobot(
      ProviderKind.Surroundings surroundings, ServiceAddress address, String hook, String secret) {
    this.surroundings = surroundings;
    this.address = address;
    this.hook = hook;
    this.secret = secret;
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
    try {
      Http.Reply reply =
          surroundings
              .http()
              .post(
                  address.at("/open-apis/bot/v2/hook/" + hook),
                  Map.of("Content-Type", "application/json; charset=utf-8"),
                  body(notice));
      ChatAnswer answer = ChatAnswer.read(reply, "code", "msg");
      return answer.code() == 0 ? new Verdict.Accepted(messageId(answer.json())) : refused(answer);
    } catch (Http.NoAnswer noAnswer) {
      return noAnswer.verdict();
    } catch (ChatAnswer.Unusable unusable) {
      return unusable.verdict();
    }
  }

  private static String messageId(JsonNode json) {
    return Cut.whole(json.path("data").path("message_id").asText(""), 64);
  }

  /** 9499 is both "bad request" and "too many requests"; its words tell. */
  private static Verdict.Refused refused(ChatAnswer answer) {
    boolean isTooMany = answer.words().toLowerCase(Locale.ROOT).contains("too many");
    return switch (answer.code()) {
      case 11232, 11247 -> answer.refused(Failure.BUSY, CROWDED);
      case 9499 ->
          isTooMany ? answer.refused(Failure.BUSY, CROWDED) : answer.refused(Failure.REFUSED);
      case 19001, 19005, 19021, 19022, 19024 -> answer.refused(Failure.MISCONFIGURED);
      default -> answer.refused(Failure.REFUSED);
    };
  }

  static String signature(long epochSeconds, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = (epochSeconds + "\n" + secret).getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException(never);
    }
  }

  private byte[] body(Notice notice) {
    String title = Cut.bytes(Cut.line(notice.title()), TITLE_BYTES_MAX);
    String text = Cut.plain(Cut.withoutLink(notice.text(), notice.link()));
    byte[] body = body(notice, title, text);
    while (body.length > BODY_BYTES_MAX && !text.isEmpty()) {
      int length = text.getBytes(StandardCharsets.UTF_8).length;
      text = Cut.bytes(text, Math.max(0, length - (body.length - BODY_BYTES_MAX)));
      body = body(notice, title, text);
    }
    return body;
  }

  private byte[] body(Notice notice, String title, String text) {
    long now = surroundings.clock().wall().getEpochSecond();
    List<Object> elements = new ArrayList<>();
    elements.add(Map.of("tag", "markdown", "content", text));
    if (!notice.link().isEmpty()) {
      String word = notice.language().equals("en") ? "Open and answer" : "打开并回复";
      elements.add(
          Map.of(
              "tag",
              "action",
              "actions",
              List.of(
                  Map.of(
                      "tag",
                      "button",
                      "text",
                      Map.of("tag", "plain_text", "content", word),
                      "type",
                      "primary",
                      "url",
                      notice.link()))));
    }
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("config", Map.of("wide_screen_mode", true));
    card.put(
        "header",
        Map.of(
            "title",
            Map.of("tag", "plain_text", "content", title),
            "template",
            notice.exercise() ? "blue" : notice.urgent() ? "red" : "grey"));
    card.put("elements", elements);
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("timestamp", Long.toString(now));
    message.put("sign", signature(now, secret));
    message.put("msg_type", "interactive");
    message.put("card", card);
    return ChatAnswer.bytes(message);
  }

  @Override
  public void close() {
    surroundings.http().close();
  }
}
