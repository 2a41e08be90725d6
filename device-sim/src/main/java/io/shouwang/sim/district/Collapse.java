package io.shouwang.sim.district;

import io.shouwang.sim.district.Calendar.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person goes down and can't call: at a moment when that is likely, silent until found.
 *
 * @param at when, in civil seconds
 * @param moment the kind of moment
 */
record Collapse(long at, String moment) {
  private static final double RESCUE_MINUTES = 50;

  private record Choice(double weight, Collapse collapse) {}

  /** Where in these days to come a collapse would be; null if there is no likely moment. */
  static @Nullable Collapse within(List<Stretch> fresh, Dice dice) {
    List<Choice> choices = new ArrayList<>();
    double sum = 0;
    for (Stretch stretch : fresh) {
      double hour = Civil.hour(stretch.from());
      String moment =
          switch (stretch.activity()) {
            case NIGHT_VISIT -> "night_toilet";
            case MORNING -> dice.chance(0.4) ? "bathroom" : "morning";
            case OUT -> "coming_home";
            case CHORES, MEAL, SIT ->
                hour >= 12 && hour < 17.5
                    ? "afternoon"
                    : hour >= 17.5 ? "evening" : hour < 5 ? "night" : "forenoon";
            case IN_BED -> "in_bed";
            case SLEEP, NAP, LIE_DOWN, HOST, AWAY, HOSPITAL, DOWN, RESCUE -> "";
          };
      double weight =
          switch (moment) {
            case "" -> 0;
            case "night_toilet" -> 3;
            case "morning", "bathroom" -> 8;
            case "coming_home" -> 2.5;
            case "in_bed" -> 0.5;
            default -> 0.5;
          };
      if (weight > 0) {
        boolean home = stretch.activity() == Activity.OUT;
        long length = stretch.to() - stretch.from();
        long at =
            home
                ? stretch.to() + dice.whole(5, 60)
                : stretch.from() + Math.round(length * dice.between(0.15, 0.95));
        sum += weight;
        choices.add(new Choice(weight, new Collapse(at, moment)));
      }
    }
    double draw = dice.real() * sum;
    for (Choice choice : choices) {
      draw -= choice.weight();
      if (draw < 0) {
        return choice.collapse();
      }
    }
    return null;
  }

  /** When this person is found: by chance 6 to 30 hours later, or by whoever comes before. */
  Finding found(Calendar calendar, Dice dice) {
    return calendar.found(at, at + Math.round(dice.between(6, 30) * Civil.HOUR));
  }

  /** Replaces what this person would have done from the collapse on. */
  void happenTo(List<Stretch> fresh, long found, boolean hospital, Dice dice) {
    fresh.removeIf(stretch -> stretch.from() >= at);
    Stretch last = fresh.removeLast();
    fresh.add(last.until(at));
    fresh.add(new Stretch(at, found, Activity.DOWN));
    long rescued = found + Civil.seconds(RESCUE_MINUTES * dice.between(0.6, 1.5));
    fresh.add(new Stretch(found, rescued, Activity.RESCUE));
    if (hospital) {
      long back =
          Civil.midnight(rescued)
              + dice.whole(2, 14) * Civil.DAY
              + Math.round(dice.between(10, 16) * Civil.HOUR);
      fresh.add(new Stretch(rescued, back, Activity.HOSPITAL));
    }
  }
}
