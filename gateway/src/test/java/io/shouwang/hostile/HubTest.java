package io.shouwang.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that invents children: each rings, and none of it grows without a bound. */
final class HubTest {
  private static final int CHILDREN = 600;

  @TempDir Path folder;

  private static void inventChildren(Peer hub, String kind) throws Exception {
    for (int i = 1; i <= CHILDREN; i++) {
      hub.publish(1, "v1/devices/invented-" + i + "/" + kind, i, "{\"state\":\"alarm\"}");
    }
    int heard = 0;
    while (heard < CHILDREN) {
      Peer.Packet ack = hub.read(Peer.PUBACK);
      if (ack == null) {
        throw new AssertionError("hung up after " + heard);
      }
      assertEquals(0, ack.reason());
      heard++;
    }
  }

  private static JsonNode asked(Town town, String path) throws Exception {
    String bearer = "Authorization: Bearer " + town.secret(Town.OPERATOR);
    return new ObjectMapper()
        .readTree(Http.open(town.httpPort()).request("GET " + path + " HTTP/1.1", bearer).body());
  }

  @Test
  void theChildrenOfAHubThatStandsNowhereShareOneStandInHome() throws Exception {
    try (Town town = Town.open(folder);
        Peer hub = town.connects(MqttVersion.V5, Town.LONE_HUB)) {
      inventChildren(hub, "sos");
      double open = town.metric("shouwang_alerts_open");
      assertTrue(open >= 1 && open <= 65, "open alerts: " + open);
      assertEquals(0, town.metric("shouwang_inputs_undecided"));
      assertTrue(town.isAlive());
    }
  }

  @Test
  void whatIsSentToInventedChildrenOfOneAlertIsBounded() throws Exception {
    try (Town town = Town.open(folder);
        Peer hub = town.connects(MqttVersion.V5, Town.HUB)) {
      inventChildren(hub, "smoke");
      assertEquals(1, town.metric("shouwang_alerts_open"), "smoke is of the home");
      String id = asked(town, "/api/v1/alerts").at("/alerts/0/alert").asText();
      JsonNode alert = asked(town, "/api/v1/alerts/" + id);
      int messages = alert.get("deliveries").size();
      assertTrue(messages > 0 && messages <= 200, "messages: " + messages);
      assertEquals(200, alert.get("evidence").size());
    }
  }
}
