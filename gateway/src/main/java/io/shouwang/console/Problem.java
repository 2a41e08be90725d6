package io.shouwang.console;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a request is not answered as asked: a problem detail (RFC 9457). Thrown by routes. */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String type;
  private final String title;
  private final transient Map<String, Object> more = new LinkedHashMap<>();
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  /**
   * A problem.
   *
   * @param type one word of ours that a program can tell it by
   * @param detail for a person, with the remedy; nothing of what was sent
   */
  Problem(int status, String type, String title, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.type = type;
    this.title = title;
  }

  Problem with(String name, Object value) {
    more.put(name, value);
    return this;
  }

  Problem header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  Map<String, Object> body() {
    return body(status, type, title, getMessage(), more);
  }

  static Map<String, Object> body(
      int status, String type, String title, @Nullable String detail, Map<String, Object> more) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "urn:shouwang:problem:" + type);
    body.put("title", title);
    body.put("status", status);
    if (detail != null) {
      body.put("detail", detail);
    }
    body.putAll(more);
    return body;
  }

  static Problem badRequest(String detail) {
    return new Problem(400, "bad-request", "The request can't be read", detail);
  }

  static Problem forbidden() {
    return new Problem(
        403, "forbidden", "You may not do this", "it takes a role that you don't have");
  }

  /** Also for what is there and not the caller's: whether it exists is nothing they may know. */
  static Problem notFound(String what) {
    return new Problem(
        404, "not-found", "Not found", "there is no such " + what + ", or it isn't yours to see");
  }

  static Problem tooLarge(long bytesMax) {
    return new Problem(
        413, "too-large", "The body is too long", "send at most " + bytesMax + " bytes");
  }

  static Problem busy(String detail) {
    return new Problem(503, "busy", "Not taken in", detail).header("Retry-After", "5");
  }
}
