package io.shouwang.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.intake.Lane;
import io.shouwang.model.DeviceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A full lane delays acknowledgements; it drops nothing but readings that nobody confirms, and
 * keeps no press behind readings.
 */
@ExtendWith(LeakWatch.class)
final class BackPressureTest {
  private static final String SOS = "v1/devices/button-1/sos";
  private static final String STATUS = "v1/devices/button-1/status";

  private static List<String> ids(House house) {
    return house.intake.events().stream().map(DeviceEvent::id).map(String::valueOf).toList();
  }

  private static String id(int id) {
    return "{\"id\":\"" + id + "\"}";
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aPressPassesTheReadingsThatWait(Version version) {
    try (House house = new House()) {
      Client client = house.connects(version, "button-1");
      house.intake.fill(Lane.TELEMETRY);
      int first = client.publishes(STATUS, id(1));
      int second = client.publishes(STATUS, id(2));
      int press = client.publishes(SOS, id(3));
      assertEquals(List.of("3"), ids(house));
      house.acknowledges();
      assertEquals(List.of(press), client.acknowledged());
      house.intake.makeRoom(Lane.TELEMETRY);
      house.settle();
      assertEquals(List.of("3", "1", "2"), ids(house));
      house.acknowledges();
      assertEquals(List.of(first, second), client.acknowledged());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void atItsBoundAClientIsNotReadAndNothingIsLost(Version version) {
    try (House house = new House(Limits.with("heldMessagesMax", 10), List.of())) {
      Client client = house.connects(version, "button-1");
      house.intake.fill(Lane.TELEMETRY);
      for (int i = 0; i < 30; i++) {
        client.publishes(STATUS, id(i));
      }
      assertFalse(client.channel.config().isAutoRead());
      assertEquals(10, house.count("shouwang.mqtt.held"));
      assertEquals(1, house.count("shouwang.mqtt.paused"));
      house.intake.makeRoom(Lane.TELEMETRY);
      house.settle();
      assertTrue(client.channel.config().isAutoRead());
      assertEquals(IntStream.range(0, 30).mapToObj(String::valueOf).toList(), ids(house));
      house.acknowledges();
      assertEquals(30, client.acknowledged().size());
      assertEquals(0, house.gauge("shouwang.mqtt.held.bytes"));
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void readingsThatNobodyConfirmsAreShedSoThatThePressAfterThemIsRead(Version version) {
    try (House house = new House(Limits.with("heldMessagesMax", 10), List.of())) {
      Client client = house.connects(version, "button-1");
      house.intake.fill(Lane.TELEMETRY);
      for (int i = 0; i < 30; i++) {
        client.sends(Wire.publish(version, STATUS, 0, id(i)));
      }
      assertTrue(client.channel.config().isAutoRead());
      assertEquals(5, house.count("shouwang.mqtt.held"));
      assertEquals(25, house.count("shouwang.mqtt.readings.shed"));
      int press = client.publishes(SOS, id(30));
      house.acknowledges();
      assertEquals(List.of(press), client.acknowledged());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void whoFloodsTheAlarmLaneWaitsBeforeItAndNothingIsLost(Version version) {
    try (House house = new House()) {
      Client client = house.connects(version, "button-1");
      for (int i = 0; i < 200; i++) {
        client.sends(Wire.publish(version, SOS, i % 2, id(i)));
      }
      assertEquals(64, ids(house).size());
      assertFalse(client.channel.config().isAutoRead());
      for (int round = 0; round < 10; round++) {
        house.acknowledges();
      }
      assertEquals(IntStream.range(0, 200).mapToObj(String::valueOf).toList(), ids(house));
      assertTrue(client.channel.config().isAutoRead());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void theBytesOfAClientAndOfAllAreBounded(Version version) {
    String reading = "{\"x\":\"" + "y".repeat(1_000) + "\"}";
    try (House house = new House(Limits.with("heldBytesMax", 5_000), List.of())) {
      Client client = house.connects(version, "button-1");
      house.intake.fill(Lane.TELEMETRY);
      for (int i = 0; i < 20; i++) {
        client.publishes(STATUS, reading);
      }
      assertEquals(5, house.count("shouwang.mqtt.held"));
    }
    try (House house = new House(Limits.with("heldBytesInAllMax", 3_000L), List.of())) {
      Client one = house.connects(version, "button-1");
      Client two = house.connects(version, "button-2");
      house.intake.fill(Lane.TELEMETRY);
      for (int i = 0; i < 20; i++) {
        one.publishes(STATUS, reading);
        two.publishes("v1/devices/button-2/status", reading);
      }
      assertTrue(house.gauge("shouwang.mqtt.held.bytes") < 5_000);
      house.intake.makeRoom(Lane.TELEMETRY);
      house.settle();
      assertEquals(40, house.intake.events().size());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aFullAlarmLaneHoldsThePressAndTakesItLater(Version version) {
    try (House house = new House()) {
      Client client = house.connects(version, "button-1");
      house.intake.fill(Lane.ALARM);
      int press = client.publishes(SOS, id(1));
      int reading = client.publishes(STATUS, id(2));
      house.acknowledges();
      assertEquals(List.of(reading), client.acknowledged());
      house.intake.makeRoom(Lane.ALARM);
      house.settle();
      house.acknowledges();
      assertEquals(List.of(press), client.acknowledged());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void whatWaitsOutlivesItsConnection(Version version) {
    try (House house = new House(Limits.with("heldMessagesMax", 2), List.of())) {
      Client client = house.connects(version, "button-1");
      house.intake.fill(Lane.TELEMETRY);
      for (int i = 0; i < 5; i++) {
        client.publishes(STATUS, id(i));
      }
      client.vanishes();
      house.intake.makeRoom(Lane.TELEMETRY);
      house.settle();
      assertEquals(List.of("0", "1", "2", "3", "4"), ids(house));
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aPressInTheSameReadAsABurstIsNotLostToAPauseWhenTheLineBreaks(Version version) {
    try (House house = new House(Limits.with("heldMessagesMax", 2), List.of())) {
      Client client = house.connects(version, "button-1");
      house.intake.fill(Lane.TELEMETRY);
      List<byte[]> burst = new ArrayList<>();
      for (int i = 1; i < 6; i++) {
        burst.add(Wire.publish(version, STATUS, i, id(i)));
      }
      burst.add(Wire.publish(version, SOS, 9, id(9)));
      client.sends(Wire.join(burst.toArray(byte[][]::new)));
      assertEquals(List.of(), ids(house));
      client.vanishes();
      assertEquals(List.of("9"), ids(house));
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void anArrayIsAcknowledgedWhenAllOfItIsOnDisk(Version version) {
    try (House house = new House()) {
      Client client = house.connects(version, "button-1");
      int id = client.publishes("v1/devices/button-1/vitals", "[{\"id\":\"1\"},{\"id\":\"2\"}]");
      assertEquals(List.of("1", "2"), ids(house));
      assertEquals(List.of(), client.acknowledged());
      house.acknowledges();
      assertEquals(List.of(id), client.acknowledged());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void manyAcknowledgementsOfOneSyncAreOneWrite(Version version) {
    try (House house = new House()) {
      Client client = house.connects(version, "button-1");
      for (int i = 0; i < 100; i++) {
        client.publishes(STATUS, "{}");
      }
      house.intake.acknowledge();
      client.channel.runPendingTasks();
      assertEquals(1, client.channel.outboundMessages().size());
      assertEquals(100, client.acknowledged().size());
    }
  }
}
