package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.DutyDesk;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Marks;
import io.shouwang.alerts.Subject;
import io.shouwang.model.AlertId;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import io.shouwang.rules.AreaSettings;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Many homes at once, as the watch over areas sees them. */
final class AreaWatchTest {
  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private final AreaWatch watch = new AreaWatch();

  /** Home {@code h-b2-17} lies in building b2 of grid g-1, {@code h-17} in none. */
  private static final Directory STREET =
      (Directory)
          Proxy.newProxyInstance(
              Directory.class.getClassLoader(),
              new Class<?>[] {Directory.class},
              (proxy, method, arguments) -> {
                assertEquals("home", method.getName());
                HomeId home = (HomeId) arguments[0];
                String[] parts = home.value().split("-", -1);
                String building = parts.length > 2 ? parts[1] : "";
                return new Directory.Home(
                    home, new AreaId("g-1"), "", "", "", List.of(), building, null);
              });

  private List<Input.IncidentNoticed> raised(String home, String kind, Duration after) {
    Fact.Raised raised =
        new Fact.Raised(
            new AlertId("a-" + home),
            new Kind(kind),
            Severity.MINOR,
            new Subject.OfHome(),
            Set.of(),
            null,
            new Ladder("none", List.of()),
            new DutyDesk(Duration.ofMinutes(1), Duration.ofMinutes(3)),
            NOON,
            null,
            Marks.NONE);
    return watch.see(
        new HomeId(home), List.of(raised), NOON.plus(after), STREET, AreaSettings.STANDARD);
  }

  @Test
  void smoke_in_two_homes_of_a_building_is_a_fire() {
    assertEquals(List.of(), raised("h-b2-1", "smoke", Duration.ZERO));
    assertEquals(List.of(), raised("h-b3-1", "smoke", Duration.ZERO));
    assertEquals(List.of(), raised("h-b2-1", "smoke", Duration.ofMinutes(1)), "the same home");
    Input.IncidentNoticed fire = raised("h-b2-2", "gas", Duration.ofMinutes(2)).getFirst();
    assertEquals(
        new Input.IncidentNoticed(
            Input.Incident.FIRE,
            new AreaId("g-1"),
            "b2",
            2,
            NOON,
            List.of(new HomeId("h-b2-1"), new HomeId("h-b2-2"))),
        fire);
  }

  @Test
  void smoke_an_hour_apart_is_two_mishaps() {
    raised("h-b2-1", "smoke", Duration.ZERO);
    assertEquals(List.of(), raised("h-b2-2", "smoke", Duration.ofHours(1)));
  }

  @Test
  void homes_of_no_known_building_are_no_fire_together() {
    raised("h-1", "smoke", Duration.ZERO);
    assertEquals(List.of(), raised("h-2", "smoke", Duration.ZERO));
  }

  @Test
  void devices_that_fall_silent_in_five_homes_are_an_outage_told_of_as_it_grows() {
    int told = 0;
    for (int home = 1; home <= 100; home++) {
      told += raised("h-" + home, "device_offline", Duration.ofSeconds(home)).size();
    }
    assertTrue(told >= 5 && told <= 12, "told " + told + " times of a hundred homes");
  }

  @Test
  void an_outage_that_is_over_is_told_of_anew() {
    for (int home = 1; home <= 5; home++) {
      raised("h-" + home, "device_offline", Duration.ZERO);
    }
    for (int home = 1; home <= 4; home++) {
      assertEquals(List.of(), raised("h-" + home, "device_offline", Duration.ofDays(1)));
    }
    assertEquals(1, raised("h-5", "device_offline", Duration.ofDays(1)).size());
  }

  @Test
  void a_press_is_nobody_elses_business() {
    for (int home = 1; home <= 50; home++) {
      assertEquals(List.of(), raised("h-b2-" + home, "sos", Duration.ZERO));
    }
  }

  @Test
  void an_outage_of_five_thousand_homes_is_told_a_few_dozen_times_and_counted_to_the_end() {
    int told = 0;
    int last = 0;
    for (int i = 0; i < 5_000; i++) {
      for (Input.IncidentNoticed noticed :
          raised("h-" + i, "device_offline", Duration.ofMillis(i * 100L))) {
        assertEquals(Input.Incident.OUTAGE, noticed.what());
        assertTrue(noticed.homes() > last);
        assertTrue(noticed.which().size() <= 20, "names a few, not thousands");
        last = noticed.homes();
        told++;
      }
    }
    assertTrue(told <= 25, told + " times");
    assertTrue(last >= 5_000 * 2 / 3, "the last count was " + last);
  }
}
