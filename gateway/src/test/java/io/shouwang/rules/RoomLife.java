package io.shouwang.rules;

import static io.shouwang.rules.LifeDiary.DAY;
import static io.shouwang.rules.LifeDiary.HOUR;
import static io.shouwang.rules.LifeDiary.MINUTE;
import static io.shouwang.rules.LifeDiary.civil;

/**
 * Lives in homes with infrared in every room and a sensor at the entrance door: hundreds of signs a
 * day, long silences in bed, in the chair and outdoors alone. Each home differs from the next in
 * hours, habits and how well its sensors hear.
 *
 * @param wake hour of getting up
 * @param bed hour of going to bed
 * @param spreadHours how much both vary, heavy-tailed
 * @param bedSignMinutes mean time between signs of somebody asleep
 * @param chairSignMinutes the same in the living room's chair
 * @param chairNapsPerDay naps where nothing stirs
 * @param chairNightsPerMonth nights slept in the chair
 * @param outingsPerDay on average
 * @param doorHeard share of door passages the sensor reports
 * @param hallAfterDoor share of departures where the hall's sensor speaks after the door did
 */
record RoomLife(
    String kind,
    double wake,
    double bed,
    double spreadHours,
    double bedSignMinutes,
    double chairSignMinutes,
    double chairNapsPerDay,
    double chairNightsPerMonth,
    double outingsPerDay,
    double doorHeard,
    double hallAfterDoor) {
  private static final int BED = 0;
  private static final int BATH = 1;
  private static final int KITCHEN = 2;
  private static final int CHAIR = 3;
  private static final int HALL = 4;

  Life live(int days, long seed) {
    LifeDiary diary = new LifeDiary(seed);
    double taste = diary.dice.nextGaussian() * 0.8;
    double hearing = Math.exp(diary.dice.nextGaussian() * 0.4);
    double now = bed + taste - 24;
    for (int day = 0; day < days; day++) {
      boolean ill = diary.chance(0.01);
      double up = wake + taste + spreadHours * 0.6 * diary.heavy();
      up += diary.chance(0.03) ? 1 + 2 * diary.dice.nextDouble() : 0;
      up = Math.max(now + 3, Math.min(up, 13));
      night(diary, day, now, up, hearing, diary.chance(chairNightsPerMonth / 30));
      double toBed = bed + taste + spreadHours * 0.6 * diary.heavy();
      now = waking(diary, day, up, Math.max(up + 8, Math.min(toBed, 27)), hearing, ill) - 24;
    }
    if (diary.chance(0.05 * days / 30)) {
      long from = civil(diary.dice.nextInt(days), diary.dice.nextDouble() * 24);
      diary.outage(from, from + HOUR + diary.exponential(180));
    }
    return diary.close(kind, days);
  }

  private void night(
      LifeDiary diary, int day, double from, double to, double hearing, boolean inChair) {
    double toilets = Math.exp(0.5 * diary.dice.nextGaussian()) * 1.5;
    diary.place = inChair ? CHAIR : BED;
    diary.signs(civil(day, from), civil(day, to), bedSignMinutes * hearing);
    double mean = 60 * (to - from) / toilets;
    for (long at = civil(day, from) + diary.exponential(mean);
        at < civil(day, to);
        at += 10 * MINUTE + diary.exponential(mean)) {
      diary.place = BED;
      diary.sign(at);
      diary.place = BATH;
      diary.signs(at + MINUTE, at + 5 * MINUTE, 1);
      diary.place = BED;
      diary.sign(at + 6 * MINUTE);
    }
    diary.place = BED;
    diary.sign(civil(day, to));
  }

  private double waking(
      LifeDiary diary, int day, double from, double to, double hearing, boolean ill) {
    double now = stay(diary, day, BATH, from, from + 0.3, 1.5 * hearing);
    now = stay(diary, day, KITCHEN, now, now + 0.4 + diary.dice.nextDouble(), hearing);
    while (now < to) {
      double dice = diary.dice.nextDouble();
      if (dice < outingsPerDay / (to - from) * 1.1 && now > 7 && now < 20 && !ill) {
        now = out(diary, day, now);
      } else if (dice < 0.25) {
        now = stay(diary, day, KITCHEN, now, now + diary.logNormal(0.3, 0.7), hearing);
      } else if (dice < 0.35) {
        now = stay(diary, day, BATH, now, now + diary.logNormal(0.15, 0.5), 1.5 * hearing);
      } else if (dice < (ill ? 0.9 : 0.45)) {
        double hours = ill ? diary.logNormal(2, 0.5) : diary.logNormal(0.25, 0.8);
        double every = ill || diary.chance(0.2) ? bedSignMinutes : 3;
        now = stay(diary, day, BED, now, now + hours, every * hearing);
      } else if (diary.chance(chairNapsPerDay / 8) && now > 11) {
        now = stay(diary, day, CHAIR, now, now + diary.logNormal(1, 0.5), 120);
      } else {
        double hours = Math.min(4, diary.logNormal(0.9, 0.7));
        now = stay(diary, day, CHAIR, now, now + hours, chairSignMinutes * hearing);
      }
    }
    now = stay(diary, day, BATH, now, now + 0.2, 1.5);
    diary.place = BED;
    diary.signs(civil(day, now), civil(day, now + 0.2), 2);
    return now + 0.2;
  }

  private static double stay(
      LifeDiary diary, int day, int place, double from, double to, double everyMinutes) {
    diary.place = HALL;
    diary.sign(civil(day, from));
    diary.place = place;
    diary.sign(civil(day, from) + 20_000);
    diary.signs(civil(day, from) + MINUTE, civil(day, to), everyMinutes);
    return to;
  }

  private double out(LifeDiary diary, int day, double at) {
    double hours =
        diary.chance(0.006) ? 20 + 8 * diary.dice.nextDouble() : diary.logNormal(1.3, 0.9);
    hours = Math.min(hours, 30);
    long from = civil(day, at);
    long to = civil(day, at + hours);
    diary.outage(from - 1, from + 3 * DAY);
    diary.place = HALL;
    diary.sign(from - MINUTE / 2);
    if (diary.chance(doorHeard)) {
      diary.doorSign(from);
      if (diary.chance(hallAfterDoor)) {
        diary.sign(from + 2_000 + diary.exponential(0.25));
      }
    }
    if (diary.chance(doorHeard)) {
      diary.doorSign(to);
    }
    diary.sign(to + 5_000 + diary.exponential(0.3));
    diary.absent(from, to);
    return at + hours;
  }
}
