package io.shouwang.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Signal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** P3: an alarm of a device on its own topic rings, even if its packet is then refused. */
@ExtendWith(LeakWatch.class)
final class AlarmsRingAnywayTest {
  private static final String SOS = "v1/devices/button-1/sos";
  private static final String STATUS = "v1/devices/button-1/status";

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  private static DeviceEvent ringsUnreadable(House house) {
    DeviceEvent event = house.intake.events().getFirst();
    assertEquals(1, house.intake.events().size());
    assertTrue(event.isAlarm());
    assertTrue(event.signal() instanceof Signal.Unreadable);
    return event;
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void anSosWithAnyPayloadIsAcknowledgedAndRings(Version version) {
    for (byte[] payload : List.of(new byte[0], bytes(20), bytes(8193), bytes(64 * 1024))) {
      try (House house = new House()) {
        Client client = house.connects(version, "button-1");
        client.sends(Wire.publish(version, 2, SOS, 7, payload));
        DeviceEvent event = ringsUnreadable(house);
        assertArrayEquals(
            Arrays.copyOf(payload, Math.min(payload.length, 8192)), event.payload().bytes());
        house.acknowledges();
        assertEquals(List.of(7), client.acknowledged());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aReadingThatCantBeReadIsQuarantinedAndAcknowledged(Version version) {
    try (House house = new House()) {
      Client client = house.connects(version, "button-1");
      client.sends(Wire.publish(version, 2, STATUS, 7, bytes(64 * 1024)));
      assertTrue(house.intake.events().getFirst().signal() instanceof Signal.Unreadable);
      house.acknowledges();
      assertEquals(List.of(7), client.acknowledged());
      client.isConnected();
    }
  }

  @ParameterizedTest
  @CsvSource({"V3_1_1, 65537", "V5, 65537", "V3_1_1, 80000", "V5, 80000", "V5, 5000000"})
  void beyond64KiBTheConnectionClosesAndTheAlarmRingsFirst(Version version, int size) {
    try (House house = new House()) {
      Client client = house.connects(version, "button-1");
      byte[] whole = Wire.publish(version, 2, SOS, 7, bytes(size));
      // The rest of a huge packet isn't waited for.
      client.sends(Arrays.copyOf(whole, Math.min(whole.length, 70_000)));
      assertEquals(8192, ringsUnreadable(house).payload().length());
      client.isThrownOut(Reason.PACKET_TOO_LARGE);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aHugeAlarmWhoseLineBreaksRings(Version version) {
    try (House house = new House()) {
      Client client = house.connects(version, "button-1");
      client.sends(Arrays.copyOf(Wire.publish(version, 2, SOS, 7, bytes(100_000)), 2_000));
      assertEquals(List.of(), house.intake.events());
      client.vanishes();
      ringsUnreadable(house);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aHugeReadingOrAnothersAlarmOnlyCloses(Version version) {
    for (String topic : List.of(STATUS, "v1/devices/button-2/sos")) {
      try (House house = new House()) {
        Client client = house.connects(version, "button-1");
        client.sends(Wire.publish(version, 2, topic, 7, bytes(80_000)));
        client.isThrownOut(Reason.PACKET_TOO_LARGE);
        assertEquals(List.of(), house.intake.events());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aMalformedAlarmRingsAndCloses(Version version) {
    List<byte[]> malformed =
        List.of(
            Wire.publish(version, 0x02, SOS, 0, bytes(4)),
            Wire.publish(version, 0x06, SOS, 1, bytes(4)),
            Wire.publish(version, 0x08, SOS, 1, bytes(4)),
            Wire.packet(0x32, Wire.text(SOS)),
            Wire.packet(0x32, Wire.text(SOS), Wire.octets(0)));
    for (byte[] packet : malformed) {
      try (House house = new House()) {
        Client client = house.connects(version, "button-1");
        client.sends(packet);
        ringsUnreadable(house);
        assertTrue(client.isClosed());
        house.acknowledges();
        assertEquals(List.of(), client.acknowledged());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aPressAtQos2RingsAsAPressAndCloses(Version version) {
    try (House house = new House()) {
      Client client = house.connects(version, "button-1");
      client.sends(Wire.publish(version, 4, SOS, 1, Wire.utf8("{\"id\":\"1\"}")));
      assertEquals(1, house.intake.events().size());
      assertTrue(house.intake.events().getFirst().signal() instanceof Signal.Sos);
      client.isThrownOut(Reason.QOS_NOT_SUPPORTED);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aPressPastTheReceiveMaximumRings(Version version) {
    try (House house = new House(Limits.with("receiveMaximum", 2), List.of())) {
      Client client = house.connects(version, "button-1");
      client.publishes(STATUS, "{}");
      client.publishes(STATUS, "{}");
      client.publishes(SOS, "{}");
      if (version == Version.V5) {
        assertEquals(3, house.intake.events().size());
        client.isThrownOut(Reason.RECEIVE_MAXIMUM_EXCEEDED);
      } else {
        assertEquals(2, house.intake.events().size());
        house.acknowledges();
        assertEquals(3, house.intake.events().size());
        client.isConnected();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void retainIsIgnored(Version version) {
    try (House house = new House()) {
      Client client = house.connects(version, "button-1");
      client.sends(Wire.publish(version, 3, SOS, 1, Wire.utf8("{}")));
      house.acknowledges();
      assertEquals(List.of(1), client.acknowledged());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aPressAtQos0Rings(Version version) {
    try (House house = new House()) {
      Client client = house.connects(version, "button-1");
      client.sends(Wire.publish(version, 0, SOS, 0, Wire.utf8("{}")));
      client.vanishes();
      assertTrue(house.intake.events().getFirst().isAlarm());
    }
  }
}
