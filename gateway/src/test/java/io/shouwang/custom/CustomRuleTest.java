package io.shouwang.custom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import io.shouwang.wording.Wording;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An office's own rules. */
class CustomRuleTest {
  private static final List<String> KETTLE = List.of("kettle");
  private static final List<String> NOTHING = List.of();

  @Test
  void a_kettle_on_while_nobody_moves_rings_with_its_numbers_and_clears_by_itself() {
    Flat flat = new Flat(Flat.onPower("event.watts > 2000 && home.silent_minutes > 60"));
    flat.hears("motion", "{\"state\":\"active\"}");
    assertEquals(NOTHING, flat.at(30).hears("power", "{\"watts\":2300}").rings());
    assertEquals(KETTLE, flat.at(75).hears("power", "{\"watts\":2300.5}").rings());
    assertEquals(
        "the kettle is on (own rule kettle: event.watts 2300.5, home.silent_minutes 75)",
        flat.why(Wording.EN));
    assertEquals(
        "水壶开着（自定义规则 kettle：event.watts 2300.5, home.silent_minutes 75）", flat.why(Wording.ZH));
    assertEquals(Severity.MINOR, flat.open().getFirst().severity());
    assertEquals(KETTLE, flat.at(76).hears("power", "{\"watts\":2400}").rings());
    assertEquals(NOTHING, flat.at(77).hears("power", "{\"watts\":3}").rings());
  }

  @Test
  void it_must_hold_for_a_while_and_a_word_to_the_contrary_begins_anew() {
    Flat flat = new Flat(Flat.onPower("event.watts > 2000", Duration.ofMinutes(10), 1, 1));
    assertEquals(NOTHING, flat.hears("power", "{\"watts\":2300}").rings());
    assertEquals(NOTHING, flat.at(9).hears("power", "{\"watts\":2300}").rings());
    assertEquals(NOTHING, flat.at(9).hears("power", "{\"watts\":1}").rings());
    assertEquals(NOTHING, flat.at(15).hears("power", "{\"watts\":2300}").rings());
    assertEquals(NOTHING, flat.at(24).rings());
    assertEquals(KETTLE, flat.at(25).rings(), "by the look it asked for");
    assertTrue(flat.why(Wording.EN).startsWith("the kettle is on"), flat.why(Wording.EN));
  }

  @Test
  void three_of_the_last_five_must_say_so_and_a_resend_counts_once() {
    Flat flat = new Flat(Flat.onPower("event.watts > 2000", Duration.ZERO, 3, 5));
    flat.hears("power", "{\"id\":\"1\",\"watts\":2300}");
    flat.hears("power", "{\"id\":\"2\",\"watts\":1}");
    flat.hears("power", "{\"id\":\"3\",\"watts\":2300}");
    flat.hears("power", "{\"id\":\"3\",\"watts\":2300}");
    assertEquals(NOTHING, flat.hears("power", "{\"id\":\"1\",\"watts\":2300}").rings());
    assertEquals(KETTLE, flat.hears("power", "{\"id\":\"4\",\"watts\":2300}").rings());
    flat.hears("power", "{\"id\":\"5\",\"watts\":1}");
    assertEquals(KETTLE, flat.rings());
    assertEquals(NOTHING, flat.hears("power", "{\"id\":\"6\",\"watts\":1}").rings());
    for (int i = 7; i < 12; i++) {
      flat.hears("power", "{\"id\":\"" + i + "\",\"watts\":1}");
    }
    assertEquals(List.of(), flat.home().conditions(), "nothing is left to remember");
  }

  @Test
  void each_device_speaks_for_itself() {
    Flat flat = new Flat(Flat.onPower("event.watts > 2000"));
    flat.hears("demo-pir-001", "power", "{\"watts\":2300}");
    assertEquals(KETTLE, flat.hears("demo-smoke-001", "power", "{\"watts\":1}").rings());
  }

  @Test
  void a_rule_that_looks_goes_by_all_devices_and_waits_for_a_person_if_it_is_major() {
    String when =
        "hour >= 12 && home.devices.exists(d, d.type == 'bracelet' && d.heard_minutes > 60)"
            + " && !home.devices.exists(d, has(d.online) && d.online && d.type == 'hub')";
    Flat flat =
        new Flat(Flat.every(Duration.ofMinutes(10), when, Duration.ofMinutes(20), Severity.MAJOR));
    flat.at(0).hears("demo-band-001", "status", "{\"battery_pct\":80}");
    assertEquals(NOTHING, flat.at(89).rings());
    assertEquals(List.of("watch"), flat.at(90).rings(), "61 minutes silent at 70, and 20 more");
    flat.at(91).hears("demo-band-001", "status", "{\"battery_pct\":80}");
    assertEquals(List.of("watch"), flat.at(120).rings(), "a person closes it");
    assertTrue(flat.home().conditions().isEmpty());
  }

  @Test
  void the_wearer_is_known() {
    Flat flat =
        new Flat(
            Flat.onPower(
                "elder.age > 80 && 'living_alone' in elder.categories && event.type == 'bracelet'"));
    assertEquals(KETTLE, flat.hears("demo-band-001", "power", "{}").rings());
  }

  @Test
  void what_cannot_be_decided_says_nothing_counts_and_disturbs_nobody() {
    Flat flat = new Flat(Flat.onPower("event.watts > 2000"));
    assertEquals(KETTLE, flat.hears("power", "{\"watts\":2300}").rings());
    assertEquals(0, flat.rule().failures());
    assertEquals(KETTLE, flat.hears("power", "{\"volts\":230}").rings());
    assertEquals(KETTLE, flat.hears("power", "{\"watts\":\"many\"}").rings());
    assertEquals(KETTLE, flat.hears("power", "{\"watts\":null}").rings());
    assertEquals(KETTLE, flat.hears("power", "[[[").rings());
    assertEquals(4, flat.rule().failures());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all("
            + "c, [1,2,3,4,5,6,7,8,9,10].all(d, true))))",
        "event.n / 0 > 1",
        "event.list[7] == 1",
        "timestamp(event.text) > now",
        "event.deep.deeper.deepest == 1",
        "event.text.matches(event.text)"
      })
  void an_expression_that_fails_or_never_ends_does_not_stop_a_press(String when) {
    CustomSpec spec = Flat.onPower(when);
    Flat flat =
        new Flat(
            new CustomSpec(
                "kettle",
                spec.when(),
                Severity.MINOR,
                Set.of(Kind.SOS),
                null,
                Duration.ZERO,
                1,
                1,
                "甲",
                "a"));
    flat.hears("demo-sos-001", "sos", "{\"n\":1,\"list\":[],\"text\":\"((((\",\"deep\":{}}");
    assertEquals(List.of("sos"), flat.rings());
    assertEquals(1, flat.rule().failures());
  }

  @Test
  void a_rule_taken_out_of_the_file_leaves_nothing_behind() {
    Flat flat = new Flat(Flat.onPower("event.watts > 2000"));
    assertEquals(KETTLE, flat.hears("power", "{\"watts\":2300}").rings());
    flat.rules();
    assertEquals(NOTHING, flat.at(1).rings());
    assertTrue(flat.home().conditions().isEmpty());
  }

  @Test
  void what_it_may_speak_of_is_checked_when_it_is_loaded() {
    List<Mistake> mistakes = new ArrayList<>();
    Expression.compile("home.devices.all(d, d.batery_pct > 5)", false, mistakes);
    assertEquals(List.of(new Mistake(1, 22, "undefined field 'batery_pct'")), mistakes);
  }

  @Test
  void a_payload_is_read_as_it_was_said() {
    assertEquals(
        "{a=1, b=2.5, c=x, d=true, e=[1, 2], f={g=1}, h=1.0E30}",
        new TreeMap<>(
                PayloadFields.read(
                    ("{\"a\":1,\"b\":2.5,\"c\":\"x\",\"d\":true,\"e\":[1,null,2],\"f\":{\"g\":1},"
                            + "\"h\":1000000000000000000000000000000,\"i\":null}")
                        .getBytes(StandardCharsets.UTF_8)))
            .toString());
  }
}
