package io.shouwang.sim.district;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is true of each life, whatever the seed. */
final class HomeLifeTest {
  private static final long FIRST_DAY = 20_089; // 2025-01-01
  private static final long HOUR = 3_600;

  /** A device clock set to 1970 tells nothing about when something was. */
  private static final long CLOCK_LOST_BEFORE = 1_000_000;

  private record Said(Gadget device, long at, String kind, String value) {}

  private static final class Listener implements Ear {
    private final List<Said> said = new ArrayList<>();
    private final List<Truth> truths = new ArrayList<>();

    @Override
    public void event(Gadget device, long claimed, long received, String kind, String value) {
      assertTrue(received > CLOCK_LOST_BEFORE);
      if (claimed > CLOCK_LOST_BEFORE) {
        said.add(new Said(device, claimed - device.clockOffset, kind, value));
      }
    }

    @Override
    public void truth(Truth truth) {
      truths.add(truth);
    }
  }

  private static Listener live(Household home, int days, double collapsesAYear) {
    Listener listener = new Listener();
    Civil civil = new Civil(ZoneId.of("Asia/Shanghai"));
    HomeLife life = new HomeLife(home, civil, listener, FIRST_DAY, collapsesAYear);
    for (int day = 0; day < days; day++) {
      life.live(FIRST_DAY + day, List.of());
    }
    return listener;
  }

  @Test
  void afterACollapseThereIsNoSignOfLifeUntilSomebodyComes() {
    int collapses = 0;
    for (int number = 1; number <= 80; number++) {
      Household home = new Household(11, number);
      if (home.kinds.contains(LifeKind.TWO_PERSONS)) {
        continue;
      }
      Listener heard = live(home, 60, 25);
      boolean pet = home.kinds.contains(LifeKind.PET);
      for (Truth truth : heard.truths) {
        if (truth.kind().equals("collapse")) {
          collapses++;
          assertSilent(heard, truth, pet);
        }
      }
    }
    assertTrue(collapses > 100, "only " + collapses + " collapses");
  }

  private static void assertSilent(Listener heard, Truth collapse, boolean pet) {
    long from = collapse.from() + 60;
    Map<String, Integer> steps = new HashMap<>();
    for (Said each : heard.said) {
      if (each.at() < from || each.at() >= collapse.to()) {
        continue;
      }
      boolean own =
          switch (each.kind()) {
            case "motion" -> each.value().equals("active") && !pet;
            case "door", "water", "bed", "checkin", "sos", "fall" -> true;
            case "status" -> each.value().contains("true");
            case "steps" -> {
              int counter = Integer.parseInt(each.value());
              Integer before = steps.put(each.device().id, counter);
              yield before != null && counter > before;
            }
            default -> false;
          };
      assertTrue(!own, collapse + " and yet " + each.device().id + " " + each);
    }
  }

  @Test
  void aCollapseEndsWithinThirtyHoursAndComesAsOftenAsAsked() {
    double asked = 4;
    int days = 90;
    List<Double> hours = new ArrayList<>();
    int homes = 150;
    for (int number = 1; number <= homes; number++) {
      for (Truth truth : live(new Household(5, number), days, asked).truths) {
        if (truth.kind().equals("collapse")) {
          hours.add((truth.to() - truth.from()) / (double) HOUR);
        }
      }
    }
    double rate = hours.size() / (double) homes / days * 365;
    assertTrue(rate > asked * 0.6 && rate < asked * 1.2, "collapses a year: " + rate);
    assertTrue(hours.stream().allMatch(each -> each > 0 && each <= 30.5), hours.toString());
    long lengthy = hours.stream().filter(each -> each > 6).count();
    assertTrue(lengthy > hours.size() / 2, lengthy + " of " + hours.size() + " over 6 h");
  }

  @Test
  void nightsAndSignsOfLifeAreLikePeoples() {
    List<Double> nights = new ArrayList<>();
    long signs = 0;
    int homes = 100;
    int days = 30;
    Set<LifeKind> seen = EnumSet.noneOf(LifeKind.class);
    for (int number = 1; number <= homes; number++) {
      Household home = new Household(1, number);
      seen.addAll(home.kinds);
      signs += live(home, days, 0).said.size();
      for (Person person : home.people) {
        nights.addAll(nights(person));
      }
    }
    assertEquals(EnumSet.allOf(LifeKind.class), seen);
    double mean = nights.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    assertTrue(mean > 6.5 && mean < 9.5, "mean night: " + mean);
    long sane = nights.stream().filter(hours -> hours >= 5 && hours <= 11).count();
    assertTrue(sane > nights.size() * 0.9, sane + " of " + nights.size() + " nights are sane");
    assertTrue(sane < nights.size(), "no night is out of the ordinary");
    double each = signs / (double) homes / days;
    assertTrue(each > 50 && each < 250, "events a home and day: " + each);
  }

  /** The sleep of some days, planned one after the other. */
  private static List<Double> nights(Person person) {
    List<Double> nights = new ArrayList<>();
    Dice dice = Dice.of(9, Dice.Purpose.DAY, person.id.hashCode(), 0);
    Place home = new Place(33.5, 119);
    long at = FIRST_DAY * Civil.DAY + 10 * HOUR;
    for (int day = 0; day < 20; day++) {
      Mood mood = new Mood(day % 7 > 4, 0, 1, false, false, 0);
      List<Stretch> planned = DayPlan.of(person, mood, home, at, List.of(), dice);
      double asleep = 0;
      for (Stretch stretch : planned) {
        assertEquals(at, stretch.from());
        assertTrue(stretch.to() > at, stretch.toString());
        at = stretch.to();
        asleep += stretch.activity() == Activity.SLEEP ? (at - stretch.from()) / (double) HOUR : 0;
      }
      nights.add(asleep);
    }
    return nights;
  }

  @Test
  void aDeviceThatIsOfflineSaysNothing() {
    int outages = 0;
    for (int number = 1; number <= 30; number++) {
      Listener heard = live(new Household(4, number), 100, 0);
      for (Truth truth : heard.truths) {
        if (truth.kind().equals("device_offline")) {
          outages++;
          for (Said each : heard.said) {
            boolean within = each.at() >= truth.from() && each.at() < truth.to();
            assertTrue(!within || !each.device().id.equals(truth.device()), truth + " " + each);
          }
        }
      }
    }
    assertTrue(outages > 20, "only " + outages);
  }

  @Test
  void theCatGoesOnWhenNobodyIsUp() {
    int moves = 0;
    for (int number = 1; number <= 400; number++) {
      Household home = new Household(2, number);
      if (home.kinds.equals(EnumSet.of(LifeKind.PET))) {
        for (Said each : live(home, 10, 0).said) {
          long hour = Math.floorMod(each.at() + 8 * HOUR, Civil.DAY) / HOUR;
          moves += each.kind().equals("motion") && hour >= 1 && hour < 4 ? 1 : 0;
        }
      }
    }
    assertTrue(moves > 100, "movements at night: " + moves);
  }
}
