package io.shouwang.rules;

import static io.shouwang.rules.LifeDiary.DAY;
import static io.shouwang.rules.LifeDiary.HOUR;
import static io.shouwang.rules.LifeDiary.MINUTE;
import static io.shouwang.rules.LifeDiary.civil;

/**
 * Lives lived by an agenda: up, out, nap, sofa, bed, each at its hour give or take.
 *
 * @param wake hour of getting up
 * @param bed hour of going to bed, past 24 for night owls
 * @param spreadHours how much both vary, heavy-tailed
 * @param toiletsPerNight how often a sensor hears them at night
 * @param outingsPerDay on average
 * @param outingHours median length of one
 * @param doorHeard share of door passages the sensor reports
 * @param hallAfterDoor share of departures where the hall's sensor speaks after the door did
 * @param busyMinutes mean time between signs when busy
 * @param sofaHours median length of a quiet stretch
 * @param sofaSignMinutes mean time between signs in one
 * @param sofasPerDay how many
 * @param napHours median nap, 0 for none; the bedroom is silent
 * @param lieInShare share of mornings spent in bed for hours longer
 * @param nightsAwayPerMonth sleeping elsewhere
 * @param holidayDays one holiday in the recording, 0 for none
 * @param driftHours how much later life gets over the recording
 * @param workday leaves for work on weekdays
 */
record AgendaLife(
    String kind,
    double wake,
    double bed,
    double spreadHours,
    double toiletsPerNight,
    double outingsPerDay,
    double outingHours,
    double doorHeard,
    double hallAfterDoor,
    double busyMinutes,
    double sofaHours,
    double sofaSignMinutes,
    double sofasPerDay,
    double napHours,
    double lieInShare,
    double nightsAwayPerMonth,
    int holidayDays,
    double driftHours,
    boolean workday) {

  Life live(int days, long seed) {
    LifeDiary diary = new LifeDiary(seed);
    double taste = diary.dice.nextGaussian() * 0.7;
    int holiday =
        holidayDays == 0 ? days : 30 + diary.dice.nextInt(Math.max(1, days - 50 - holidayDays));
    double inBedAt = bed - 24 + taste;
    for (int day = 0; day < days; day++) {
      double drift = driftHours * day / days + taste;
      if (day == holiday) {
        double leave = wake + drift + 2.5;
        leave(diary, day, leave, holidayDays * 24.0);
        day += holidayDays - 1;
        inBedAt = bed + drift - 24;
        continue;
      }
      double up = wake + drift + spreadHours * 0.6 * diary.heavy();
      if (diary.chance(lieInShare)) {
        up += 1 + 3 * diary.dice.nextDouble();
      }
      up = Math.min(Math.max(up, inBedAt + 2), 14);
      night(diary, day, inBedAt, up);
      boolean away = diary.chance(nightsAwayPerMonth / 30);
      double toBed = Math.max(up + 6, bed + drift + spreadHours * 0.6 * diary.heavy());
      toBed = Math.min(toBed, 27);
      if (away) {
        double leave = up + 1 + (toBed - up - 2) * diary.dice.nextDouble();
        leave = Math.max(leave, 0.5 + waking(diary, day, up, leave, false));
        double hours = 24 - leave + wake + 1 + 8 * diary.dice.nextDouble();
        leave(diary, day, leave, hours);
        inBedAt = leave + hours - 24;
        continue;
      }
      inBedAt = Math.max(toBed, waking(diary, day, up, toBed, true)) - 24;
    }
    for (int month = 0; month < days / 30; month++) {
      if (diary.chance(0.05)) {
        long from = civil(month * 30 + diary.dice.nextInt(30), diary.dice.nextDouble() * 24);
        diary.outage(from, from + HOUR + diary.exponential(180));
      }
    }
    return diary.close(kind, days);
  }

  private void night(LifeDiary diary, int day, double from, double to) {
    if (toiletsPerNight > 0) {
      double hours = Math.max(0.5, to - from);
      long end = civil(day, to);
      double mean = 60 * hours / toiletsPerNight;
      for (long at = civil(day, from) + diary.exponential(mean);
          at < end;
          at += diary.exponential(mean)) {
        diary.sign(at);
        diary.sign(at + 4 * MINUTE);
      }
    }
  }

  private double waking(LifeDiary diary, int day, double from, double to, boolean whole) {
    double now = from;
    double awake = Math.max(1, to - from);
    boolean napped = !whole || napHours == 0;
    if (workday && whole && day % 7 < 5) {
      diary.signs(civil(day, now), civil(day, now + 1), busyMinutes);
      double hours = 8.5 + 1.2 * diary.heavy();
      hours = Math.max(3, Math.min(hours, 13));
      leave(diary, day, now + 1, hours);
      now += 1 + hours;
    }
    while (now < to) {
      double dice = diary.dice.nextDouble();
      double perHourOut = outingsPerDay / awake;
      double perHourSofa = sofasPerDay / awake;
      double busy = Math.min(to - now, 0.2 + diary.exponential(40) / (double) HOUR);
      diary.signs(civil(day, now), civil(day, now + busy), busyMinutes);
      now += busy;
      if (now >= to) {
        break;
      }
      if (!napped && now > 12.5 && now < 15.5) {
        now += Math.min(3.5, diary.logNormal(napHours, 0.4));
        napped = true;
      } else if (dice < perHourOut && now < 20) {
        double hours = Math.min(14, diary.logNormal(outingHours, 0.8));
        leave(diary, day, now, hours);
        now += hours;
      } else if (dice < perHourOut + perHourSofa) {
        double hours = Math.min(6, diary.logNormal(sofaHours, 0.6));
        diary.signs(civil(day, now), civil(day, now + hours), sofaSignMinutes);
        now += hours;
      }
    }
    return now;
  }

  private void leave(LifeDiary diary, int day, double at, double hours) {
    long from = civil(day, at);
    long to = civil(day, at + hours);
    diary.outage(from - 1, from + DAY * 20);
    diary.sign(from - MINUTE);
    if (diary.chance(doorHeard)) {
      diary.doorSign(from);
      if (diary.chance(hallAfterDoor)) {
        diary.sign(from + 8_000);
      }
    }
    if (diary.chance(doorHeard)) {
      diary.doorSign(to);
    }
    diary.sign(to + 20_000 + diary.exponential(busyMinutes / 4));
    diary.absent(from, to);
  }
}
