package io.shouwang.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One MQTT client of somebody else's making, at QoS 1. One thread. */
abstract class Client implements AutoCloseable {
  static final int GENEROUS_SECONDS = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  /**
   * Where to connect to on 127.0.0.1.
   *
   * @param certificate whom to trust; null for plain TCP
   */
  record Line(int port, @Nullable Certificate certificate) {}

  /** Who connects. */
  record Login(String client, String user, String secret, boolean clean) {}

  /** An act that was not answered with success. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String how) {
      super(how);
    }

    Refused(Throwable cause) {
      super(cause);
    }
  }

  /** Returns once the gateway has granted it. */
  abstract void subscribe(String topic) throws Exception;

  /** Returns once the gateway has acknowledged it. */
  abstract void publish(String topic, byte[] payload) throws Exception;

  final void publish(String topic, String payload) throws Exception {
    publish(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** Leaves with a goodbye. */
  abstract void leave() throws Exception;

  @Override
  public final void close() {
    try {
      leave();
    } catch (Exception e) {
      throw new IllegalStateException("the client can't leave", e);
    }
  }

  /** For the client's own threads: a message arrived. */
  final void hear(byte[] payload) {
    heard.add(new String(payload, StandardCharsets.UTF_8));
  }

  /** The next message. */
  final JsonNode hears() throws Exception {
    String text = heard.poll(GENEROUS_SECONDS, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("nothing was heard");
    }
    return JSON.readTree(text);
  }

  /** The next message that is meant; others before it are let go. */
  final JsonNode hears(Predicate<JsonNode> meant) throws Exception {
    while (true) {
      JsonNode message = hears();
      if (meant.test(message)) {
        return message;
      }
    }
  }

  /** The next {@code down} message of a type. */
  final JsonNode hearsOf(String type) throws Exception {
    return hears(message -> message.path("type").asText().equals(type));
  }

  /** The next {@code alerts} message for a cause. */
  final JsonNode hearsFor(String cause) throws Exception {
    return hears(message -> message.path("cause").asText().equals(cause));
  }
}
