package io.shouwang.levels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.notify.provider.Http;
import io.shouwang.wording.District;
import java.io.StringReader;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** CAP 1.2 by the text of the standard: every message of an alert's life, and hostile words. */
final class CapTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private final CountyHome home = new CountyHome();
  private final Cap cap =
      new Cap(new LevelSettings.CapWords("sw@x", List.of("a", "b")), () -> home.district, SHANGHAI);

  private static Schema schema() throws SAXException {
    return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(CapTest.class.getResource("/cap/cap-1.2-as-read.xsd"));
  }

  private static String valid(String xml) throws Exception {
    schema().newValidator().validate(new StreamSource(new StringReader(xml)));
    return xml;
  }

  private static void assertHas(String xml, String element) {
    assertTrue(xml.contains(element), element + " in " + xml);
  }

  private String now(boolean withPosition) throws Exception {
    return valid(cap.write(home.seen(), home.clock.wall(), withPosition));
  }

  @Test
  void anAlertBeginsChangesAndIsOver() throws Exception {
    home.press();
    String first = now(false);
    assertHas(first, "<msgType>Alert</msgType>");
    assertHas(first, "<status>Actual</status>");
    assertHas(first, "<scope>Private</scope><addresses>a b</addresses>");
    assertHas(first, "<sent>2026-03-02T16:00:00+08:00</sent>");
    assertHas(first, "<category>Rescue</category><category>Health</category>");
    assertHas(
        first,
        "<urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>");
    assertHas(first, "<language>zh-CN</language>");
    assertHas(first, "<language>en</language>");
    assertFalse(first.contains("references"));
    assertEquals(first, valid(cap.writeFirst(home.seen())));

    home.clock.pass(Duration.ofMinutes(1));
    home.replies("daughter", Reply.Answer.ACCEPT);
    String update = now(false);
    assertHas(update, "<msgType>Update</msgType>");
    assertHas(update, "<sent>2026-03-02T16:01:00+08:00</sent>");
    String begun =
        first.substring(first.indexOf("<identifier>") + 12, first.indexOf("</identifier>"));
    assertHas(update, "<references>sw@x," + begun + ",2026-03-02T16:00:00+08:00</references>");
    assertFalse(update.contains("<identifier>" + begun + "<"), "an identifier of its own");

    home.replies("operator", Reply.Answer.DONE);
    String cancel = now(true);
    assertHas(cancel, "<msgType>Cancel</msgType>");
    assertHas(cancel, "<responseType>AllClear</responseType><urgency>Past</urgency>");
    for (String xml : List.of(first, update, cancel)) {
      assertFalse(xml.contains("王秀英") || xml.contains("幸福里") || xml.contains("daughter"), xml);
    }
  }

  @Test
  void aPositionIsShownOnlyToWhoMaySeeIt() throws Exception {
    home.says(
        "sos-1",
        "sos",
        "{\"location\":{\"lat\":32.0601,\"lon\":120.8804,\"accuracy_m\":150,\"source\":\"gnss\"}}");
    assertHas(now(true), "<circle>32.060100,120.880400 0.150</circle>");
    assertFalse(now(false).contains("circle"));
  }

  @Test
  void exercisesAndTestsSayThatTheyAre() throws Exception {
    home.take(
        new Input.ModeChanged(
            District.HOME,
            new DeviceId("sos-1"),
            Mode.Kind.TEST,
            home.clock.wall().plus(Duration.ofHours(1)),
            new ResponderId("operator"),
            "http"));
    assertHas(cap(home.press()), "<status>Test</status>");
    CountyHome other = new CountyHome();
    other.take(
        new Input.ExerciseOrdered(
            "d1",
            District.HOME,
            Kind.FALL,
            new ResponderId("operator"),
            other.clock.wall().plus(Duration.ofHours(1)),
            20));
    assertHas(cap(other), "<status>Exercise</status>");
  }

  private String cap(CountyHome of) throws Exception {
    return valid(cap.write(of.seen(), of.clock.wall(), true));
  }

  @Test
  void wordsOfADeviceAreTextAndNothingElse() throws Exception {
    home.says(
        "smoke-1",
        "smoke",
        "{\"state\":\"]]><x>&\\u0000\\u0007\\uFFFF<!--\",\"room\":\"<room>&\"}");
    home.clock.pass(Duration.ofSeconds(1));
    home.replies("daughter", Reply.Answer.ACCEPT);
    String xml = now(true);
    assertFalse(xml.contains("<x>") || xml.contains("<room>") || xml.contains("\u0007"), xml);
  }

  @Test
  void utcIsWrittenWithFigures() throws Exception {
    Cap inUtc = new Cap(LevelSettings.CapWords.STANDARD, () -> home.district, ZoneId.of("UTC"));
    home.press();
    String xml = valid(inUtc.write(home.seen(), home.clock.wall(), false));
    assertHas(xml, "<sent>2026-03-02T08:00:00-00:00</sent>");
  }

  @Test
  void theSchemaRefusesWhatTheStandardDoes() {
    home.press();
    String good = cap.write(home.seen(), home.clock.wall(), false);
    for (String bad :
        List.of(
            good.replace("+08:00</sent>", "Z</sent>"),
            good.replace("<scope>Private</scope>", "<scope>Public</scope>"),
            good.replace("<addresses>a b</addresses>", ""),
            good.replace("Immediate", "Soon"),
            good.replace("<sender>sw@x", "<sender>sw x"))) {
      assertThrows(SAXException.class, () -> valid(bad));
    }
  }

  @Test
  void othersAreSentWhatChangesInOrderAndMissNothingWhileTheyAreAway() throws Exception {
    try (Peer peer = new Peer();
        Http http = new Http(Duration.ofSeconds(10), null)) {
      peer.status = _ -> 503;
      CapCourier courier =
          new CapCourier(
              new LevelSettings.CapPost(peer.url().resolve("/cap"), "t0ken"),
              cap,
              home,
              http,
              home.clock,
              new SimpleMeterRegistry());
      home.press();
      home.clock.pass(Duration.ofSeconds(5));
      home.replies("daughter", Reply.Answer.ACCEPT);
      peer.status = good -> good;
      Peer.until(() -> peer.bodies.size() == 2, "Alert and Update");
      home.replies("operator", Reply.Answer.DONE);
      Peer.until(() -> peer.bodies.size() == 3, "Cancel");
      courier.close();
      List<String> types =
          peer.bodies.stream()
              .map(xml -> xml.replaceFirst("(?s).*<msgType>(\\w+)</msgType>.*", "$1"))
              .toList();
      assertEquals(List.of("Alert", "Update", "Cancel"), types);
      for (String xml : peer.bodies) {
        valid(xml);
      }
    }
  }

  @Test
  void anAlertThatIsRefusedForeverHoldsNoOtherUp() throws Exception {
    try (Peer peer = new Peer();
        Http http = new Http(Duration.ofSeconds(10), null)) {
      home.press();
      String press = home.alert().id().value();
      peer.bad = press;
      peer.status = good -> good == 400 ? 500 : good;
      CapCourier courier =
          new CapCourier(
              new LevelSettings.CapPost(peer.url().resolve("/cap"), null),
              cap,
              home,
              http,
              home.clock,
              new SimpleMeterRegistry());
      home.says("smoke-1", "smoke", "{\"state\":\"alarm\"}");
      String smoke = home.alert().id().value();
      Peer.until(() -> peer.bodies.stream().anyMatch(xml -> xml.contains(smoke)), "the smoke");
      peer.bad = "\0";
      Peer.until(() -> peer.bodies.stream().anyMatch(xml -> xml.contains(press)), "the press");
      courier.close();
    }
  }
}
