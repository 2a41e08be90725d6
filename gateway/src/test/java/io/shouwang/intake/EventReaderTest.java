package io.shouwang.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Fix;
import io.shouwang.model.Kind;
import io.shouwang.model.Point;
import io.shouwang.model.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventReaderTest {
  private static final DeviceId DEVICE = new DeviceId("d-1");

  private static List<DeviceEvent> readAll(String kind, String payload) {
    return EventReader.read(
        DEVICE, null, new Kind(kind), null, payload.getBytes(StandardCharsets.UTF_8));
  }

  private static DeviceEvent read(String kind, String payload) {
    List<DeviceEvent> events = readAll(kind, payload);
    assertEquals(1, events.size());
    return events.getFirst();
  }

  private static void assertUnreadable(DeviceEvent event) {
    assertTrue(event.signal() instanceof Signal.Unreadable, () -> "read: " + event.signal());
    assertEquals(event.kind().isAlarmKind(), event.isAlarm());
  }

  // ---- kinds

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                      | PRESS   | press  | true
          {"action":"press"}      | PRESS   | press  | true
          {"action":"cancel"}     | CANCEL  | cancel | false
          {"action":"Cancel"}     | UNKNOWN | Cancel | true
          {"action":"hold"}       | UNKNOWN | hold   | true
          {"action":7}            | UNKNOWN | 7      | true
          {"action":null}         | UNKNOWN | null   | true
          {"action":{"a":"b"}}    | UNKNOWN | {      | true
          {"action":["cancel"]}   | UNKNOWN | [      | true
          """)
  void anActionNeverHeardOfRings(
      String payload, Signal.Sos.Action action, String said, boolean rings) {
    DeviceEvent event = read("sos", payload);
    Signal.Sos sos = (Signal.Sos) event.signal();
    assertEquals(action, sos.action());
    assertEquals(said, sos.said());
    assertEquals(rings, event.isAlarm());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          smoke | {"state":"alarm"}   | ALARM   | true
          smoke | {"state":"clear"}   | CLEAR   | false
          smoke | {"state":"test"}    | TEST    | false
          smoke | {"state":"fault"}   | FAULT   | false
          smoke | {"state":"tamper"}  | TAMPER  | false
          smoke | {"state":"Clear"}   | UNKNOWN | true
          smoke | {"state":"normal"}  | UNKNOWN | true
          smoke | {"state":" clear"}  | UNKNOWN | true
          smoke | {}                  | UNKNOWN | true
          smoke | {"state":1}         | UNKNOWN | true
          smoke | {"state":["clear"]} | UNKNOWN | true
          gas   | {"state":"alarm"}   | ALARM   | true
          gas   | {"state":"leak"}    | UNKNOWN | true
          gas   | {"state":null}      | UNKNOWN | true
          gas   | {"state":"normal"}  | CLEAR   | false
          gas   | {"state":"ok"}      | CLEAR   | false
          gas   | {"state":"idle"}    | CLEAR   | false
          gas   | {"state":"clear"}   | CLEAR   | false
          gas   | {"state":"fault"}   | FAULT   | false
          """)
  void aStateNeverHeardOfRings(
      String kind, String payload, Signal.Hazard.State state, boolean rings) {
    DeviceEvent event = read(kind, payload);
    assertEquals(state, ((Signal.Hazard) event.signal()).state());
    assertEquals(rings, event.isAlarm());
    assertEquals(Lane.ALARM, Lane.of(event));
  }

  @Test
  void gasWithoutAStateIsAReading() {
    assertEquals(new Signal.Reading(), read("gas", "{\"methane_pct_lel\":3}").signal());
  }

  @Test
  void aFallKeepsWhatItIsSureOf() {
    assertEquals(new Signal.Fall(0.9, null), read("fall", "{\"confidence\":0.9}").signal());
    assertEquals(new Signal.Fall(null, null), read("fall", "{\"confidence\":\"high\"}").signal());
    assertEquals(new Signal.Fall(null, null), read("fall", "{\"confidence\":2}").signal());
  }

  @Test
  void aPositionIsReadWhole() {
    assertEquals(
        new Signal.Position(
            new Fix(31.3, 120.6, 12.0, Instant.parse("2026-01-01T00:00:00Z"), "wifi", "wgs84")),
        position("wgs84"));
  }

  /** Chinese vendors' coordinates go no further than this door; the payload keeps them. */
  @Test
  void aPositionInAnotherDatumBecomesWgs84() {
    Signal.Position gcj = assertInstanceOf(Signal.Position.class, position("GCJ-02"));
    Signal.Position bd = assertInstanceOf(Signal.Position.class, position("bd09"));
    assertEquals("wgs84", gcj.fix().datum());
    Point said = new Point(31.3, 120.6);
    assertEquals(475, said.distanceM(new Point(gcj.fix().lat(), gcj.fix().lon())), 60);
    double furtherM = said.distanceM(new Point(bd.fix().lat(), bd.fix().lon()));
    assertTrue(furtherM > 1_000 && furtherM < 2_000, furtherM + " m");
    Signal.Sos sos =
        (Signal.Sos)
            read("sos", "{\"location\":{\"lat\":31.3,\"lon\":120.6,\"datum\":\"gcj02\"}}").signal();
    Fix pressed = sos.fix();
    assertNotNull(pressed);
    assertEquals(gcj.fix().lat(), pressed.lat());
  }

  private static Signal position(String datum) {
    return read(
            "location",
            "{\"lat\":31.3,\"lon\":120.6,\"accuracy_m\":12,\"fix_at\":1767225600000,"
                + "\"source\":\"wifi\",\"datum\":\""
                + datum
                + "\"}")
        .signal();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"lat\":1}",
        "{\"lon\":1}",
        "{\"lat\":\"31\",\"lon\":120}",
        "{\"lat\":91,\"lon\":1}",
        "{\"lat\":1,\"lon\":181}",
        "{\"lat\":1e999,\"lon\":1}",
        "{\"lat\":null,\"lon\":1}",
        "{\"lat\":[1],\"lon\":1}",
        "{\"lat\":1,\"lon\":1,\"datum\":\"mars\"}"
      })
  void aPositionThatCantBeUsedIsUnreadableButSpoilsNoAlarm(String place) {
    assertUnreadable(read("location", place));
    Signal.Sos sos = (Signal.Sos) read("sos", "{\"location\":" + place + "}").signal();
    assertNull(sos.fix());
    assertEquals(Signal.Sos.Action.PRESS, sos.action());
  }

  @Test
  void zeroZeroIsNoFix() {
    assertEquals(new Signal.Reading(), read("location", "{\"lat\":0,\"lon\":0.0}").signal());
    assertNull(((Signal.Sos) read("sos", "{\"location\":{\"lat\":0,\"lon\":0}}").signal()).fix());
  }

  @Test
  void anSosKeepsItsPlaceAndIgnoresOneThatIsNone() {
    String good =
        "{\"location\":{\"lat\":31,\"lon\":120,\"deep\":{\"a\":[1]}},\"lat\":1,\"lon\":2}";
    assertEquals(
        new Fix(31, 120, null, null, null, "wgs84"),
        ((Signal.Sos) read("sos", good).signal()).fix());
    for (String none : List.of("\"home\"", "[]", "null", "5")) {
      assertNull(((Signal.Sos) read("sos", "{\"location\":" + none + "}").signal()).fix());
    }
  }

  @Test
  void motionNeedsAState() {
    assertEquals(
        new Signal.Motion(true, "hall"),
        read("motion", "{\"state\":\"active\",\"room\":\"hall\"}").signal());
    assertEquals(new Signal.Motion(false, null), read("motion", "{\"state\":\"idle\"}").signal());
    assertUnreadable(read("motion", "{}"));
    assertUnreadable(read("motion", "{\"state\":1}"));
  }

  @Test
  void anyOtherKindIsAReadingInTheTelemetryLane() {
    for (String kind :
        List.of("vitals", "status", "service", "door", "bed", "water", "never-heard-of")) {
      DeviceEvent event = read(kind, "{\"x\":1}");
      assertEquals(new Signal.Reading(), event.signal());
      assertEquals(Lane.TELEMETRY, Lane.of(event));
    }
    assertEquals(Lane.ALARM, Lane.of(read("sos", "{\"action\":\"cancel\"}")));
  }

  // ---- id and at

  @ParameterizedTest
  @CsvSource({
    "\"2026-03-01T08:00:00+08:00\", 2026-03-01T00:00:00Z",
    "\"2026-03-01T00:00:00.1239Z\", 2026-03-01T00:00:00.123Z",
    "\"2026-03-01t00:00:00z\", 2026-03-01T00:00:00Z",
    "1772323200000, 2026-03-01T00:00:00Z",
    "0, 1970-01-01T00:00:00Z",
  })
  void aDeviceTimeIsReadToTheMillisecond(String at, String instant) {
    DeviceEvent event = read("status", "{\"at\":" + at + "}");
    assertEquals(Instant.parse(instant), event.at());
    assertNull(event.atSaid());
    assertTrue(event.isIdentified());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"yesterday\"",
        "\"2026-03-01T08:00:00\"",
        "\"2026-02-30T08:00:00Z\"",
        "-1",
        "1.5",
        "true",
        "99999999999999999999",
        "253402300800000",
        "\"\"",
        "[1]",
        "{}",
        "\"+999999999-01-01T00:00:00Z\""
      })
  void aBadDeviceTimeIsKeptAsSaidAndSpoilsNothing(String at) {
    for (String kind : List.of("sos", "status")) {
      DeviceEvent event = read(kind, "{\"at\":" + at + "}");
      assertFalse(event.signal() instanceof Signal.Unreadable);
      assertNull(event.at());
      assertNotNull(event.atSaid());
      assertFalse(event.isIdentified());
    }
  }

  @Test
  void anIdIsAStringOfSomeLength() {
    assertEquals("press-7", read("sos", "{\"id\":\"press-7\"}").id());
    assertNull(read("sos", "{\"id\":7}").id());
    assertNull(read("sos", "{\"id\":\"\"}").id());
    assertNull(read("sos", "{\"id\":null}").id());
    assertNull(read("sos", "{\"id\":\"" + "x".repeat(129) + "\"}").id());
  }

  // ---- what can't be read

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "null",
        "\"sos\"",
        "7",
        "{}{}",
        "{} x",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":1,\"a\":2}",
        "// c\n{}",
        "{\"a\":\"\n\"}",
        "{\"a\":tru}",
        "{\"x\":{\"a\":1,\"a\":2}}",
        "{\"a\":\"\\x\"}",
        "\u0000{}"
      })
  void whatIsNotOneJsonObjectIsUnreadable(String payload) {
    for (String kind : List.of("sos", "fall", "smoke", "status")) {
      assertUnreadable(read(kind, payload));
    }
  }

  @Test
  void hostileJsonIsUnreadableAndNeverThrown() {
    List<String> hostile =
        List.of(
            "{\"a\":" + "[".repeat(4_000) + "]".repeat(4_000) + "}",
            "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000),
            "{\"a\":" + "[".repeat(8_000),
            "{\"a\":" + "9".repeat(5_000) + "}",
            "{\"a\":1e" + "9".repeat(500) + "}",
            "{\"" + "k".repeat(5_000) + "\":1}");
    for (String payload : hostile) {
      assertUnreadable(read("sos", payload));
      assertUnreadable(read("status", payload));
    }
  }

  @Test
  void otherEncodingsAreUnreadable() {
    byte[][] payloads = {
      "{}".getBytes(StandardCharsets.UTF_16BE),
      "{}".getBytes(StandardCharsets.UTF_16),
      "{}".getBytes(StandardCharsets.UTF_16LE),
      {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'},
      {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'}
    };
    for (byte[] payload : payloads) {
      assertUnreadable(EventReader.readOne(DEVICE, null, Kind.SOS, null, payload));
    }
  }

  @Test
  void beyond8KiBIsUnreadableAndItsBeginningKept() {
    String exact = "{\"x\":\"" + "y".repeat(8 * 1024 - 8) + "\"}";
    assertEquals(8 * 1024, exact.length());
    assertEquals(new Signal.Reading(), read("status", exact).signal());
    DeviceEvent longer = read("sos", exact + " ");
    assertUnreadable(longer);
    assertEquals(exact, longer.payload().toString());
  }

  @Test
  void noBytesAtAllThrow() {
    long seed = Long.getLong("seed", 42);
    Random random = new Random(seed);
    byte[] start =
        "{\"id\":\"a\",\"at\":1,\"action\":\"press\",\"location\":{\"lat\":1,\"lon\":2},\"state\":[]}"
            .getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 4_000; round++) {
      byte[] payload = start.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = Arrays.copyOf(payload, random.nextInt(payload.length + 1));
      for (Kind kind : List.of(Kind.SOS, Kind.SMOKE, Kind.LOCATION, Kind.STATUS)) {
        List<DeviceEvent> events = EventReader.read(DEVICE, null, kind, null, cut);
        assertFalse(events.isEmpty(), "seed " + seed);
      }
    }
  }

  // ---- arrays

  @Test
  void anArrayIsAnEventEach() {
    List<DeviceEvent> events =
        readAll("vitals", " [ {\"id\":\"1\"} , 5, [{}],\"x\",{\"id\":\"2\"}]");
    assertEquals(5, events.size());
    assertEquals("1", events.getFirst().id());
    assertEquals("{\"id\":\"1\"}", events.getFirst().payload().toString());
    assertEquals(
        List.of("5", "[{}]", "\"x\""),
        events.subList(1, 4).stream().map(event -> event.payload().toString()).toList());
    events.subList(1, 4).forEach(EventReaderTest::assertUnreadable);
    assertEquals("2", events.getLast().id());
  }

  @Test
  void anArrayElementReadsTheSameAlone() {
    String payload = "[{\"id\":\"一\",\"x\":\"\\u4e00\"},\n\t{\"at\":1, \"y\" : [1,2] }]";
    for (DeviceEvent event : readAll("vitals", payload)) {
      assertEquals(
          event, EventReader.readOne(DEVICE, null, event.kind(), null, event.payload().bytes()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}", "[{},]", "[{}]x", "[{}][]", "[{\"a\":1,\"a\":2}]"})
  void anArrayThatIsNoneIsOneUnreadableEvent(String payload) {
    DeviceEvent event = read("vitals", payload);
    assertUnreadable(event);
    assertEquals(payload, event.payload().toString());
  }

  @Test
  void anArrayIsBoundedAndNothingForAlarms() {
    assertEquals(500, readAll("vitals", "[" + "{},".repeat(499) + "{}]").size());
    assertUnreadable(read("vitals", "[" + "{},".repeat(500) + "{}]"));
    assertUnreadable(read("sos", "[{}]"));
  }

  // ---- the key

  @Test
  void theSameAlarmWrittenOtherwiseIsTheSameEvent() {
    DeviceEvent one = read("sos", "{\"id\":\"1\",\"location\":{\"lat\":1,\"lon\":2},\"a\":\"é\"}");
    DeviceEvent two =
        read("sos", " { \"a\" : \"\\u00e9\",\n\"location\":{\"lon\":2,\"lat\":1}, \"id\":\"1\" } ");
    assertEquals(one.key(), two.key());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"2\"}",
        "{\"id\":\"1\",\"x\":1}",
        "{\"id\":\"1\",\"x\":\"1\"}",
        "{\"id\":1}",
        "{\"id\":\"1\",\"at\":1}",
        "{\"id\":\"1\",\"x\":[1,2]}",
        "{\"id\":\"1\",\"x\":[2,1]}",
        "{\"id\":\"1\",\"x\":[[1],2]}",
        "{\"id\":\"1\",\"x\":null}",
        "{\"id\":\"1\",\"x\":\"null\"}"
      })
  void whatSaysSomethingElseIsAnotherEvent(String other) {
    assertNotEquals(read("sos", "{\"id\":\"1\"}").key(), read("sos", other).key());
    assertNotEquals(read("sos", other).key(), read("fall", other).key());
    assertNotEquals(
        read("sos", other).key(),
        EventReader.readOne(
                new DeviceId("d-2"), null, Kind.SOS, null, other.getBytes(StandardCharsets.UTF_8))
            .key());
  }

  @Test
  void whoSpokeForItAndInWhichPacketIsNoPartOfTheEvent() {
    byte[] payload = "{\"id\":\"1\"}".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        EventReader.readOne(DEVICE, null, Kind.SOS, null, payload).key(),
        EventReader.readOne(
                DEVICE, new DeviceId("hub"), Kind.SOS, new DeviceEvent.Packet(1, true), payload)
            .key());
  }

  @Test
  void theKeyIsFixedForEver() {
    // Journals hold keys: what was the same event must stay the same after an upgrade.
    assertEquals(
        "c4015a47d3daeb3029270cbec80c9273",
        read("sos", "{\"id\":\"1\",\"at\":1772323200000}").key().toString());
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("ar", "EG"));
      assertEquals(
          "3928179f1709f7cd990361f7610e38ea",
          read("status", "{\"battery_pct\":5}").key().toString());
    } finally {
      Locale.setDefault(before);
    }
  }
}
