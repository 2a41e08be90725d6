package io.shouwang.rules;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory.Placement;
import io.shouwang.model.ElderId;
import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import io.shouwang.model.Signal;
import io.shouwang.rules.VitalsSettings.Bounds;
import io.shouwang.senses.DeviceSense;
import io.shouwang.senses.Measure;
import io.shouwang.senses.Series;
import io.shouwang.senses.Vitals;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Readings beyond their limits, so many of so many and for so long; and a level that has become
 * another than the elder's usual one. Bad contact is no reading, see {@link Vitals}. Only a new
 * reading changes anything, so time alone finds nothing here.
 */
public final class VitalsRule implements Rule {
  public static final String NAME = "vitals";
  public static final Kind TREND = new Kind("vitals_trend");

  /** A level is usual again when it has come back by so much of the way. */
  private static final double TREND_BACK = 0.6;

  private static final Measure[] MEASURES = Measure.values();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void judge(Sight sight, Findings findings) {
    DeviceEvent event = sight.event();
    if (event == null || !(event.signal() instanceof Signal.Vitals)) {
      return;
    }
    DeviceSense sense = sight.senses().device(event.device());
    Vitals vitals = sense == null ? null : sense.vitals();
    if (vitals == null) {
      return;
    }
    DeviceSense before = sight.sensesBefore().device(event.device());
    Vitals known = before == null ? null : before.vitals();
    @Nullable Of of = null;
    for (Measure measure : MEASURES) {
      Series series = vitals.of(measure);
      if (series != null && (known == null || isNew(series, known.of(measure)))) {
        if (of == null) {
          of = Of.device(sight, event.device(), findings);
          if (!of.settings.enabled()) {
            return;
          }
        }
        of.judge(measure, series);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // a series that took no reading is the same object
  private static boolean isNew(Series series, @Nullable Series before) {
    return series != before;
  }

  /** One bracelet being judged. */
  private record Of(Sight sight, Findings findings, DeviceId device, VitalsSettings settings) {

    static Of device(Sight sight, DeviceId device, Findings findings) {
      return new Of(sight, findings, device, sight.limits(device).vitals());
    }

    void judge(Measure measure, Series series) {
      Bounds bounds = settings.bounds(measure);
      limits(measure, series, bounds);
      if (settings.trend()) {
        trend(measure, series, bounds);
      }
    }

    private void limits(Measure measure, Series series, Bounds bounds) {
      long oldest = sight.now().toEpochMilli() - settings.maxAge().toMillis();
      int from = series.size();
      while (from > 0 && series.at(from - 1) >= oldest) {
        from--;
      }
      Count critical = new Count(series, Math.max(from, series.size() - settings.criticalNeeded()));
      critical.count(bounds.criticalLow(), bounds.criticalHigh());
      Count usual = new Count(series, Math.max(from, series.size() - settings.of()));
      usual.count(bounds.low(), bounds.high());
      boolean isCritical = Math.max(critical.below, critical.above) >= settings.criticalNeeded();
      if (sight.isClear()
          && !isCritical
          && Math.max(usual.below, usual.above) < settings.needed()) {
        return;
      }
      String key = key(measure);
      if (critical.below >= settings.criticalNeeded()) {
        boolean none = measure == Measure.HEART_RATE && series.value(series.size() - 1) == 0;
        holds(key, none ? "no_pulse" : "critical_low", measure, critical, true, bounds);
      } else if (critical.above >= settings.criticalNeeded()) {
        holds(key, "critical_high", measure, critical, false, bounds);
      } else if (usual.below >= settings.needed() && usual.lasted(true)) {
        unlessWorse(key, "low", measure, usual, true, bounds);
      } else if (usual.above >= settings.needed() && usual.lasted(false)) {
        unlessWorse(key, "high", measure, usual, false, bounds);
      } else if (isWell(series, from, bounds)) {
        gone(key, measure, series);
      }
    }

    /** What rang as critical doesn't become news again by being merely bad. */
    private void unlessWorse(
        String key, String code, Measure measure, Count count, boolean low, Bounds bounds) {
      Condition known = sight.condition(NAME, key).orElse(null);
      if (known == null || known.code().equals("low") || known.code().equals("high")) {
        holds(key, code, measure, count, low, bounds);
      }
    }

    private boolean isWell(Series series, int from, Bounds bounds) {
      int begin = series.size() - settings.needed();
      if (begin < from) {
        return false;
      }
      for (int i = begin; i < series.size(); i++) {
        double value = series.value(i);
        if (value < bounds.low() + bounds.hysteresis()
            || value > bounds.high() - bounds.hysteresis()) {
          return false;
        }
      }
      return true;
    }

    private void holds(
        String key, String code, Measure measure, Count count, boolean low, Bounds bounds) {
      boolean critical = code.startsWith("critical") || code.equals("no_pulse");
      double limit =
          low
              ? critical ? bounds.criticalLow() : bounds.low()
              : critical ? bounds.criticalHigh() : bounds.high();
      findings.holds(
          Kind.VITALS,
          Severity.MAJOR,
          key,
          finding(
              code,
              Instant.ofEpochMilli(low ? count.firstBelow : count.firstAbove),
              Figure.of("value", low ? count.lastBelow : count.lastAbove),
              Figure.of("limit", limit),
              Figure.of("count", low ? count.below : count.above),
              Figure.of("of", count.size()),
              word(measure),
              unit(measure)));
    }

    private void gone(String key, Measure measure, Series series) {
      findings.gone(
          key,
          finding(
              "well",
              sight.now(),
              Figure.of("value", series.value(series.size() - 1)),
              word(measure),
              unit(measure)));
    }

    private void trend(Measure measure, Series series, Bounds bounds) {
      if (series.hours() < settings.trendHours()) {
        return;
      }
      double away = series.recent() - series.usual();
      double far = Math.max(bounds.trendLeast(), settings.trendDeviations() * series.spread());
      if (sight.isClear() && Math.abs(away) < far) {
        return;
      }
      String key = "trend." + key(measure);
      Figure[] figures = {
        Figure.of("recent", series.recent()),
        Figure.of("usual", series.usual()),
        Figure.of("spread", series.spread()),
        Figure.of("hours", series.hours()),
        word(measure),
        unit(measure)
      };
      if (Math.abs(away) >= far) {
        String code = away < 0 ? "trend_low" : "trend_high";
        findings.holds(TREND, Severity.MINOR, key, finding(code, sight.now(), figures));
      } else if (Math.abs(away) <= TREND_BACK * far) {
        findings.gone(key, finding("trend_over", sight.now(), figures));
      }
    }

    private String key(Measure measure) {
      return name(measure) + "." + device;
    }

    private Finding finding(String code, Instant since, Figure... figures) {
      Placement placement = sight.placement(device);
      ElderId elder = placement == null ? null : placement.elder();
      return new Finding(NAME, code, elder, device, since, List.of(figures));
    }

    private static Figure word(Measure measure) {
      return new Figure("measure_word", name(measure));
    }

    private static Figure unit(Measure measure) {
      return new Figure(
          "unit_word",
          switch (measure) {
            case HEART_RATE -> "bpm";
            case SPO2 -> "percent";
            case BODY_TEMP -> "celsius";
            case SYSTOLIC, DIASTOLIC -> "mmhg";
          });
    }

    private static String name(Measure measure) {
      return measure.name().toLowerCase(Locale.ROOT);
    }

    /** Readings beyond two limits, among the latest ones. */
    private final class Count {
      private final Series series;
      private final int from;
      private int below;
      private int above;
      private long firstBelow;
      private long firstAbove;
      private long latestBelow;
      private long latestAbove;
      private double lastBelow;
      private double lastAbove;

      Count(Series series, int from) {
        this.series = series;
        this.from = from;
      }

      void count(double low, double high) {
        for (int i = from; i < series.size(); i++) {
          double value = series.value(i);
          if (value <= low) {
            firstBelow = below == 0 ? series.at(i) : firstBelow;
            latestBelow = series.at(i);
            lastBelow = value;
            below++;
          } else if (value >= high) {
            firstAbove = above == 0 ? series.at(i) : firstAbove;
            latestAbove = series.at(i);
            lastAbove = value;
            above++;
          }
        }
      }

      int size() {
        return series.size() - from;
      }

      boolean lasted(boolean low) {
        long millis = low ? latestBelow - firstBelow : latestAbove - firstAbove;
        return millis >= settings.lasting().toMillis();
      }
    }
  }
}
