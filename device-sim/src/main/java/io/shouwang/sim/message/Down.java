package io.shouwang.sim.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a device hears from the gateway.
 *
 * @param device whom it is for, when a hub hears it
 * @param words what the device's voice or light would tell the wearer
 * @param closed whether the alert is closed, so that nothing more will follow
 */
public record Down(@Nullable String device, String words, boolean closed) {
  /**
   * Reads a message; a type the contract doesn't name yet is shown as it came.
   *
   * @throws IOException if it is no JSON object
   */
  public static Down read(byte[] payload) throws IOException {
    JsonNode message = Fields.object(payload);
    String type = Fields.text(message, "type");
    String words =
        switch (type == null ? "" : type) {
          case "received" -> "received" + alert(message);
          case "accepted" -> coming(message);
          case "closed" -> "closed" + alert(message);
          case "config" -> "settings: " + message;
          default -> message.toString();
        };
    return new Down(Fields.text(message, "device"), words, "closed".equals(type));
  }

  private static String alert(JsonNode message) {
    String alert = Fields.text(message, "alert");
    return alert == null ? "" : " (alert " + alert + ")";
  }

  private static String coming(JsonNode message) {
    String by = Fields.text(message, "by");
    return (by == null ? "somebody" : by) + " is coming" + minutes(message);
  }

  private static String minutes(JsonNode message) {
    Integer eta = Fields.whole(message, "eta_min");
    return eta == null ? "" : eta == 1 ? ", 1 minute" : ", " + eta + " minutes";
  }
}
