package io.shouwang.ingest.mqtt;

import static io.shouwang.ingest.mqtt.Wire.connect;
import static io.shouwang.ingest.mqtt.Wire.four;
import static io.shouwang.ingest.mqtt.Wire.property;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.intake.Lane;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a connection begins, stays and ends, on virtual time. */
@ExtendWith(LeakWatch.class)
final class LifeTest {
  private static final String STATUS = "v1/devices/button-1/status";
  private static final String GONE = "{\"online\":false}";

  @ParameterizedTest
  @EnumSource(Version.class)
  void whoSaysNothingForTenSecondsIsClosed(Version version) {
    try (House house = new House()) {
      Client silent = house.opens(version);
      Client dripping = house.opens(version);
      byte[] hello = connect(version, "button-1").bytes();
      for (int second = 0; second < 9; second++) {
        dripping.sends(new byte[] {hello[second]});
        house.passes(Duration.ofSeconds(1));
      }
      silent.isConnected();
      dripping.isConnected();
      house.passes(Duration.ofSeconds(1));
      assertTrue(silent.isClosed());
      assertTrue(dripping.isClosed());
      assertEquals(2, house.count("shouwang.mqtt.connect.timeouts"));
      assertEquals(0, house.gauge("shouwang.mqtt.strangers"));
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void strangersAreBoundedAndClientsAreNotCounted(Version version) {
    try (House house = new House(Limits.with("strangersPerSourceMax", 2), List.of())) {
      Client one = house.opens(version);
      Client two = house.opens(version);
      assertTrue(house.opens(version).isClosed());
      one.sends(connect(version, "button-1").bytes()).isWelcome();
      house.opens(version).isConnected();
      assertTrue(house.opens(version).isClosed());
      two.vanishes();
      house.opens(version).isConnected();
    }
    try (House house = new House(Limits.with("connectionsMax", 1), List.of())) {
      house.connects(version, "button-1");
      assertTrue(house.opens(version).isClosed());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void keepAliveIsEnforcedAtOneAndAHalf(Version version) {
    try (House house = new House()) {
      Client client = house.connects(connect(version, "button-1").keepAlive(20));
      house.passes(Duration.ofMillis(29_900));
      client.sends(Wire.packet(0xc0));
      assertEquals("d0", client.answer().hex());
      house.passes(Duration.ofMillis(29_900));
      client.isConnected();
      // Half a packet is no sign of life.
      client.sends(new byte[] {0x30});
      house.passes(Duration.ofMillis(200));
      client.isThrownOut(Reason.KEEP_ALIVE_TIMEOUT);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void noKeepAliveAndATooLongOneAreCapped(Version version) {
    for (int keepAlive : new int[] {0, 65_535}) {
      try (House house = new House()) {
        Client client = house.opens(version);
        client.sends(connect(version, "button-1").keepAlive(keepAlive).bytes());
        Client.Answer welcome = client.isWelcome();
        if (version == Version.V5) {
          assertTrue(welcome.hex().contains("13" + HexFormat.of().toHexDigits((short) 1800)));
        }
        house.passes(Duration.ofMinutes(44));
        client.isConnected();
        house.passes(Duration.ofMinutes(1));
        client.isThrownOut(Reason.KEEP_ALIVE_TIMEOUT);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void whoIsNotReadIsNotCalledSilent(Version version) {
    try (House house = new House(Limits.with("heldMessagesMax", 1), List.of())) {
      Client client = house.connects(connect(version, "button-1").keepAlive(20));
      house.intake.fill(Lane.TELEMETRY);
      client.publishes(STATUS, "{}");
      house.passes(Duration.ofMinutes(5));
      client.isConnected();
      house.intake.makeRoom(Lane.TELEMETRY);
      house.settle();
      house.passes(Duration.ofSeconds(29));
      client.isConnected();
      house.passes(Duration.ofSeconds(31));
      client.isThrownOut(Reason.KEEP_ALIVE_TIMEOUT);
    }
  }

  @Test
  void connAckAnnouncesWhatIsServed() {
    try (House house = new House()) {
      Client client = house.opens(Version.V5).sends(connect(Version.V5, "button-1").bytes());
      Client.Answer welcome = client.isWelcome();
      assertEquals(
          "20"
              + "0000"
              + "1a"
              + "1100000000"
              + "210400"
              + "2401"
              + "2500"
              + "2700012000"
              + "220000"
              + "2800"
              + "2900"
              + "2a00",
          welcome.hex());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void theWillIsAnEventWhenTheLineBreaks(Version version) {
    try (House house = new House()) {
      Client client = house.connects(connect(version, "button-1").will(1, STATUS, GONE));
      assertEquals(List.of(), house.intake.events());
      client.vanishes();
      assertEquals(GONE, house.intake.events().getFirst().payload().toString());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void theWillIsAnEventWhenWeEndTheConnection(Version version) {
    try (House house = new House()) {
      Client client = house.connects(connect(version, "button-1").will(1, STATUS, GONE));
      client.sends(Wire.packet(0xc1));
      assertEquals(1, house.intake.events().size());
      Client silent = house.connects(connect(version, "button-1").will(1, STATUS, GONE));
      house.passes(Duration.ofSeconds(90));
      assertTrue(silent.isClosed());
      assertEquals(2, house.intake.events().size());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aGoodbyeTakesTheWillAlong(Version version) {
    try (House house = new House()) {
      Client client = house.connects(connect(version, "button-1").will(1, STATUS, GONE));
      client.sends(Wire.disconnect(version, 0));
      assertTrue(client.isClosed());
      assertEquals(List.of(), house.intake.events());
    }
  }

  @Test
  void aGoodbyeWithWillPublishesIt() {
    try (House house = new House()) {
      Client client = house.connects(connect(Version.V5, "button-1").will(1, STATUS, GONE));
      client.sends(Wire.disconnect(Version.V5, 4));
      assertEquals(1, house.intake.events().size());
    }
  }

  @Test
  void aDelayedWillWaitsForTheClientToComeBack() {
    try (House house = new House()) {
      byte[] delay = property(Properties.WILL_DELAY, four(30));
      Wire.Connect hello = connect(Version.V5, "button-1").keep(600).will(1, STATUS, GONE, delay);
      house.connects(hello).vanishes();
      house.passes(Duration.ofSeconds(29));
      assertEquals(List.of(), house.intake.events());
      Client back = house.connects(hello);
      house.passes(Duration.ofSeconds(30));
      assertEquals(List.of(), house.intake.events());
      back.vanishes();
      house.passes(Duration.ofSeconds(30));
      assertEquals(1, house.intake.events().size());
      // A clean start ends the session, and so the delay.
      house.connects(hello).vanishes();
      house.connects(Version.V5, "button-1");
      house.settle();
      assertEquals(2, house.intake.events().size());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void theSameClientTakesOverFromItself(Version version) {
    try (House house = new House()) {
      Client first = house.connects(version, "button-1");
      Client second = house.connects(version, "button-1");
      first.isThrownOut(Reason.SESSION_TAKEN_OVER);
      second.isConnected();
      assertEquals(1, house.count("shouwang.mqtt.takeovers"));
      assertEquals(1, house.gauge("shouwang.mqtt.connections"));
      second.publishes(STATUS, "{}");
      house.acknowledges();
      assertEquals(1, second.acknowledged().size());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aStormOfTakeOversIsStopped(Version version) {
    try (House house = new House()) {
      Client last = house.connects(version, "button-1");
      for (int i = 0; i < 10; i++) {
        last = house.connects(version, "button-1");
      }
      house
          .opens(version)
          .sends(connect(version, "button-1").bytes())
          .isTurnedAway(Reason.CONNECTION_RATE_EXCEEDED);
      last.isConnected();
      house.passes(Duration.ofSeconds(11));
      house.connects(version, "button-1");
      assertTrue(last.isClosed());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void atTheEndClientsAreToldAndWillsStay(Version version) {
    House house = new House();
    Client client = house.connects(connect(version, "button-1").will(1, STATUS, GONE));
    house.endpoint.close();
    house.settle();
    client.isThrownOut(Reason.SERVER_SHUTTING_DOWN);
    assertEquals(List.of(), house.intake.events());
    assertTrue(house.opens(version).isClosed());
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void packetsInPiecesAndTogetherAreTheSame(Version version) {
    byte[] all =
        Wire.join(
            connect(version, "button-1").bytes(),
            Wire.publish(version, STATUS, 1, "{\"id\":\"1\"}"),
            Wire.packet(0xc0),
            Wire.publish(version, "v1/devices/button-1/sos", 2, "{\"id\":\"2\"}"));
    for (int piece : new int[] {1, 2, 3, 7, 50, 1_000}) {
      try (House house = new House()) {
        Client client = house.opens(version);
        for (int at = 0; at < all.length; at += piece) {
          client.sends(java.util.Arrays.copyOfRange(all, at, Math.min(all.length, at + piece)));
        }
        assertEquals(2, house.intake.events().size());
        house.acknowledges();
        assertEquals(List.of(1, 2), client.acknowledged());
        assertFalse(client.isClosed());
      }
    }
  }
}
