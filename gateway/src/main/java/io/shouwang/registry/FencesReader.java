package io.shouwang.registry;

import io.shouwang.model.ElderId;
import io.shouwang.model.Fence;
import io.shouwang.model.Outline;
import io.shouwang.model.Point;
import io.shouwang.yaml.Escaped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads fences into a {@link Draft}: {@code circle LAT LON RADIUS_M} or {@code polygon LAT LON; LAT
 * LON; ...}, degrees in WGS-84. One thread, after the elders.
 */
final class FencesReader {
  static final int RADIUS_M_MIN = 20;
  static final int RADIUS_M_MAX = 50_000;

  /** Nobody needs more around one life, and each costs a look with every position. */
  static final int FENCES_OF_AN_ELDER_MAX = 20;

  private static final int NAME_MAX = 40;
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,7}(\\.[0-9]{1,15})?");
  private static final Pattern SHAPE = Pattern.compile("(circle|polygon)\\s+(.+)", Pattern.DOTALL);

  private final Draft draft;
  private final RowProblems problems;
  private final Map<String, Boolean> whole;
  private final Set<String> ids = new HashSet<>();

  FencesReader(Draft draft, RowProblems problems, Map<String, Boolean> whole) {
    this.draft = draft;
    this.problems = problems;
    this.whole = whole;
  }

  void fences(byte[] bytes) {
    new CsvTable(
            "fences.csv", PlacesReader.columns("id", "elder", "name", "kind", "shape"), problems)
        .read(bytes, this::fence);
  }

  private void fence(CsvRow row) {
    long before = problems.count();
    String id = row.id(0);
    int elder = PlacesReader.reference(row, 1, draft.elders, "elders.csv", "elder", true, whole);
    String name = row.requiredText(2, NAME_MAX);
    Fence.Kind kind = kind(row, 3);
    if (id != null && !ids.add(id)) {
      PlacesReader.twice(row);
    }
    Matcher shape = SHAPE.matcher(row.raw(4));
    if (!shape.matches()) {
      row.problem(
          4,
          row.raw(4).isEmpty() ? "is empty" : "is no shape",
          "write circle LAT LON RADIUS_M, or polygon LAT LON; LAT LON; LAT LON");
      return;
    }
    boolean isCircle = shape.group(1).equals("circle");
    double[] radiusM = {0};
    List<Point> corners =
        isCircle ? circle(row, shape.group(2), radiusM) : polygon(row, shape.group(2));
    if (id == null || elder < 0 || kind == null || problems.count() > before) {
      return;
    }
    ElderId owner = new ElderId(draft.elders.id(elder));
    List<Fence> all = draft.fences.computeIfAbsent(owner, _ -> new ArrayList<>());
    if (all.size() == FENCES_OF_AN_ELDER_MAX) {
      row.problem(
          1,
          "has more than " + FENCES_OF_AN_ELDER_MAX + " fences",
          "join some of them, or leave out the least useful");
      return;
    }
    all.add(new Fence(new Fence.FenceId(id), owner, name, kind, radiusM[0], corners));
  }

  private static Fence.@Nullable Kind kind(CsvRow row, int column) {
    return switch (row.raw(column)) {
      case "safe" -> Fence.Kind.SAFE;
      case "danger" -> Fence.Kind.DANGER;
      default -> {
        row.problem(
            column,
            row.raw(column).isEmpty() ? "is empty" : "is no kind of fence",
            "write safe (leaving it rings) or danger (entering it rings)");
        yield null;
      }
    };
  }

  private static List<Point> circle(CsvRow row, String text, double[] radiusM) {
    String[] words = text.split("\\s+", -1);
    if (words.length != 3 || !NUMBER.matcher(words[2]).matches()) {
      row.problem(
          4, "is no circle", "write circle LAT LON RADIUS_M, such as circle 32.0601 120.8804 500");
      return List.of();
    }
    radiusM[0] = Double.parseDouble(words[2]);
    if (!(radiusM[0] >= RADIUS_M_MIN && radiusM[0] <= RADIUS_M_MAX)) {
      row.problem(
          4,
          "has a radius of " + words[2] + " m",
          "write " + RADIUS_M_MIN + " to " + RADIUS_M_MAX + " metres");
    }
    Point centre = point(row, words[0], words[1]);
    return centre == null ? List.of() : List.of(centre);
  }

  private static List<Point> polygon(CsvRow row, String text) {
    List<Point> corners = new ArrayList<>();
    for (String pair : text.strip().split("\\s*;\\s*", -1)) {
      String[] words = pair.split("\\s+", -1);
      if (words.length != 2) {
        row.problem(
            4,
            "has the corner " + Escaped.quoted(pair),
            "write LAT LON with a blank between, corners with ; between");
        return List.of();
      }
      Point corner = point(row, words[0], words[1]);
      if (corner == null) {
        return List.of();
      }
      corners.add(corner);
    }
    if (corners.size() > 1 && corners.getFirst().equals(corners.getLast())) {
      corners.removeLast(); // closed, as drawing programs write it
    }
    if (corners.size() < 3 || corners.size() > Fence.CORNERS_MAX) {
      row.problem(
          4,
          "has " + corners.size() + (corners.size() == 1 ? " corner" : " corners"),
          "write 3 to " + Fence.CORNERS_MAX + " different ones");
      return List.of();
    }
    for (Point corner : corners) {
      if (corner.distanceM(corners.getFirst()) > 2.0 * RADIUS_M_MAX) {
        row.problem(
            4,
            "is wider than " + 2 * RADIUS_M_MAX / 1_000 + " km",
            "look for a corner with a wrong digit");
        return List.of();
      }
    }
    Outline.Crossing crossing = Outline.crossing(corners);
    if (crossing != null) {
      row.problem(
          4,
          "crosses itself: side "
              + crossing.side()
              + " meets side "
              + crossing.otherSide()
              + " (a side begins at the corner of its number)",
          "give the corners in the order one walks around it, each once");
      return List.of();
    }
    return List.copyOf(corners);
  }

  private static @Nullable Point point(CsvRow row, String lat, String lon) {
    return point(row, 4, lat, lon);
  }

  /** Degrees in WGS-84; null, and a problem, if they are none. */
  static @Nullable Point point(CsvRow row, int column, String lat, String lon) {
    if (!NUMBER.matcher(lat).matches() || !NUMBER.matcher(lon).matches()) {
      String wrong = NUMBER.matcher(lat).matches() ? lon : lat;
      row.problem(
          column,
          "has " + Escaped.quoted(wrong) + ", which is no number of degrees",
          "write degrees with a decimal point, such as 32.0601 120.8804");
      return null;
    }
    Point point = new Point(Double.parseDouble(lat), Double.parseDouble(lon));
    if (!point.isOnEarth()) {
      boolean swapped = new Point(/* lat= */ point.lon(), /* lon= */ point.lat()).isOnEarth();
      boolean isLat = point.lat() < -90 || point.lat() > 90;
      row.problem(
          column,
          isLat
              ? "has a latitude of " + lat + ", beyond -90..90"
              : "has a longitude of " + lon + ", beyond -180..180",
          swapped ? "latitude comes first: did you swap the two?" : "correct it");
      return null;
    }
    return point;
  }
}
