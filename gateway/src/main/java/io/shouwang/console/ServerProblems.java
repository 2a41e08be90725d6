package io.shouwang.console;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * What the server itself refuses, before any route sees it, as a problem detail too. Repeats
 * nothing of what was sent.
 */
final class ServerProblems extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    SecurityHeaders.ALL.forEach(headers::put);
    response.write(true, body(response.getStatus()), callback);
    return true;
  }

  static Map<String, Object> tree(int status) {
    return Problem.body(status, "http-" + status, HttpStatus.getMessage(status), null, Map.of());
  }

  private static ByteBuffer body(int status) {
    return ByteBuffer.wrap(JsonWriter.bytes(tree(status)));
  }
}
