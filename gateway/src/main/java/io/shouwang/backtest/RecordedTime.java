package io.shouwang.backtest;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Times as recordings have them: RFC 3339 with offset, a local date and time without one, seconds
 * or milliseconds of the epoch. Makes no garbage. One thread.
 */
final class RecordedTime {
  /** What isn't a time. */
  static final long UNREADABLE = Long.MIN_VALUE;

  private static final long QUARTER_SECONDS = 900;
  private static final long DAY_SECONDS = 86_400;

  /** Epoch numbers from here on are milliseconds: as seconds they would be beyond the year 5000. */
  private static final double MILLIS_FROM = 1e11;

  private static final double EPOCH_MILLIS_MAX = 253_402_300_799_999.0;

  private final ZoneId zone;
  private long offsetOfQuarter = Long.MIN_VALUE;
  private long offsetSeconds;
  private int at;

  /**
   * @param zone of times that name no offset
   */
  RecordedTime(ZoneId zone) {
    this.zone = zone;
  }

  /** Milliseconds of the epoch, or {@link #UNREADABLE}. */
  long read(byte[] text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && text[start] == ' ') {
      start++;
    }
    while (end > start && text[end - 1] == ' ') {
      end--;
    }
    if (end - start > 40 || end == start) {
      return UNREADABLE;
    }
    boolean date = end - start >= 10 && text[start + 4] == '-' && text[start + 7] == '-';
    return date ? civil(text, start, end) : epoch(text, start, end);
  }

  private static long epoch(byte[] text, int start, int end) {
    long whole = 0;
    long scale = 0;
    long fraction = 0;
    for (int i = start; i < end; i++) {
      byte b = text[i];
      if (b == '.' && scale == 0 && i > start) {
        scale = 1;
      } else if (b < '0' || b > '9') {
        return UNREADABLE;
      } else if (scale == 0) {
        if (i - start >= 15) {
          return UNREADABLE;
        }
        whole = whole * 10 + b - '0';
      } else if (scale < 1000) {
        fraction = fraction * 10 + b - '0';
        scale *= 10;
      }
    }
    if (whole >= MILLIS_FROM) {
      return whole <= EPOCH_MILLIS_MAX ? whole : UNREADABLE;
    }
    return whole * 1000 + (scale > 1 ? fraction * 1000 / scale : 0);
  }

  private long civil(byte[] text, int start, int end) {
    int year = number(text, start, 4);
    int month = number(text, start + 5, 2);
    int day = number(text, start + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
      return UNREADABLE;
    }
    int hour = 0;
    int minute = 0;
    int second = 0;
    int millis = 0;
    at = start + 10;
    if (at < end) {
      if (end - at < 6 || (text[at] != ' ' && text[at] != 'T' && text[at] != 't')) {
        return UNREADABLE;
      }
      hour = number(text, at + 1, 2);
      minute = number(text, at + 4, 2);
      if (text[at + 3] != ':' || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
        return UNREADABLE;
      }
      at += 6;
      if (at + 2 < end && text[at] == ':') {
        second = number(text, at + 1, 2);
        if (second < 0 || second > 60) {
          return UNREADABLE;
        }
        second = Math.min(second, 59); // a leap second
        at += 3;
        if (at < end && (text[at] == '.' || text[at] == ',')) {
          millis = fraction(text, end);
        }
      }
    }
    long local = epochDay(year, month, day) * DAY_SECONDS + hour * 3600L + minute * 60L + second;
    long offset = offset(text, end, local);
    return offset == UNREADABLE ? UNREADABLE : (local - offset) * 1000 + millis;
  }

  private int fraction(byte[] text, int end) {
    int millis = 0;
    int digits = 0;
    at++;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      if (digits < 3) {
        millis = millis * 10 + text[at] - '0';
        digits++;
      }
      at++;
    }
    while (digits++ < 3) {
      millis *= 10;
    }
    return millis;
  }

  /** Of what is left: Z, an offset, or nothing. */
  private long offset(byte[] text, int end, long local) {
    while (at < end && text[at] == ' ') {
      at++;
    }
    if (at == end) {
      return zoneOffset(local);
    }
    byte sign = text[at];
    if (end - at == 1 && (sign == 'Z' || sign == 'z')) {
      return 0;
    }
    int length = end - at;
    if ((sign != '+' && sign != '-') || (length != 6 && length != 5 && length != 3)) {
      return UNREADABLE;
    }
    int hours = number(text, at + 1, 2);
    int minutes = length == 3 ? 0 : number(text, end - 2, 2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return UNREADABLE;
    }
    long seconds = hours * 3600L + minutes * 60L;
    return sign == '-' ? -seconds : seconds;
  }

  private long zoneOffset(long local) {
    long quarter = Math.floorDiv(local, QUARTER_SECONDS);
    if (quarter != offsetOfQuarter) {
      offsetOfQuarter = quarter;
      LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
      offsetSeconds = time.atZone(zone).getOffset().getTotalSeconds();
    }
    return offsetSeconds;
  }

  private static int number(byte[] text, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      byte b = text[i];
      if (b < '0' || b > '9') {
        return -1;
      }
      number = number * 10 + b - '0';
    }
    return number;
  }

  private static int daysOf(int year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** Days since 1970-01-01, proleptic Gregorian. */
  private static long epochDay(int year, int month, int day) {
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }
}
