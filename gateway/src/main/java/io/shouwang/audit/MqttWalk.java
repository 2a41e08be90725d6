package io.shouwang.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shouwang.host.Clock;
import io.shouwang.intake.Credentials;
import io.shouwang.model.Synthetic;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The synthetic alarm's way over MQTT and the real socket: the device presses, and has its PUBACK
 * only once that is on disk; the responder is rung and closes; the device hears that it is over.
 * One thread.
 */
public final class MqttWalk implements SyntheticAlarm.Walk {
  private static final String DEVICE = "v1/devices/" + Synthetic.DEVICE.value();
  private static final String RESPONDER = "v1/responders/" + Synthetic.RESPONDER.value();

  /** Opens a connection to where devices connect. */
  @FunctionalInterface
  public interface Dial {
    Socket dial(int limitMillis) throws IOException;
  }

  private final Dial dial;
  private final Duration limit;
  private final Clock clock;
  private final String secret;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param limit for the whole way there and back
   * @param random makes the secret, which lives as long as the process and is written nowhere
   */
  public MqttWalk(Dial dial, Duration limit, Clock clock, SecureRandom random) {
    this.dial = dial;
    this.limit = limit;
    this.clock = clock;
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    this.secret = HexFormat.of().formatHex(bytes);
  }

  /** Lets its two names in beside those that others know. */
  public Credentials beside(Credentials others) {
    byte[] ours = secret.getBytes(StandardCharsets.UTF_8);
    return (identity, said) ->
        Synthetic.isReserved(identity)
            ? MessageDigest.isEqual(ours, said)
            : others.accept(identity, said);
  }

  @Override
  public Duration walk() throws IOException {
    long end = clock.nanos() + limit.toNanos();
    String step = "the responder connects";
    try (LoopbackClient responder =
        connect(end, Synthetic.RESPONDER.value(), RESPONDER + "/alerts")) {
      step = "the device connects";
      try (LoopbackClient device = connect(end, Synthetic.DEVICE.value(), DEVICE + "/down")) {
        step = "the press is acknowledged";
        long start = clock.nanos();
        String id = Long.toHexString(clock.wall().toEpochMilli()) + "-" + Long.toHexString(start);
        device.publish(DEVICE + "/sos", "{\"id\":\"" + id + "\",\"at\":\"" + clock.wall() + "\"}");
        step = "the responder is rung";
        String alert = field(responder.hear(this::isRing), "alert");
        Duration took = Duration.ofNanos(clock.nanos() - start);
        step = "the answer is acknowledged";
        responder.publish(
            RESPONDER + "/replies",
            "{\"id\":\"done-%s\",\"alert\":\"%s\",\"reply\":\"done\",\"disposition\":\"synthetic\"}"
                .formatted(id, alert));
        step = "the device hears that it is over";
        device.hear(
            said -> field(said, "type").equals("closed") && field(said, "alert").equals(alert));
        return took;
      }
    } catch (IOException e) {
      throw new IOException("it stopped where " + step + ": " + e.getMessage(), e);
    }
  }

  private LoopbackClient connect(long end, String id, String topic) throws IOException {
    Socket socket = dial.dial((int) limit.toMillis());
    boolean done = false;
    try {
      LoopbackClient client = new LoopbackClient(socket, clock, end, id, secret, topic);
      done = true;
      return client;
    } finally {
      if (!done) {
        socket.close();
      }
    }
  }

  private boolean isRing(String said) {
    return !field(said, "delivery").isEmpty() && !field(said, "state").equals("closed");
  }

  private String field(String said, String name) {
    try {
      JsonNode value = json.readTree(said).get(name);
      return value == null ? "" : value.asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
