package io.shouwang.levels;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Another gateway, made of the JDK's server: it checks signatures, and misbehaves on demand. */
final class Peer implements AutoCloseable {
  private final HttpServer server;
  final List<JsonNode> events = new CopyOnWriteArrayList<>();
  final List<String> bodies = new CopyOnWriteArrayList<>();
  final List<String> paths = new CopyOnWriteArrayList<>();

  /** Changes a status; 0 breaks the connection. */
  volatile UnaryOperator<Integer> status = good -> good;

  /** A request whose body holds this is refused with 400. */
  volatile String bad = "\0";

  Peer() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String text = new String(body, StandardCharsets.UTF_8);
    var headers = exchange.getRequestHeaders();
    boolean isSigned = headers.containsKey("webhook-id");
    boolean isGood =
        !isSigned
            || Signed.SIGNATURE.isGood(
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                body,
                Clock.systemUTC().instant());
    int answer = status.apply(!isGood ? 401 : text.contains(bad) ? 400 : 202);
    if (answer == 202) {
      paths.add(exchange.getRequestURI().getPath());
      bodies.add(text);
      if (isSigned) {
        JsonNode tree = CloudEvent.JSON.readTree(body);
        (tree.isArray() ? tree : CloudEvent.JSON.createArrayNode().add(tree)).forEach(events::add);
      }
    }
    if (answer == 0) {
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  /** Waits until something holds. */
  static void until(BooleanSupplier check, String what) {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!check.getAsBoolean()) {
      if (System.nanoTime() > giveUp) {
        throw new AssertionError("it never came: " + what);
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
