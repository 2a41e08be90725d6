package io.shouwang.notify.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.shouwang.host.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A chat platform on loopback: checks what a real one checks, and misbehaves when told to. */
public abstract class ChatFake implements AutoCloseable {

  /** How it behaves towards messages; tokens are always given. */
  public enum Mood {
    WELL,
    SAYS_500,
    SAYS_429,
    HANGS,
    HALF_OPEN,
    CUTS_OFF,
    GARBAGE,
    OVERSIZED
  }

  /**
   * What came in.
   *
   * @param headers by name in lower case
   * @param rawQuery as it stood in the request line; empty if there was none
   * @param rawBody as it was read
   */
  public record Call(
      String method,
      String path,
      Map<String, String> query,
      JsonNode body,
      Map<String, String> headers,
      String rawQuery,
      String rawBody) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Deque<Instant> taken = new ArrayDeque<>();
  protected final Clock clock;
  public final List<Call> calls = new CopyOnWriteArrayList<>();
  private boolean isListening;
  public volatile Mood mood = Mood.WELL;

  /** Said to the next message in place of its own answer. */
  public volatile @Nullable String instead;

  protected ChatFake(Clock clock) throws IOException {
    this.clock = clock;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
  }

  /** Its address; from the first time on it listens. */
  public synchronized String url() {
    if (!isListening) {
      isListening = true;
      server.createContext("/", this::handle);
      server.start();
    }
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What it answers to a call, as JSON. */
  protected abstract String answer(Call call);

  /** The HTTP status that goes with an answer. */
  protected int status(String answer) {
    return 200;
  }

  /** Whether this is a call that moods apply to. */
  protected boolean isMessage(Call call) {
    return call.method().equals("POST");
  }

  /** Counts a message; false if there are more than so many within the time. */
  protected final synchronized boolean isWithin(int most, Duration within) {
    Instant from = clock.wall().minus(within);
    while (!taken.isEmpty() && !taken.getFirst().isAfter(from)) {
      taken.removeFirst();
    }
    if (taken.size() >= most) {
      return false;
    }
    taken.addLast(clock.wall());
    return true;
  }

  public List<Call> messages() {
    return calls.stream().filter(this::isMessage).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Map<String, String> query = new HashMap<>();
      String raw = exchange.getRequestURI().getRawQuery();
      if (raw != null) {
        for (String part : raw.split("&", -1)) {
          int is = part.indexOf('=');
          query.put(
              part.substring(0, is),
              URLDecoder.decode(part.substring(is + 1), StandardCharsets.UTF_8));
        }
      }
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      Call call =
          new Call(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              query,
              ChatAnswer.JSON.readTree(body),
              headers,
              raw == null ? "" : raw,
              new String(body, StandardCharsets.UTF_8));
      calls.add(call);
      if (!isMessage(call)) {
        say(exchange, 200, answer(call));
        return;
      }
      String said = instead;
      if (said != null) {
        instead = null;
        say(exchange, 200, said);
        return;
      }
      switch (mood) {
        case WELL -> {
          String answer = answer(call);
          say(exchange, status(answer), answer);
        }
        case SAYS_500 -> say(exchange, 500, "{\"errcode\":0,\"code\":0}");
        case SAYS_429 -> {
          exchange.getResponseHeaders().add("Retry-After", "7");
          say(exchange, 429, "slow down");
        }
        case HANGS -> awaitClose();
        case HALF_OPEN -> {
          exchange.sendResponseHeaders(200, 100);
          OutputStream out = exchange.getResponseBody();
          out.write("{\"err".getBytes(StandardCharsets.UTF_8));
          out.flush();
          awaitClose();
        }
        case CUTS_OFF -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().flush();
        }
        case GARBAGE -> say(exchange, 200, "<html>well</html>");
        case OVERSIZED ->
            say(exchange, 200, "{\"errcode\":0,\"x\":\"" + "x".repeat(400_000) + "\"}");
      }
    } catch (IOException gone) {
      // The client gave up, which is what a mood is there for.
      throw new UncheckedIOException(gone);
    }
  }

  private void awaitClose() {
    try {
      if (!closing.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody closed this fake");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
