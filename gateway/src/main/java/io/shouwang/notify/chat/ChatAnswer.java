package io.shouwang.notify.chat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.yaml.Escaped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a chat platform answered: JSON with an error code of its own, also when HTTP says 200.
 *
 * @param code 0 for success
 * @param words the platform's own, not yet cleaned
 */
public record ChatAnswer(int code, String words, JsonNode json) {
  public static final ObjectMapper JSON =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  .build())
          .build();

  private static final Duration RETRY_AFTER_MAX = Duration.ofHours(1);
  private static final int WORDS_LENGTH_MAX = 200;

  /** An answer that says nothing usable: the verdict it comes to. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Verdict.Refused verdict;

    public Unusable(Verdict.Refused verdict) {
      super(verdict.detail());
      this.verdict = verdict;
    }

    public Verdict.Refused verdict() {
      return verdict;
    }
  }

  /**
   * Reads an answer.
   *
   * @param codeKey {@code errcode} or {@code code}
   * @param wordsKey {@code errmsg} or {@code msg}
   */
  public static ChatAnswer read(Http.Reply reply, String codeKey, String wordsKey) throws Unusable {
    return read(reply, codeKey, wordsKey, false);
  }

  /** The same for a call that leaves its code out when all went well. */
  public static ChatAnswer readLenient(Http.Reply reply, String codeKey, String wordsKey)
      throws Unusable {
    return read(reply, codeKey, wordsKey, true);
  }

  private static ChatAnswer read(
      Http.Reply reply, String codeKey, String wordsKey, boolean codeMayBeMissing) throws Unusable {
    int status = reply.status();
    if (status == 429) {
      throw new Unusable(new Verdict.Refused(Failure.BUSY, "HTTP 429", retryAfter(reply)));
    }
    if (status >= 500) {
      throw new Unusable(new Verdict.Refused(Failure.BROKEN, "HTTP " + status, retryAfter(reply)));
    }
    JsonNode json;
    try {
      json = JSON.readTree(reply.body().bytes());
    } catch (IOException unreadable) {
      json = null;
    }
    JsonNode code = json == null ? null : json.get(codeKey);
    if (json != null && code != null && code.isInt()) {
      return new ChatAnswer(code.intValue(), json.path(wordsKey).asText(""), json);
    }
    if (status / 100 == 2 && codeMayBeMissing && json != null && json.isObject()) {
      return new ChatAnswer(0, "", json);
    }
    if (status / 100 == 2) {
      throw new Unusable(
          new Verdict.Refused(Failure.BROKEN, "HTTP " + status + " without an " + codeKey));
    }
    Failure failure =
        status == 401 || status == 403 || status == 404 || status / 100 == 3
            ? Failure.MISCONFIGURED
            : Failure.REFUSED;
    throw new Unusable(new Verdict.Refused(failure, "HTTP " + status));
  }

  /** How long a reply asks to wait, within reason; null if it does not say. */
  public static @Nullable Duration retryAfter(Http.Reply reply) {
    String seconds = reply.header("retry-after").orElse("");
    if (!seconds.matches("[0-9]{1,6}")) {
      return null;
    }
    Duration asked = Duration.ofSeconds(Integer.parseInt(seconds));
    return asked.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : asked;
  }

  /** The verdict of a code that isn't 0. */
  public Verdict.Refused refused(Failure failure) {
    return refused(failure, null);
  }

  public Verdict.Refused refused(Failure failure, @Nullable Duration retryAfter) {
    return new Verdict.Refused(failure, detail(), retryAfter);
  }

  /** Code and words, fit for a log or a timeline. */
  public String detail() {
    return code + " " + Escaped.line(Cut.characters(words, WORDS_LENGTH_MAX));
  }

  /** A value as JSON in UTF-8. */
  public static byte[] bytes(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JacksonException never) {
      throw new UncheckedIOException(never);
    }
  }
}
