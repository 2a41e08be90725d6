package io.shouwang.sim.district;

import io.shouwang.sim.district.Dice.Purpose;
import io.shouwang.sim.district.Uplink.Outage;
import java.util.ArrayList;
import java.util.List;

/** The network of one street, which fails for all its homes at once. */
final class Street {
  private static final double OUTAGES_A_YEAR = 5;
  private static final double MEDIAN_MINUTES = 50;

  private final long seed;
  private final int number;

  Street(long seed, int number) {
    this.seed = seed;
    this.number = number;
  }

  /** The outages that begin on this day. */
  List<Outage> beginning(long day) {
    Dice dice = Dice.of(seed, Purpose.STREET, number, day);
    List<Outage> outages = new ArrayList<>();
    if (dice.chance(OUTAGES_A_YEAR / 365)) {
      long from = day * Civil.DAY + dice.whole(0, (int) Civil.DAY - 1);
      double minutes = Math.clamp(dice.logNormal(MEDIAN_MINUTES, 1.1), 3, 600);
      outages.add(new Outage(from, from + Civil.seconds(minutes)));
    }
    return outages;
  }

  /** The outages that a home may notice on this day. */
  List<Outage> during(long day) {
    List<Outage> outages = new ArrayList<>(beginning(day - 1));
    outages.addAll(beginning(day));
    return outages;
  }
}
