package io.shouwang.notify.provider;

import io.shouwang.model.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * HTTP towards one provider: a time limit on the whole exchange, a bound on what is read, no
 * redirects, a proxy where the network has one. Any thread; blocks.
 */
public final class Http implements AutoCloseable {
  static final int ANSWER_BYTES_MAX = 256 * 1024;

  private final HttpClient client;
  private final Duration limit;

  /**
   * @param limit for the whole exchange
   * @param proxy null for none
   */
  public Http(Duration limit, @Nullable InetSocketAddress proxy) {
    this.limit = limit;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(limit)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    this.client = proxy == null ? builder.build() : builder.proxy(ProxySelector.of(proxy)).build();
  }

  /** How long one attempt may take, also where it goes by another protocol. */
  public Duration limit() {
    return limit;
  }

  /** What came back, whatever the status. */
  public record Reply(int status, Map<String, String> headers, Payload body) {
    public Reply {
      headers = Map.copyOf(headers);
    }

    /** A header, by its name in lower case. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /** No answer came. */
  public static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1;
    private final Failure failure;

    NoAnswer(Failure failure, String detail) {
      super(detail);
      this.failure = failure;
    }

    /** {@link Failure#UNREACHABLE} or {@link Failure#TIMED_OUT}. */
    public Verdict.Refused verdict() {
      return new Verdict.Refused(failure, String.valueOf(getMessage()));
    }
  }

  public Reply get(URI uri, Map<String, String> headers) throws NoAnswer {
    return exchange("GET", uri, headers, new byte[0]);
  }

  public Reply post(URI uri, Map<String, String> headers, byte[] body) throws NoAnswer {
    return exchange("POST", uri, headers, body);
  }

  private Reply exchange(String method, URI uri, Map<String, String> headers, byte[] body)
      throws NoAnswer {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body))
            .timeout(limit);
    headers.forEach(request::header);
    CompletableFuture<Reply> reply =
        client
            .sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
            .thenApplyAsync(Http::read, Thread::startVirtualThread);
    try {
      return reply.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | CancellationException e) {
      reply.cancel(true);
      throw new NoAnswer(Failure.TIMED_OUT, "no answer within " + limit.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswer(Failure.TIMED_OUT, "interrupted");
    } catch (ExecutionException e) {
      throw noAnswer(e.getCause());
    }
  }

  private static NoAnswer noAnswer(@Nullable Throwable cause) {
    if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
      return new NoAnswer(Failure.TIMED_OUT, "no answer in time");
    }
    if (cause instanceof TooLong) {
      return new NoAnswer(Failure.TIMED_OUT, "the answer is longer than " + ANSWER_BYTES_MAX);
    }
    String what = cause == null ? "" : cause.getClass().getSimpleName();
    return new NoAnswer(Failure.UNREACHABLE, what.toLowerCase(Locale.ROOT));
  }

  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static Reply read(HttpResponse<InputStream> response) {
    Map<String, String> headers = new HashMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    try (InputStream in = response.body()) {
      byte[] body = in.readNBytes(ANSWER_BYTES_MAX + 1);
      if (body.length > ANSWER_BYTES_MAX) {
        throw new TooLong();
      }
      return new Reply(response.statusCode(), headers, Payload.of(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
