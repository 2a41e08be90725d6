package io.shouwang.notify.wecom;

import io.shouwang.notify.chat.ChatAnswer;
import io.shouwang.notify.chat.Cut;
import io.shouwang.notify.chat.ServiceAddress;
import io.shouwang.notify.provider.Audience;
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

/**
 * A WeCom group's robot: whoever has its key may speak. Text of at most 2,048 bytes or Markdown of
 * at most 4,096, 20 messages a minute. Answers come back by the link alone.
 */
final class WeComRobot implements Provider {
  static final int TEXT_BYTES_MAX = 2_048;
  static final int MARKDOWN_BYTES_MAX = 4_096;
  private static final List<Quota> QUOTAS = List.of(new Quota(20, Duration.ofMinutes(1), false));

  private final ProviderKind.Surroundings surroundings;
  private final ServiceAddress address;
  private final String key;
  private final boolean asText;
  private final List<String> mentioned;

  WeComRobot(
      ProviderKind.Surroundings surroundings,
      ServiceAddress address,
      String key,
      boolean asText,
      List<String> mentioned) {
    this.surroundings = surroundings;
    this.address = address;
    this.key = key;
    this.asText = asText;
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
    try {
      Http.Reply reply =
          surroundings
              .http()
              .post(
                  address.at("/cgi-bin/webhook/send", "key", key),
                  Map.of("Content-Type", "application/json"),
                  ChatAnswer.bytes(asText ? text(notice) : markdown(notice)));
      ChatAnswer answer = ChatAnswer.read(reply, "errcode", "errmsg");
      return answer.code() == 0
          ? new Verdict.Accepted("")
          : answer.refused(WeComErrors.failure(answer.code()));
    } catch (Http.NoAnswer noAnswer) {
      return noAnswer.verdict();
    } catch (ChatAnswer.Unusable unusable) {
      return unusable.verdict();
    }
  }

  private Map<String, Object> text(Notice notice) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put(
        "content",
        Cut.message(
            Cut.plain(Cut.line(notice.title())),
            Cut.plain(Cut.withoutLink(notice.text(), notice.link())),
            notice.link(),
            TEXT_BYTES_MAX));
    if (notice.purpose() == Notice.Purpose.RING && !mentioned.isEmpty()) {
      text.put("mentioned_mobile_list", mentioned);
    }
    return Map.of("msgtype", "text", "text", text);
  }

  private static Map<String, Object> markdown(Notice notice) {
    String title = "**" + Cut.plain(Cut.bytes(Cut.line(notice.title()), 512)) + "**";
    String text = Cut.plain(Cut.withoutLink(notice.text(), notice.link()));
    String content = Cut.message(title, text, notice.link(), MARKDOWN_BYTES_MAX);
    return Map.of("msgtype", "markdown", "markdown", Map.of("content", content));
  }

  @Override
  public void close() {
    // The HTTP client belongs to whoever gave it.
  }
}
