package io.shouwang.rules;

import static io.shouwang.rules.LifeDiary.DAY;
import static io.shouwang.rules.LifeDiary.HOUR;
import static io.shouwang.rules.LifeDiary.MINUTE;
import static io.shouwang.rules.LifeDiary.START;

/**
 * Lives as a rate of signs that swells and sinks like weather: a daily curve times a slowly
 * wandering mood, with no states at all; now and then nothing for hours.
 *
 * @param perHour signs an hour at noon
 * @param night that rate's share at night
 * @param wander how far the logarithm of the rate wanders
 * @param slumpsPerMonth stretches of hours with hardly a sign though at home
 */
record WeatherLife(
    String kind, double perHour, double night, double wander, double slumpsPerMonth) {

  Life live(int days, long seed) {
    LifeDiary diary = new LifeDiary(seed);
    double mood = 0;
    double late = diary.dice.nextGaussian() * 0.6;
    long slumpUntil = 0;
    long step = 5 * MINUTE;
    for (long now = START; now < START + days * DAY; now += step) {
      double hour = ((now - START) % DAY) / (double) HOUR - late;
      double light = 1 / (1 + Math.exp(-3 * (hour - 6.5))) / (1 + Math.exp(3 * (hour - 22)));
      mood += -mood * 0.08 + wander * Math.sqrt(2 * 0.08) * diary.dice.nextGaussian();
      if (diary.chance(slumpsPerMonth / (30 * 288.0))) {
        slumpUntil = now + HOUR + diary.exponential(100);
      }
      double rate = perHour * (night + (1 - night) * light) * Math.exp(mood - wander * wander / 2);
      if (now < slumpUntil) {
        rate *= 0.1;
      }
      diary.signs(now, now + step, 60 / rate);
    }
    return diary.close(kind, days);
  }
}
