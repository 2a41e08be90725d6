package io.shouwang.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.rules.InactivityMeasure.Figures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The inactivity rule measured on made-up lives of many kinds, against the fixed limits. */
final class InactivityFiguresTest {
  private static final boolean FULL = Boolean.getBoolean("full");
  private static final int HOMES_PER_KIND = FULL ? 12 : 2;
  private static final int DAYS = FULL ? 365 : 180;
  private static final double[] ALLOWANCES = {0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.8, 1.6};

  private static InactivitySettings with(boolean personal, double falseAlarmsPerMonth) {
    InactivitySettings standard = InactivitySettings.STANDARD;
    return new InactivitySettings(
        true,
        false,
        standard.wakingFrom(),
        standard.wakingTo(),
        standard.wakingLimit(),
        standard.anyTimeLimit(),
        standard.cameHomeLimit(),
        standard.outLimit(),
        personal,
        falseAlarmsPerMonth,
        standard.daysMinimum(),
        standard.personalLeast());
  }

  @Test
  void the_rhythm_rings_falsely_far_less_than_fixed_limits_and_never_after_a_day() {
    String said = System.getProperty("seed", "");
    long seed = said.isEmpty() ? 1 : Long.parseLong(said);
    List<Life> lives = Lives.of(HOMES_PER_KIND, DAYS, seed);
    Map<String, Figures> fixed = InactivityMeasure.byKind(lives, with(false, 0.3));
    Map<String, Figures> rhythm = InactivityMeasure.byKind(lives, InactivitySettings.STANDARD);
    StringBuilder table =
        new StringBuilder(
            "seed " + seed + "; false alarms a month, of these out; delays in hours\n");
    table.append(
        String.format(
            "%-26s %6s %6s   %5s %5s %5s %5s%n",
            "", "false", "out", "50 %", "75 %", "90 %", "most"));
    rhythm.forEach(
        (kind, figures) -> table.append(InactivityMeasure.row(kind, figures)).append('\n'));
    Figures byFixed = InactivityMeasure.all(fixed);
    Figures byRhythm = InactivityMeasure.all(rhythm);
    table.append(InactivityMeasure.row("ALL, fixed limits", byFixed)).append('\n');
    table.append(InactivityMeasure.row("ALL, rhythm", byRhythm)).append('\n');
    if (FULL) {
      for (double allowed : ALLOWANCES) {
        Figures figures =
            InactivityMeasure.all(InactivityMeasure.byKind(lives, with(true, allowed)));
        table.append(InactivityMeasure.row("ALL, rhythm at " + allowed, figures)).append('\n');
      }
    }
    Figures inRooms = new Figures();
    rhythm.forEach(
        (kind, figures) -> inRooms.add(kind.startsWith("rooms") ? figures : new Figures()));
    table.append(InactivityMeasure.row("ROOMS, rhythm", inRooms)).append('\n');
    System.out.println(table);
    assertTrue(byRhythm.falsePerMonth() < 0.7 * byFixed.falsePerMonth(), table::toString);
    assertTrue(byRhythm.falsePerMonth() < 0.65, table::toString);
    assertTrue(byRhythm.delayHours(0.5) < 6.5, table::toString);
    assertTrue(byRhythm.delayHours(0.9) < 12.5, table::toString);
    assertTrue(byRhythm.delayHours(1) <= 24, table::toString);
    assertTrue(byFixed.delayHours(1) <= 24, table::toString);
    // Sensors in every room tell where a silence began.
    assertTrue(inRooms.falsePerMonth() - inRooms.falseOutPerMonth() < 0.4, table::toString);
    assertTrue(inRooms.delayHours(0.5) < 4.5, table::toString);
    assertTrue(inRooms.delayHours(0.9) < 9, table::toString);
    // What is allowed bounds each kind, too, give or take what a few homes can show.
    for (Map.Entry<String, Figures> kind : rhythm.entrySet()) {
      double inside = kind.getValue().falsePerMonth() - kind.getValue().falseOutPerMonth();
      assertTrue(inside < 1.6, kind.getKey() + " rings falsely " + inside + " times a month");
    }
  }
}
