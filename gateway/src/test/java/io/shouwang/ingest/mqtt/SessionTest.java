package io.shouwang.ingest.mqtt;

import static io.shouwang.ingest.mqtt.Wire.connect;
import static io.shouwang.ingest.mqtt.Wire.four;
import static io.shouwang.ingest.mqtt.Wire.property;
import static io.shouwang.ingest.mqtt.Wire.two;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.intake.Lane;
import io.shouwang.model.Input;
import io.shouwang.model.Payload;
import io.shouwang.model.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept for a client that is away, and what reaches one that is there. */
@ExtendWith(LeakWatch.class)
final class SessionTest {
  private static final String ALERTS = "v1/responders/daughter/alerts";
  private static final long WEEK = Duration.ofDays(7).toSeconds();

  private static Outgoing message(String text) {
    return message(text, null);
  }

  private static Outgoing message(String text, @Nullable Instant expiresAt) {
    return new Outgoing(text, Payload.of(Wire.utf8(text)), expiresAt);
  }

  private static Client listens(House house, Wire.Connect hello) {
    Client client = house.connects(hello);
    client.sends(Wire.subscribe(hello.version, 1, ALERTS, 1));
    assertEquals(9, client.answer().type());
    return client;
  }

  private static boolean present(Client.Answer welcome) {
    return welcome.body()[0] == 1;
  }

  private static boolean comesBackPresent(House house, Wire.Connect hello) {
    Client client = house.opens(hello.version).sends(hello.bytes());
    house.settle();
    return present(client.isWelcome());
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aMessageReachesASubscriberAndItsPubackIsReported(Version version) {
    try (House house = new House()) {
      Client daughter = listens(house, connect(version, "daughter"));
      assertEquals(List.of("daughter"), house.mailbox.ready);
      assertTrue(house.endpoint.send("daughter", message("ring")));
      assertEquals(List.of("0 1 ring"), daughter.messages());
      assertEquals(List.of(), house.mailbox.confirmed);
      daughter.sends(Wire.pubAck(1));
      assertEquals(List.of("daughter ring"), house.mailbox.confirmed);
      assertFalse(house.endpoint.send("son", message("ring")));
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void withoutASubscriptionNothingIsSent(Version version) {
    try (House house = new House()) {
      Client daughter = house.connects(version, "daughter");
      house.endpoint.send("daughter", message("ring"));
      assertEquals(List.of(), daughter.answers());
      daughter.sends(Wire.subscribe(version, 1, ALERTS, 1));
      daughter.sends(Wire.unsubscribe(version, 2, ALERTS));
      daughter.sends(Wire.unsubscribe(version, 3, ALERTS));
      assertEquals(
          version == Version.V5
              ? List.of("9000010001", "b000020000", "b000030011")
              : List.of("90000101", "b00002", "b00003"),
          daughter.answers().stream().map(Client.Answer::hex).toList());
      house.endpoint.send("daughter", message("ring"));
      assertEquals(List.of(), daughter.answers());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void atQos0AMessageIsHandedOver(Version version) {
    try (House house = new House()) {
      Client daughter = house.connects(version, "daughter");
      daughter.sends(Wire.subscribe(version, 1, ALERTS, 0));
      daughter.answers();
      house.endpoint.send("daughter", message("ring"));
      assertEquals(List.of("0 - ring"), daughter.messages());
      assertEquals(List.of("daughter ring"), house.mailbox.handedOver);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void everyClientOfAnIdentityIsReached(Version version) {
    try (House house = new House()) {
      Client phone = listens(house, connect(version, "daughter").clientId("daughter.phone"));
      Client watch = listens(house, connect(version, "daughter").clientId("daughter.watch"));
      assertEquals(2, house.endpoint.sendToAll("daughter", message("ring")));
      assertEquals(1, phone.messages().size());
      assertEquals(1, watch.messages().size());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void theSameTokenIsNotSentTwice(Version version) {
    try (House house = new House()) {
      Client daughter = listens(house, connect(version, "daughter"));
      house.endpoint.send("daughter", message("ring"));
      house.endpoint.send("daughter", message("ring"));
      assertEquals(1, daughter.messages().size());
      daughter.sends(Wire.pubAck(1));
      house.endpoint.send("daughter", message("ring"));
      assertEquals(List.of(), daughter.messages(), "she has it: whoever sends will hear so");
      house.endpoint.send("daughter", message("another ring"));
      assertEquals(1, daughter.messages().size());
    }
  }

  @Test
  void theClientsReceiveMaximumIsKeptAndTheRestWaitsInOrder() {
    try (House house = new House(Limits.with("sendQueueMax", 4), List.of())) {
      Client daughter =
          listens(
              house,
              connect(Version.V5, "daughter").with(property(Properties.RECEIVE_MAXIMUM, two(2))));
      for (int i = 1; i <= 7; i++) {
        house.endpoint.send("daughter", message("m" + i));
      }
      assertEquals(List.of("0 1 m1", "0 2 m2"), daughter.messages());
      assertEquals(List.of("daughter m7 QUEUE_FULL"), house.mailbox.dropped);
      daughter.sends(Wire.pubAck(2));
      assertEquals(List.of("0 3 m3"), daughter.messages());
      daughter.sends(Wire.pubAck(1)).sends(Wire.pubAck(3));
      assertEquals(List.of("0 4 m4", "0 5 m5"), daughter.messages());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void ourWindowBoundsWhatIsOnItsWay(Version version) {
    try (House house = new House()) {
      Client daughter = listens(house, connect(version, "daughter"));
      for (int i = 1; i <= 40; i++) {
        house.endpoint.send("daughter", message("m" + i));
      }
      assertEquals(32, daughter.messages().size());
    }
  }

  @Test
  void whatIsTooLargeOrTooLateIsGivenUpVisibly() {
    try (House house = new House()) {
      Client daughter =
          listens(
              house,
              connect(Version.V5, "daughter")
                  .with(
                      property(Properties.MAXIMUM_PACKET_SIZE, four(100)),
                      property(Properties.RECEIVE_MAXIMUM, two(1))));
      house.endpoint.send("daughter", message("x".repeat(100)));
      house.endpoint.send("daughter", message("soon", House.START.plusSeconds(60)));
      house.endpoint.send("daughter", message("late", House.START.plusSeconds(60)));
      Client.Answer sent = daughter.answers(3).getFirst();
      assertTrue(sent.hex().contains("05020000003c"), sent::hex);
      house.passes(Duration.ofSeconds(61));
      daughter.sends(Wire.pubAck(1));
      assertEquals(
          List.of("daughter " + "x".repeat(100) + " TOO_LARGE", "daughter late EXPIRED"),
          house.mailbox.dropped);
      assertEquals(List.of(), daughter.messages());
    }
  }

  @Test
  void aRefusedMessageIsReported() {
    try (House house = new House()) {
      Client daughter = listens(house, connect(Version.V5, "daughter"));
      house.endpoint.send("daughter", message("ring"));
      daughter.sends(Wire.packet(0x40, two(1), Wire.octets(0x80)));
      assertEquals(List.of("daughter ring REFUSED"), house.mailbox.dropped);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aKeptSessionGetsItsUnconfirmedMessagesAgainUnderTheSameId(Version version) {
    try (House house = new House()) {
      Wire.Connect hello = connect(version, "daughter").keep(600);
      Client daughter = listens(house, hello);
      house.endpoint.send("daughter", message("one"));
      house.endpoint.send("daughter", message("two"));
      daughter.sends(Wire.pubAck(1));
      daughter.vanishes();
      assertFalse(house.endpoint.send("daughter", message("three")));

      Client back = house.opens(version).sends(hello.bytes());
      List<Client.Answer> answers = back.answers();
      assertTrue(present(answers.getFirst()));
      assertEquals(0x3a, answers.get(1).header());
      assertEquals(2, house.mailbox.ready.size());
      house.endpoint.send("daughter", message("two"));
      house.endpoint.send("daughter", message("three"));
      assertEquals(List.of("0 3 three"), back.messages());
      back.sends(Wire.pubAck(2)).sends(Wire.pubAck(3));
      assertEquals(
          List.of("daughter one", "daughter two", "daughter three"), house.mailbox.confirmed);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aSessionNotKeptIsForgotten(Version version) {
    try (House house = new House()) {
      listens(house, connect(version, "daughter")).vanishes();
      assertFalse(comesBackPresent(house, connect(version, "daughter").keep(600)));
      assertEquals(1, house.mailbox.ready.size());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aCleanStartForgetsTheKeptSession(Version version) {
    try (House house = new House()) {
      listens(house, connect(version, "daughter").keep(600)).vanishes();
      Client clean = house.connects(version, "daughter");
      clean.vanishes();
      assertFalse(comesBackPresent(house, connect(version, "daughter").keep(600)));
    }
  }

  @Test
  void aSessionExpires() {
    try (House house = new House()) {
      Wire.Connect hello = connect(Version.V5, "daughter").keep(600);
      listens(house, hello).vanishes();
      house.passes(Duration.ofSeconds(599));
      Client back = house.opens(Version.V5).sends(hello.bytes());
      assertTrue(present(back.isWelcome()));
      back.vanishes();
      house.passes(Duration.ofMinutes(10));
      assertFalse(comesBackPresent(house, hello));
    }
  }

  @Test
  void anExpiryIsCappedAndToldAndChangedAtTheGoodbye() {
    try (House house = new House()) {
      Client client =
          house.opens(Version.V5).sends(connect(Version.V5, "daughter").keep(0xffff_ffffL).bytes());
      String week = java.util.HexFormat.of().toHexDigits((int) WEEK);
      assertTrue(client.isWelcome().hex().contains("11" + week));
      client.sends(
          Wire.packet(
              0xe0,
              Wire.octets(0),
              Wire.properties(Version.V5, property(Properties.SESSION_EXPIRY, four(0)))));
      assertTrue(client.isClosed());
      assertEquals(new Input.SessionDropped("daughter"), house.intake.sessions().getLast());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void theJournalIsToldOfKeptSessionsOnly(Version version) {
    try (House house = new House()) {
      listens(house, connect(version, "daughter")).vanishes();
      assertEquals(List.of(), house.intake.sessions());
      listens(house, connect(version, "daughter").keep(WEEK)).vanishes();
      assertEquals(
          List.of(
              new Input.SessionKept(new Session("daughter", WEEK, null, null)),
              new Input.SessionKept(new Session("daughter", WEEK, 1, null)),
              new Input.SessionKept(new Session("daughter", WEEK, 1, House.START))),
          house.intake.sessions());
      house.connects(version, "daughter");
      assertEquals(new Input.SessionDropped("daughter"), house.intake.sessions().getLast());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aFullLaneDelaysWhatTheJournalIsToldButNotTheClient(Version version) {
    try (House house = new House()) {
      house.intake.fill(Lane.TELEMETRY);
      Client daughter = listens(house, connect(version, "daughter").keep(WEEK));
      assertEquals(List.of(), house.intake.sessions());
      house.intake.makeRoom(Lane.TELEMETRY);
      house.settle();
      assertEquals(
          List.of(new Input.SessionKept(new Session("daughter", WEEK, 1, null))),
          house.intake.sessions());
      daughter.isConnected();
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aSessionOfTheJournalIsResumed(Version version) {
    Session kept = new Session("daughter", WEEK, 1, null);
    try (House house = new House(MqttSettings.Limits.DEFAULT, List.of(kept))) {
      Client daughter = house.opens(version).sends(connect(version, "daughter").keep(WEEK).bytes());
      assertTrue(present(daughter.isWelcome()));
      assertEquals(List.of("daughter"), house.mailbox.ready);
      house.endpoint.send("daughter", message("ring"));
      assertEquals(1, daughter.messages().size());
    }
  }

  @Test
  void keptSessionsAreBounded() {
    try (House house = new House(Limits.with("sessionsMax", 1), List.of())) {
      house.connects(connect(Version.V5, "daughter").keep(600));
      Client second = house.opens(Version.V5).sends(connect(Version.V5, "son").keep(600).bytes());
      assertTrue(second.isWelcome().hex().contains("1100000000"));
      assertEquals(1, house.count("shouwang.mqtt.sessions.not.kept"));
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void onlyADupOfAResumedSessionIsARedelivery(Version version) {
    try (House house = new House()) {
      byte[] dup = Wire.publish(version, 0x0a, "v1/devices/button-1/sos", 5, Wire.utf8("{}"));
      Wire.Connect hello = connect(version, "button-1").keep(600);
      Client first = house.connects(hello).sends(dup);
      first.vanishes();
      house.connects(hello).sends(dup);
      house.connects(connect(version, "button-1")).sends(dup);
      assertEquals(
          List.of(false, true, false),
          house.intake.events().stream()
              .map(event -> event.packet() != null && event.packet().redelivered())
              .toList());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aTakenOverSessionGoesOnWithTheNewConnection(Version version) {
    try (House house = new House()) {
      Wire.Connect hello = connect(version, "daughter").keep(600);
      Client first = listens(house, hello);
      house.endpoint.send("daughter", message("ring"));
      Client second = house.opens(version).sends(hello.bytes());
      house.settle();
      assertTrue(first.isClosed());
      List<Client.Answer> answers = second.answers();
      assertTrue(present(answers.getFirst()));
      assertEquals(0x3a, answers.get(1).header());
      second.sends(Wire.pubAck(1));
      assertEquals(List.of("daughter ring"), house.mailbox.confirmed);
    }
  }
}
