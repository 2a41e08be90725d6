package io.shouwang.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.sim.wire.Endpoint;
import io.shouwang.sim.wire.Login;
import io.shouwang.sim.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Plays the gateway's part behind a broker: an SOS rings the given responders and tells the device
 * "received"; an accept tells it who comes; a done closes. Each device hangs in a home of its own.
 */
final class StandIn implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Wire wire;
  private final List<String> responders;
  private final Function<String, String> homes;
  private final ExecutorService hands = Executors.newSingleThreadExecutor();
  private final Map<String, String> deviceOfAlert = new ConcurrentHashMap<>();
  private volatile boolean closing;
  final List<String> heard = new CopyOnWriteArrayList<>();

  StandIn(int port, Login gateway, List<String> responders, Function<String, String> homes)
      throws Exception {
    this.responders = responders;
    this.homes = homes;
    Endpoint endpoint =
        new Endpoint("127.0.0.1", port, null, Endpoint.Version.V5, Duration.ofSeconds(20));
    wire = endpoint.wire(gateway);
    wire.connect(
        new Wire.Listener() {
          @Override
          public void arrived(String topic, byte[] payload) {
            if (!closing) {
              hands.execute(() -> answer(topic, payload));
            }
          }

          @Override
          public void lost(String why) {}
        });
    wire.subscribe("v1/devices/+/+");
    wire.subscribe("v1/responders/+/replies");
  }

  private void answer(String topic, byte[] payload) {
    String[] levels = topic.split("/", -1);
    if (levels[3].equals("down")) {
      return;
    }
    String text = new String(payload, StandardCharsets.UTF_8);
    heard.add(topic + " " + text);
    try {
      switch (levels[3]) {
        case "sos" -> pressed(levels[2]);
        case "replies" -> replied(levels[2], JSON.readTree(text));
        default -> {}
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void pressed(String device) throws Exception {
    String alert = "a-" + device;
    deviceOfAlert.put(alert, device);
    for (String responder : responders) {
      ObjectNode message = JSON.createObjectNode();
      message.put("alert", alert).put("delivery", alert + "-" + responder).put("kind", "sos");
      message.put("state", "ringing").put("raised_at", Instant.now().toString());
      message.putObject("elder").put("id", "e").put("name", "Wang Xiulan").put("age", 82);
      message.putObject("home").put("id", homes.apply(device)).put("address", "Gulou 3-502");
      message.put("why", "pressed the button").put("rung", 1);
      say("v1/responders/" + responder + "/alerts", message);
      say("v1/responders/" + responder + "/alerts", message);
    }
    say("v1/devices/" + device + "/down", down("received", alert));
  }

  private void replied(String responder, JsonNode reply) throws Exception {
    String alert = reply.path("alert").asText();
    String device = String.valueOf(deviceOfAlert.get(alert));
    if (reply.path("reply").asText().equals("accept")) {
      ObjectNode message = down("accepted", alert).put("by", responder);
      say("v1/devices/" + device + "/down", message.put("eta_min", reply.path("eta_min").asInt()));
    } else if (reply.path("reply").asText().equals("done")) {
      say("v1/devices/" + device + "/down", down("closed", alert));
    }
  }

  private static ObjectNode down(String type, String alert) {
    return JSON.createObjectNode().put("type", type).put("alert", alert);
  }

  private void say(String topic, JsonNode message) throws Exception {
    wire.publish(topic, message.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    closing = true;
    // Also waits for what it is saying at the moment.
    hands.close();
    wire.close();
  }
}
