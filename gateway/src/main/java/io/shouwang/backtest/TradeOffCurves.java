package io.shouwang.backtest;

import io.shouwang.backtest.Measurement.Point;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The trade-off of silence as a picture (SVG 1.1): false alarms across, delay upwards, a line for
 * each kind of life. Readable in print without colours and on a dark page.
 */
public final class TradeOffCurves {
  private static final int WIDTH = 980;
  private static final int HEIGHT = 470;
  private static final int TOP = 60;
  private static final int PLOT_WIDTH = 340;
  private static final int PLOT_HEIGHT = 330;
  private static final double HOURS_MAX = 24;
  private static final double FALSE_AIM = 0.3;
  private static final double MEDIAN_AIM = 4;
  private static final double P90_AIM = 12;
  private static final double FALSE_MIN = 0.02;
  private static final double FALSE_MAX = 5;
  private static final List<String> COLOURS =
      List.of(
          "#3d85c6", "#e05565", "#2f9e4f", "#a88600", "#2aa5c9", "#c94f9b", "#8a8a8a", "#d9732b",
          "#8a6fe0", "#1f9a80");
  private static final List<String> DASHES =
      List.of("", "7 3", "2 3", "9 3 2 3", "4 2", "12 4", "3 5", "6 2 1 2 1 2", "3 1", "10 2");
  private static final List<Double> TICKS = List.of(0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0);

  private final StringBuilder svg = new StringBuilder();

  private TradeOffCurves() {}

  /** Draws them; lines in the map's order. */
  public static String draw(Map<String, List<Point>> lines) {
    return new TradeOffCurves().drawn(lines);
  }

  private String drawn(Map<String, List<Point>> lines) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " role=\"img\" aria-label=\"False alarms against delay of the inactivity alert\">",
        WIDTH, HEIGHT, WIDTH, HEIGHT);
    add(
        "<style>text{font:13px sans-serif;fill:#222}.t{font-weight:bold}.a{stroke:#222}.g{stroke:#ddd}"
            + ".p{fill:#fff}.z{fill:#e6f2e0}@media (prefers-color-scheme:dark){text{fill:#eee}"
            + ".a{stroke:#eee}.g{stroke:#444}.p{fill:#1b1b1b}.z{fill:#24361f}}@media print{text{fill:#000}.a{stroke:#000}"
            + ".g{stroke:#ccc}.p{fill:#fff}.z{fill:#eee}}</style>");
    add("<rect class=\"p\" width=\"%d\" height=\"%d\"/>", WIDTH, HEIGHT);
    panel(60, "half of all are noticed within (median)", lines, true);
    panel(450, "9 of 10 are noticed within (90 %)", lines, false);
    legend(lines);
    add("</svg>");
    return svg.toString();
  }

  private void panel(int left, String title, Map<String, List<Point>> lines, boolean median) {
    add("<text class=\"t\" x=\"%d\" y=\"%d\">%s</text>", left, TOP - 30, title);
    add("<text x=\"%d\" y=\"%d\">hours after a life stopped</text>", left - 34, TOP - 10);
    aim(left, median ? MEDIAN_AIM : P90_AIM);
    for (int hours = 0; hours <= HOURS_MAX; hours += 4) {
      double y = y(hours);
      add(
          "<line class=\"g\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>",
          left, y, left + PLOT_WIDTH, y);
      add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d</text>", left - 6, y + 4, hours);
    }
    for (double tick : TICKS) {
      double x = x(left, tick);
      add(
          "<line class=\"g\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
          x, TOP, x, TOP + PLOT_HEIGHT);
      add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          x,
          TOP + PLOT_HEIGHT + 18,
          edge(tick) + (tick < 1 ? Double.toString(tick) : Integer.toString((int) tick)));
    }
    add(
        "<path class=\"a\" fill=\"none\" d=\"M%d %d V%d H%d\"/>",
        left, TOP, TOP + PLOT_HEIGHT, left + PLOT_WIDTH);
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">false alarms per home and month</text>",
        left + PLOT_WIDTH / 2, TOP + PLOT_HEIGHT + 40);
    int number = 0;
    for (List<Point> points : lines.values()) {
      line(left, points, median, number++);
    }
  }

  /** Where a rule should be: so seldom for nothing, and so soon. */
  private void aim(int left, double hours) {
    add(
        "<rect class=\"z\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
        left, y(hours), x(left, FALSE_AIM) - left, TOP + PLOT_HEIGHT - y(hours));
    add("<text x=\"%d\" y=\"%d\">aim</text>", left + 8, TOP + PLOT_HEIGHT - 8);
  }

  /** What lies beyond the picture is drawn at its edge. */
  private static String edge(double tick) {
    return tick == FALSE_MIN ? "≤ " : tick == FALSE_MAX ? "≥ " : "";
  }

  private void line(int left, List<Point> points, boolean median, int number) {
    StringBuilder path = new StringBuilder();
    String colour = COLOURS.get(number % COLOURS.size());
    for (Point point : points) {
      double hours = median ? point.medianHours() : point.p90Hours();
      if (Double.isNaN(hours) || Double.isNaN(point.falsePerHomeMonth())) {
        continue;
      }
      double x = x(left, point.falsePerHomeMonth());
      double y = y(hours);
      path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : " L", x, y));
      add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, colour);
    }
    if (!path.isEmpty()) {
      add(
          "<path fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-dasharray=\"%s\" d=\"%s\"/>",
          colour, number == 0 ? "3" : "1.6", DASHES.get(number % DASHES.size()), path);
    }
  }

  private void legend(Map<String, List<Point>> lines) {
    int number = 0;
    for (String name : lines.keySet()) {
      int y = TOP + 14 + number * 24;
      add(
          "<path fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-dasharray=\"%s\""
              + " d=\"M806 %d H842\"/>",
          COLOURS.get(number % COLOURS.size()),
          number == 0 ? "3" : "1.6",
          DASHES.get(number % DASHES.size()),
          y - 4,
          y);
      add("<text x=\"850\" y=\"%d\">%s</text>", y, escaped(name.replace('_', ' ')));
      number++;
    }
  }

  private static double x(int left, double falseAlarms) {
    double within = Math.clamp(falseAlarms, FALSE_MIN, FALSE_MAX);
    return left + PLOT_WIDTH * Math.log(within / FALSE_MIN) / Math.log(FALSE_MAX / FALSE_MIN);
  }

  private static double y(double hours) {
    return TOP + PLOT_HEIGHT * (1 - Math.min(hours, HOURS_MAX) / HOURS_MAX);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  @SuppressWarnings("AnnotateFormatMethod") // every call names its format
  private void add(String format, Object... values) {
    svg.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
        .append('\n');
  }
}
