package io.shouwang.intake;

import io.shouwang.model.Point;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The coordinates that Chinese vendors speak, and the way back to WGS-84. GCJ-02, which maps and
 * positioning services in China must use, moves places by 300 to 700 m; BD-09, Baidu's, moves
 * GCJ-02 once more. Both are the published formulas; they have no closed inverse, so it is found by
 * iteration, to within a centimetre. Outside China nothing is moved. Pure; any thread.
 */
enum Datum {
  WGS84 {
    @Override
    Point toWgs84(Point said) {
      return said;
    }
  },
  GCJ02 {
    @Override
    Point toWgs84(Point said) {
      return isInChina(said) ? rounded(gcj02ToWgs84(said)) : said;
    }
  },
  BD09 {
    @Override
    Point toWgs84(Point said) {
      return isInChina(said) ? rounded(gcj02ToWgs84(bd09ToGcj02(said))) : said;
    }
  };

  /** Krasovsky's ellipsoid of 1940, which GCJ-02 is computed on. */
  private static final double SEMI_MAJOR_AXIS_M = 6_378_245.0;

  private static final double ECCENTRICITY_SQUARED = 0.006693421622965943;
  private static final double BD09_PI = StrictMath.PI * 3000 / 180;

  /** Each round leaves about a hundredth of the error; the first error is below 700 m. */
  private static final int ROUNDS = 8;

  /** A hundred millionth of a degree, about a millimetre. */
  private static final double FINE = 1e8;

  /** What the device said, in WGS-84. */
  abstract Point toWgs84(Point said);

  /** By its name, with or without a hyphen, in any case; null for one never heard of. */
  static @Nullable Datum named(String name) {
    return switch (name.toLowerCase(Locale.ROOT).replace("-", "")) {
      case "wgs84" -> WGS84;
      case "gcj02" -> GCJ02;
      case "bd09" -> BD09;
      default -> null;
    };
  }

  /** The rectangle that vendors' own converters use; it holds some of the neighbours too. */
  static boolean isInChina(Point at) {
    return at.lon() >= 72.004 && at.lon() <= 137.8347 && at.lat() >= 0.8293 && at.lat() <= 55.8271;
  }

  /** A WGS-84 place of China as GCJ-02 has it. */
  static Point wgs84ToGcj02(Point wgs) {
    double x = wgs.lon() - 105;
    double y = wgs.lat() - 35;
    double phi = StrictMath.toRadians(wgs.lat());
    double sin = StrictMath.sin(phi);
    double magic = 1 - ECCENTRICITY_SQUARED * sin * sin;
    double root = StrictMath.sqrt(magic);
    double northM = SEMI_MAJOR_AXIS_M * (1 - ECCENTRICITY_SQUARED) / (magic * root);
    double eastM = SEMI_MAJOR_AXIS_M / root * StrictMath.cos(phi);
    return new Point(
        wgs.lat() + StrictMath.toDegrees(northShiftM(x, y) / northM),
        wgs.lon() + StrictMath.toDegrees(eastShiftM(x, y) / eastM));
  }

  private static double northShiftM(double x, double y) {
    double shift =
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * StrictMath.sqrt(Math.abs(x));
    shift += (20 * wave(6 * x) + 20 * wave(2 * x)) * 2 / 3;
    shift += (20 * wave(y) + 40 * wave(y / 3)) * 2 / 3;
    return shift + (160 * wave(y / 12) + 320 * wave(y / 30)) * 2 / 3;
  }

  private static double eastShiftM(double x, double y) {
    double shift = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y;
    shift += 0.1 * StrictMath.sqrt(Math.abs(x));
    shift += (20 * wave(6 * x) + 20 * wave(2 * x)) * 2 / 3;
    shift += (20 * wave(x) + 40 * wave(x / 3)) * 2 / 3;
    return shift + (150 * wave(x / 12) + 300 * wave(x / 30)) * 2 / 3;
  }

  private static double wave(double halfTurns) {
    return StrictMath.sin(halfTurns * StrictMath.PI);
  }

  /** A GCJ-02 place as BD-09 has it. */
  static Point gcj02ToBd09(Point gcj) {
    double x = gcj.lon();
    double y = gcj.lat();
    double radius = StrictMath.sqrt(x * x + y * y) + 0.00002 * StrictMath.sin(y * BD09_PI);
    double angle = StrictMath.atan2(y, x) + 0.000003 * StrictMath.cos(x * BD09_PI);
    return new Point(
        radius * StrictMath.sin(angle) + 0.006, radius * StrictMath.cos(angle) + 0.0065);
  }

  private static Point gcj02ToWgs84(Point gcj) {
    Point guess = gcj;
    for (int i = 0; i < ROUNDS; i++) {
      guess = corrected(guess, wgs84ToGcj02(guess), gcj);
    }
    return guess;
  }

  private static Point bd09ToGcj02(Point bd) {
    Point guess = new Point(bd.lat() - 0.006, bd.lon() - 0.0065);
    for (int i = 0; i < ROUNDS; i++) {
      guess = corrected(guess, gcj02ToBd09(guess), bd);
    }
    return guess;
  }

  private static Point corrected(Point guess, Point image, Point wanted) {
    return new Point(
        guess.lat() + wanted.lat() - image.lat(), guess.lon() + wanted.lon() - image.lon());
  }

  private static Point rounded(Point at) {
    return new Point(Math.rint(at.lat() * FINE) / FINE, Math.rint(at.lon() * FINE) / FINE);
  }
}
