package io.shouwang.rules;

import io.shouwang.senses.Places;
import io.shouwang.senses.Rhythm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Plays lives through the inactivity rule and counts: an alarm in a life nobody collapsed in is
 * false; a collapse is a random moment at home after which nothing more is heard.
 */
final class InactivityMeasure {
  private static final long SHORT_MILLIS = 20 * 60_000L;

  /** Signs this soon after the door's belong to the same passage. */
  private static final long PASSAGE_MILLIS = 30_000;

  private static final int COLLAPSES_PER_LIFE = 300;

  /** What came of it for one kind of life. */
  static final class Figures {
    private double days;
    private int falseAlarms;
    private int falseAlarmsOut;
    private final List<Double> delaysHours = new ArrayList<>();

    double falsePerMonth() {
      return falseAlarms * 30 / days;
    }

    double falseOutPerMonth() {
      return falseAlarmsOut * 30 / days;
    }

    double delayHours(double share) {
      delaysHours.sort(null);
      return delaysHours.get((int) Math.min(delaysHours.size() - 1.0, share * delaysHours.size()));
    }

    void add(Figures other) {
      days += other.days;
      falseAlarms += other.falseAlarms;
      falseAlarmsOut += other.falseAlarmsOut;
      delaysHours.addAll(other.delaysHours);
    }
  }

  private InactivityMeasure() {}

  static Map<String, Figures> byKind(List<Life> lives, InactivitySettings settings) {
    Map<String, Figures> kinds = new LinkedHashMap<>();
    for (Life life : lives) {
      play(life, settings, kinds.computeIfAbsent(life.kind(), _ -> new Figures()));
    }
    return kinds;
  }

  static Figures all(Map<String, Figures> kinds) {
    Figures sum = new Figures();
    kinds.values().forEach(sum::add);
    return sum;
  }

  static String row(String name, Figures figures) {
    return String.format(
        Locale.ROOT,
        "%-26s %6.2f %6.2f   %5.1f %5.1f %5.1f %5.1f",
        name,
        figures.falsePerMonth(),
        figures.falseOutPerMonth(),
        figures.delayHours(0.5),
        figures.delayHours(0.75),
        figures.delayHours(0.9),
        figures.delayHours(1));
  }

  private static void play(Life life, InactivitySettings settings, Figures figures) {
    Rhythm rhythm = Rhythm.NEW;
    Places places = Places.NEW;
    int offset = life.offsetSeconds();
    long[] collapses = collapses(life);
    int next = 0;
    long doorAt = Long.MIN_VALUE / 2;
    long[] at = life.at();
    for (int i = 0; i + 1 < at.length; i++) {
      long since = at[i];
      long until = at[i + 1];
      doorAt = life.door()[i] ? since : doorAt;
      boolean afterDoor = since - doorAt <= PASSAGE_MILLIS;
      boolean collapsed = next < collapses.length && collapses[next] < until;
      if (until - since >= SHORT_MILLIS || collapsed) {
        long alarm =
            since
                + Silences.judge(
                        settings, rhythm, places, life.place()[i], since, afterDoor, since, offset)
                    .limitMillis();
        if (alarm < until) {
          figures.falseAlarms++;
          figures.falseAlarmsOut += afterDoor ? 1 : 0;
        }
        for (; next < collapses.length && collapses[next] < until; next++) {
          figures.delaysHours.add(Math.max(0, alarm - collapses[next]) / (double) LifeDiary.HOUR);
        }
      }
      boolean mayBeOut = afterDoor || places.isPassage(life.place()[i]);
      rhythm = rhythm.ended(since, until, mayBeOut, offset);
      places = afterDoor ? places : places.ended(life.place()[i], since, until, offset);
      if (life.door()[i + 1] && !life.door()[i] && until - since <= 2 * PASSAGE_MILLIS) {
        places = places.beforeDoor(life.place()[i]);
      }
    }
    figures.days += life.days();
  }

  /** Moments at home, asleep ones too, each as likely as the other. */
  private static long[] collapses(Life life) {
    Random dice = new Random(life.at().length);
    long first = life.at()[0];
    long last = life.at()[life.at().length - 1];
    long[] moments = new long[COLLAPSES_PER_LIFE];
    for (int i = 0; i < moments.length; ) {
      long moment = first + (long) (dice.nextDouble() * (last - first));
      int stay = Arrays.binarySearch(life.homeFrom(), moment);
      stay = stay < 0 ? -stay - 2 : stay;
      if (stay >= 0 && moment < life.homeTo()[stay]) {
        moments[i++] = moment;
      }
    }
    Arrays.sort(moments);
    return moments;
  }
}
