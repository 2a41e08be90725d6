package io.shouwang.sim.district;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * Local civil time and instants of one zone, both in seconds. An hour that summer time skips maps
 * onto the moment it begins, an hour that happens twice onto the first time, so that order is kept.
 */
final class Civil {
  static final long MINUTE = 60;
  static final long HOUR = 3_600;
  static final long DAY = 86_400;

  private final ZoneRules rules;
  private long begin = 1;
  private long end;
  private long offset;

  Civil(ZoneId zone) {
    rules = zone.getRules();
  }

  /** The midnight a civil moment comes after. */
  static long midnight(long local) {
    return Math.floorDiv(local, DAY) * DAY;
  }

  static LocalDate date(long local) {
    return LocalDate.ofEpochDay(Math.floorDiv(local, DAY));
  }

  /** Hours since midnight. */
  static double hour(long local) {
    return Math.floorMod(local, DAY) / (double) HOUR;
  }

  static long seconds(double minutes) {
    return Math.round(minutes * MINUTE);
  }

  /** Epoch seconds of a civil moment. */
  long utc(long local) {
    if (local < begin || local >= end) {
      look(local);
    }
    return local - offset;
  }

  /** How far the zone is ahead of UTC at this instant. */
  int offsetAt(long utc) {
    return rules.getOffset(Instant.ofEpochSecond(utc)).getTotalSeconds();
  }

  private void look(long local) {
    LocalDateTime moment = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
    ZoneOffsetTransition gap = rules.getTransition(moment);
    if (gap != null && gap.isGap()) {
      begin = local;
      end = local + 1;
      offset = local - gap.toEpochSecond();
      return;
    }
    offset = rules.getOffset(moment).getTotalSeconds();
    long day = midnight(local);
    boolean quiet = !changesWithin(day);
    begin = quiet ? day : local;
    end = quiet ? day + DAY : local + 1;
  }

  private boolean changesWithin(long day) {
    @Nullable ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochSecond(day - DAY));
    return next != null && next.toEpochSecond() < day + 2 * DAY;
  }
}
