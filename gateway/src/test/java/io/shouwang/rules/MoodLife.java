package io.shouwang.rules;

import static io.shouwang.rules.LifeDiary.HOUR;
import static io.shouwang.rules.LifeDiary.MINUTE;
import static io.shouwang.rules.LifeDiary.START;

/**
 * Lives lived by moods: a chain of states whose lengths are Pareto-tailed and whose likelihood goes
 * with the sun, without any plan.
 *
 * @param order 0 lives as it comes, 1 goes strictly with the sun
 * @param tail the Pareto exponent of quiet stretches: less is wilder
 * @param quietMinutes the shortest quiet stretch
 * @param out share of changes that lead outdoors in the day
 * @param doorHeard share of passages that the door's sensor reports
 * @param missed share of movements that infrared misses
 */
record MoodLife(
    String kind,
    double order,
    double tail,
    double quietMinutes,
    double out,
    double doorHeard,
    double missed) {

  Life live(int days, long seed) {
    LifeDiary diary = new LifeDiary(seed);
    long now = START;
    long end = START + days * LifeDiary.DAY;
    double phase = diary.dice.nextGaussian();
    while (now < end) {
      double hour = ((now - START) % LifeDiary.DAY) / (double) HOUR;
      double sun = 0.5 - 0.5 * Math.cos((hour - 3 - phase * 0.5) / 24 * 2 * Math.PI);
      double sleepy = Math.pow(1 - sun, 1 + 2 * order);
      double dice = diary.dice.nextDouble();
      long length;
      if (dice < sleepy) {
        length = pareto(diary, 45 + 60 * sleepy, 2.2, 9.5);
        if (diary.chance(1 - missed)) {
          diary.signs(now, now + length, 150);
        }
      } else if (dice < sleepy + out * sun) {
        length = pareto(diary, 25, 1.3, 30);
        if (diary.chance(doorHeard)) {
          diary.doorSign(now);
        }
        if (diary.chance(doorHeard)) {
          diary.doorSign(now + length);
        }
        diary.absent(now, now + length);
      } else if (dice < sleepy + out * sun + 0.3) {
        length = pareto(diary, quietMinutes, tail, 8);
        diary.signs(now, now + length, 60 / (1 - missed));
      } else {
        length = 5 * MINUTE + diary.exponential(30);
        diary.signs(now, now + length, 3 / (1 - missed));
      }
      now += length;
      diary.sign(now + diary.exponential(1));
    }
    return diary.close(kind, days);
  }

  private static long pareto(LifeDiary diary, double leastMinutes, double tail, double mostHours) {
    double minutes = leastMinutes * Math.pow(1 - diary.dice.nextDouble(), -1 / tail);
    return (long) (Math.min(minutes, mostHours * 60) * MINUTE);
  }
}
