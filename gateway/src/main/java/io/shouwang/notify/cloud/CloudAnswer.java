package io.shouwang.notify.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.notify.chat.ChatAnswer;
import io.shouwang.notify.chat.Cut;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.yaml.Escaped;
import java.io.IOException;

/**
 * What a cloud's interface answered: JSON with a code in words, with HTTP 200 as with any other.
 *
 * @param code {@code OK} or what went wrong
 * @param words the provider's own, not yet cleaned
 */
public record CloudAnswer(String code, String words, JsonNode json) {
  private static final int WORDS_LENGTH_MAX = 200;
  private static final int CODE_LENGTH_MAX = 100;

  /** The JSON object of an answer. */
  public static JsonNode json(Http.Reply reply) throws ChatAnswer.Unusable {
    if (reply.status() == 429) {
      throw new ChatAnswer.Unusable(
          new Verdict.Refused(Failure.BUSY, "HTTP 429", ChatAnswer.retryAfter(reply)));
    }
    JsonNode json;
    try {
      json = ChatAnswer.JSON.readTree(reply.body().bytes());
    } catch (IOException unreadable) {
      json = null;
    }
    if (json == null || !json.isObject()) {
      throw unusable(reply);
    }
    return json;
  }

  /** An answer without a code that could be understood: what its status comes to. */
  public static ChatAnswer.Unusable unusable(Http.Reply reply) {
    int status = reply.status();
    Failure failure =
        status >= 500 || status / 100 == 2
            ? Failure.BROKEN
            : status == 401 || status == 403 || status == 404 || status / 100 == 3
                ? Failure.MISCONFIGURED
                : Failure.REFUSED;
    String what = "HTTP " + status + (status / 100 == 2 ? " without a code" : "");
    return new ChatAnswer.Unusable(
        new Verdict.Refused(failure, what, ChatAnswer.retryAfter(reply)));
  }

  /** The verdict of it. Providers like to repeat the number in their words; it is left out. */
  public Verdict.Refused refused(Failure failure) {
    String said = words.replaceAll("[0-9]{7,}", "…");
    return new Verdict.Refused(
        failure,
        Escaped.line(Cut.characters(code, CODE_LENGTH_MAX))
            + " "
            + Escaped.line(Cut.characters(said, WORDS_LENGTH_MAX)));
  }
}
