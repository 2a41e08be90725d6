package io.shouwang.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rights don't outlive the registration they rest on. */
final class RevocationTest {
  @TempDir Path folder;

  @Test
  void whoIsStruckOutOfTheRegistryIsGoneWithinSecondsAndItsWillWithIt() throws Exception {
    try (Town town = Town.open(folder);
        Peer struck = Peer.open(town.mqttPort(), MqttVersion.V5);
        Peer daughter = town.connects(MqttVersion.V3_1_1, Town.DAUGHTER);
        Peer stays = town.connects(MqttVersion.V5, Town.BUTTON)) {
      Peer.Will will = new Peer.Will("v1/devices/button-2/sos", "{}");
      struck.send(
          struck.hello(Town.OTHER_BUTTON, Town.OTHER_BUTTON, town.secret("button-2"), will));
      assertNotNull(struck.read(Peer.CONNACK));
      daughter.subscribe("v1/responders/daughter/alerts");
      assertNotNull(daughter.read(Peer.SUBACK));

      town.strikeOut(Set.of(Town.OTHER_BUTTON, Town.DAUGHTER));

      Peer.Packet goodbye = struck.read(Peer.DISCONNECT);
      assertNotNull(goodbye, "closed, and told why");
      assertEquals(0x87, goodbye.body()[0] & 0xff);
      assertNull(daughter.read());
      assertTrue(stays.isServed(), "nobody else is touched");
      stays.mustPublish("v1/devices/button-1/status", 1, "{}");
      assertEquals(0, town.metric("shouwang_alerts_open"), "its will was to ring");
      try (Peer again = Peer.open(town.mqttPort(), MqttVersion.V5)) {
        again.send(again.hello("button-2", "button-2", town.secret("button-2"), null));
        Peer.Packet refused = again.read();
        assertNotNull(refused);
        assertEquals(0x86, refused.body()[1] & 0xff);
      }
    }
  }
}
