package io.shouwang.figures;

import io.shouwang.model.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where alerts come from, and what they were worth: a device, a model, or a vendor. Pure.
 *
 * @param falseAlarms of the alerts, closed as false alarm or device fault
 * @param home of a device; empty for a model or vendor
 */
public record Source(
    String name,
    String type,
    String model,
    String home,
    int alerts,
    int falseAlarms,
    int chatters,
    double share,
    Instant lastAt) {

  /** What a person called these is no alarm that was needed. */
  private static boolean isFalse(Shown one) {
    return one.disposition().equals("false_alarm") || one.disposition().equals("device_fault");
  }

  private static final class Sum {
    int alerts;
    int falseAlarms;
    int chatters;
    @Nullable Shown last;
  }

  /** The devices that made most alerts, at most so many. */
  public static List<Source> devices(List<Shown> shown, int most) {
    return of(shown, one -> named(one.device()), true, most);
  }

  /** The makes and models that made most. */
  public static List<Source> models(List<Shown> shown, int most) {
    return of(shown, one -> one.model().isEmpty() ? null : one.model(), false, most);
  }

  /** The vendors that made most: the first word of make and model. */
  public static List<Source> vendors(List<Shown> shown, int most) {
    return of(shown, one -> vendor(one.model()), false, most);
  }

  private static @Nullable String named(@Nullable DeviceId device) {
    return device == null ? null : device.value();
  }

  /** The first word of a make and model; null when none is said. */
  public static @Nullable String vendor(String model) {
    String first = model.strip().split("[\\s/]", 2)[0];
    return first.isEmpty() ? null : first;
  }

  private static List<Source> of(
      List<Shown> shown, Function<Shown, @Nullable String> name, boolean ofDevice, int most) {
    Map<String, Sum> sums = new HashMap<>();
    int all = 0;
    for (Shown one : shown) {
      if (one.exercise()) {
        continue;
      }
      all++;
      String key = name.apply(one);
      if (key != null) {
        Sum sum = sums.computeIfAbsent(key, _ -> new Sum());
        sum.alerts++;
        sum.falseAlarms += isFalse(one) ? 1 : 0;
        sum.chatters += one.chatters();
        sum.last = one;
      }
    }
    List<Source> sources = new ArrayList<>();
    for (Map.Entry<String, Sum> each : sums.entrySet()) {
      Sum sum = each.getValue();
      Shown last = sum.last;
      if (last != null) {
        sources.add(
            new Source(
                each.getKey(),
                ofDevice ? last.type() : "",
                ofDevice ? last.model() : "",
                ofDevice ? last.home().value() : "",
                sum.alerts,
                sum.falseAlarms,
                sum.chatters,
                (double) sum.alerts / all,
                last.raisedAt()));
      }
    }
    sources.sort(
        Comparator.comparingInt(Source::alerts)
            .thenComparingInt(Source::falseAlarms)
            .reversed()
            .thenComparing(Source::name));
    return sources.subList(0, Math.min(most, sources.size()));
  }
}
