package io.shouwang.yaml;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations like {@code 30s}, sizes like {@code 64MiB}, numbers and times, read and written. */
public final class Amounts {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?");
  private static final Pattern TIME_OF_DAY = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB|TiB)");

  private Amounts() {}

  public static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  public static Optional<Long> bytes(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int shift =
        switch (matcher.group(2)) {
          case "B" -> 0;
          case "KiB" -> 10;
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> 40;
        };
    long number = Long.parseLong(matcher.group(1));
    return number > Long.MAX_VALUE >> shift ? Optional.empty() : Optional.of(number << shift);
  }

  /** A number with digits on both sides of its point, if it has one. */
  public static Optional<Double> number(String text) {
    return NUMBER.matcher(text).matches()
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }

  public static Optional<LocalTime> timeOfDay(String text) {
    Matcher matcher = TIME_OF_DAY.matcher(text);
    return matcher.matches()
        ? Optional.of(
            LocalTime.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /** The number without a point where it has no fraction. */
  public static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /** The duration in the largest unit that is exact, as a person would say it: {@code 5 min}. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + " ms";
    }
    long seconds = millis / 1000;
    if (seconds < 120 || seconds % 60 != 0) {
      return seconds + " s";
    }
    if (seconds < 7200 || seconds % 3600 != 0) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 || seconds % 86_400 != 0
        ? seconds / 3600 + " h"
        : seconds / 86_400 + " days";
  }

  public static String text(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    long number = bytes;
    while (unit < units.length - 1 && number >= 1024 && number % 1024 == 0) {
      number /= 1024;
      unit++;
    }
    return number + units[unit];
  }
}
