package io.shouwang.ingest.mqtt;

import static io.shouwang.ingest.mqtt.Wire.connect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Input;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may connect, publish, subscribe and leave a will as whom. A refusal is never a success. */
@ExtendWith(LeakWatch.class)
final class IdentityTest {

  @ParameterizedTest
  @EnumSource(Version.class)
  void anUnknownNameAndAWrongSecretLookTheSame(Version version) {
    try (House house = new House()) {
      Client unknown = house.opens(version).sends(connect(version, "nobody").bytes());
      unknown.isTurnedAway(Reason.BAD_USER_NAME_OR_PASSWORD);
      Client wrong = house.opens(version).sends(connect(version, "button-1").password("x").bytes());
      wrong.isTurnedAway(Reason.BAD_USER_NAME_OR_PASSWORD);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void withoutNameOrSecretNobodyComesIn(Version version) {
    try (House house = new House()) {
      for (int flags : version == Version.V5 ? new int[] {2, 0x82, 0x42} : new int[] {2, 0x82}) {
        house
            .opens(version)
            .sends(connect(version, "button-1").flags(flags).bytes())
            .isTurnedAway(Reason.BAD_USER_NAME_OR_PASSWORD);
      }
      for (String name :
          List.of("", "button 1", "button-1/x", "+", "$SYS", "ボタン", "a".repeat(65))) {
        house
            .opens(version)
            .sends(connect(version, name).bytes())
            .isTurnedAway(Reason.BAD_USER_NAME_OR_PASSWORD);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "button-1, button-2", "button-1, button-1.x", "button-1, daughter", "daughter, button-1",
    "daughter, daughterx", "daughter, son.phone", "daughter, daughter/phone", "daughter, .daughter"
  })
  void aClientIdIsTheIdentitysOwn(String name, String clientId) {
    for (Version version : Version.values()) {
      try (House house = new House()) {
        house
            .opens(version)
            .sends(connect(version, name).clientId(clientId).bytes())
            .isTurnedAway(Reason.CLIENT_ID_NOT_VALID);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aRespondersClientsAreToldApartByASuffix(Version version) {
    try (House house = new House()) {
      house.connects(connect(version, "daughter"));
      house.connects(connect(version, "daughter").clientId("daughter.电话 1"));
      house
          .opens(version)
          .sends(connect(version, "daughter").clientId("daughter.\u0007").bytes())
          .isTurnedAway(Reason.CLIENT_ID_NOT_VALID);
      house
          .opens(version)
          .sends(connect(version, "daughter").clientId("daughter." + "x".repeat(200)).bytes())
          .isTurnedAway(Reason.CLIENT_ID_NOT_VALID);
      for (int phone = 2; phone < 16; phone++) {
        house.connects(connect(version, "daughter").clientId("daughter." + phone));
      }
      house
          .opens(version)
          .sends(connect(version, "daughter").clientId("daughter.17").bytes())
          .isTurnedAway(Reason.QUOTA_EXCEEDED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "button-1, v1/devices/button-1/sos",
    "button-1, v1/devices/button-1/a-kind-never-heard-of",
    "stranger, v1/devices/stranger/sos",
    "hub-1,    v1/devices/hub-1/status",
    "hub-1,    v1/devices/child-1/smoke",
    "hub-1,    v1/devices/registered-nowhere/sos",
    "hub-1,    v1/devices/registered-nowhere/vitals",
    "daughter, v1/responders/daughter/replies",
  })
  void whatIsOnesOwnIsTakenInAndAcknowledgedAfterTheSync(String name, String topic) {
    for (Version version : Version.values()) {
      try (House house = new House()) {
        Client client = house.connects(version, name);
        int id = client.publishes(topic, "{\"alert\":\"a\",\"reply\":\"done\"}");
        assertEquals(List.of(), client.acknowledged());
        assertEquals(1, house.intake.inputs().size());
        house.acknowledges();
        assertEquals(List.of(id), client.acknowledged());
        client.isConnected();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "button-1, v1/devices/button-2/sos",
    "button-1, v1/devices/child-1/smoke",
    "button-1, v1/devices/registered-nowhere/sos",
    "button-1, v1/devices/button-1/down",
    "button-1, v1/devices/button-1",
    "button-1, v1/devices/button-1/",
    "button-1, v1/devices/button-1/sos/",
    "button-1, v1/devices/button-1/sos/x",
    "button-1, v1/devices//sos",
    "button-1, /v1/devices/button-1/sos",
    "button-1, V1/devices/button-1/sos",
    "button-1, v2/devices/button-1/sos",
    "button-1, v1/device/button-1/sos",
    "button-1, v1/devices/button-1/s s",
    "button-1, $SYS/broker/uptime",
    "button-1, $share/g/v1/devices/button-1/sos",
    "button-1, $CONTROL/dynamic-security/v1",
    "button-1, v1/responders/button-1/replies",
    "button-1, v1/responders/daughter/replies",
    "hub-1,    v1/devices/child-2/smoke",
    "hub-1,    v1/devices/button-1/sos",
    "hub-1,    v1/devices/daughter/sos",
    "hub-1,    v1/devices/child-1/down",
    "child-1,  v1/devices/hub-1/status",
    "daughter, v1/devices/daughter/sos",
    "daughter, v1/devices/button-1/sos",
    "daughter, v1/responders/son/replies",
    "daughter, v1/responders/daughter/alerts",
    "daughter, v1/responders/daughter/replies/x",
  })
  void whatIsNotOnesOwnIsNeverASuccess(String name, String topic) {
    for (Version version : Version.values()) {
      try (House house = new House()) {
        Client client = house.connects(version, name);
        client.publishes(topic, "{}");
        house.acknowledges();
        if (version == Version.V5) {
          Client.Answer answer = client.answer();
          assertEquals("40000187", answer.hex());
          client.isConnected();
        } else {
          client.isThrownOut(Reason.NOT_AUTHORIZED);
        }
        Client atMostOnce = house.connects(version, name);
        atMostOnce.sends(Wire.publish(version, topic, 0, "{}"));
        atMostOnce.isThrownOut(Reason.NOT_AUTHORIZED);

        Client withWill =
            house.opens(version).sends(connect(version, name).will(1, topic, "{}").bytes());
        withWill.isTurnedAway(Reason.NOT_AUTHORIZED);
        assertEquals(List.of(), house.intake.inputs());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "button-1, v1/devices/button-1/down, true",
    "hub-1,    v1/devices/hub-1/down, true",
    "daughter, v1/responders/daughter/alerts, true",
    "button-1, v1/devices/button-2/down, false",
    "button-1, v1/devices/button-1/sos, false",
    "button-1, v1/devices/+/down, false",
    "button-1, v1/devices/button-1/+, false",
    "button-1, #, false",
    "button-1, v1/#, false",
    "button-1, $SYS/#, false",
    "button-1, $share/g/v1/devices/button-1/down, false",
    "button-1, v1/responders/daughter/alerts, false",
    "hub-1,    v1/devices/child-1/down, false",
    "daughter, v1/responders/son/alerts, false",
    "daughter, v1/responders/daughter/replies, false",
    "daughter, v1/responders/+/alerts, false",
    "daughter, v1/devices/button-1/down, false",
  })
  void onlyTheOneOwnTopicCanBeHeard(String name, String filter, boolean granted) {
    for (Version version : Version.values()) {
      try (House house = new House()) {
        Client client = house.connects(version, name);
        client.sends(Wire.subscribe(version, 9, filter, 2));
        Client.Answer answer = client.answer();
        int code = answer.body()[answer.body().length - 1] & 0xff;
        assertEquals(9, answer.type());
        assertEquals(9, answer.packetId());
        if (granted) {
          assertEquals(1, code);
          assertEquals(List.of(name), house.mailbox.ready);
        } else {
          assertTrue(code >= 0x80, "granted");
          assertEquals(List.of(), house.mailbox.ready);
          assertEquals(version == Version.V3_1_1, client.isClosed());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aChildsAlarmNamesTheHubThatSpokeForIt(Version version) {
    try (House house = new House()) {
      house.connects(version, "hub-1").publishes("v1/devices/child-1/smoke", "{\"state\":\"x\"}");
      house.connects(version, "child-1").publishes("v1/devices/child-1/smoke", "{}");
      DeviceEvent through = house.intake.events().getFirst();
      assertEquals("child-1 via hub-1", through.device() + " via " + through.hub());
      assertNull(house.intake.events().getLast().hub());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void anAnswerIsWhoseConnectionItCameBy(Version version) {
    try (House house = new House()) {
      Client daughter = house.connects(connect(version, "daughter").clientId("daughter.phone"));
      daughter.publishes(
          "v1/responders/daughter/replies", "{\"alert\":\"a-1\",\"reply\":\"accept\"}");
      Input.ReplyReceived reply = (Input.ReplyReceived) house.intake.inputs().getFirst();
      assertEquals("daughter", reply.by().value());
      assertEquals("mqtt", reply.channel());
      assertEquals(false, reply.dispatcher());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void anAnswerThatCantBeReadIsNeverASuccess(Version version) {
    try (House house = new House()) {
      Client daughter = house.connects(version, "daughter");
      daughter.publishes("v1/responders/daughter/replies", "{\"alert\":\"a-1\"}");
      if (version == Version.V5) {
        assertEquals("40000199", daughter.answer().hex());
      } else {
        daughter.isThrownOut(Reason.PAYLOAD_FORMAT_INVALID);
      }
      assertEquals(List.of(), house.intake.inputs());
    }
  }
}
