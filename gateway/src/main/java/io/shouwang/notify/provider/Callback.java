package io.shouwang.notify.provider;

import io.shouwang.model.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * A provider that calls us back over HTTP, at {@code /callbacks/{channel}} of a listener of its
 * own. It proves who is calling before anything else is looked at; limits on size, rate and time
 * hold before it is asked.
 */
public interface Callback {

  /** Any thread. Completes when what was said is on disk. */
  CompletionStage<Response> called(Request request);

  /**
   * What was asked.
   *
   * @param query parameters, decoded, the first of each name
   * @param headers by name in lower case
   */
  record Request(
      String method, Map<String, String> query, Map<String, String> headers, Payload body) {
    public Request {
      query = Map.copyOf(query);
      headers = Map.copyOf(headers);
    }
  }

  /** What the provider expects to hear. */
  record Response(int status, String contentType, Payload body) {
    public static Response of(int status, String text) {
      return new Response(
          status, "text/plain; charset=utf-8", Payload.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static Response json(int status, String json) {
      return new Response(
          status, "application/json", Payload.of(json.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
