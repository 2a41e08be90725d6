package io.shouwang.backtest;

import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What really happened in the homes of a recording, and what kinds of lives they are; as {@code
 * device-sim district} writes it.
 *
 * @param byHome what happened
 * @param lives the kinds of life in a home; empty for what is not known
 */
public record Truths(Map<HomeId, List<Truth>> byHome, Map<HomeId, List<String>> lives) {
  /** Instead of its kinds: a home without a device that could notice silence. */
  public static final String UNWATCHED = "unwatched";

  private static final List<String> COLUMNS =
      List.of("kind", "home", "elder", "device", "from", "to", "detail");

  /** One thing that happened, in milliseconds of the epoch. */
  public record Truth(String kind, HomeId home, long from, long to, String detail) {}

  /**
   * Reads them.
   *
   * @param truth with the columns kind,home,elder,device,from,to,detail; {@code lives.csv} beside
   *     it is read if it is there
   */
  public static Truths read(Path truth) throws IOException, RecordingRefused {
    Map<HomeId, List<Truth>> byHome = new HashMap<>();
    RecordedTime times = new RecordedTime(ZoneOffset.UTC);
    for (Map<String, String> row : rows(truth, COLUMNS)) {
      byte[] from = row.getOrDefault("from", "").getBytes(java.nio.charset.StandardCharsets.UTF_8);
      byte[] to = row.getOrDefault("to", "").getBytes(java.nio.charset.StandardCharsets.UTF_8);
      long begin = times.read(from, 0, from.length);
      long end = times.read(to, 0, to.length);
      String home = row.getOrDefault("home", "");
      if (begin == RecordedTime.UNREADABLE
          || end == RecordedTime.UNREADABLE
          || !Identity.isValid(home)) {
        throw new RecordingRefused(
            truth + " has a row without home and times: " + RecordingText.shown(row.toString()));
      }
      HomeId id = new HomeId(home);
      byHome
          .computeIfAbsent(id, _ -> new ArrayList<>())
          .add(
              new Truth(
                  row.getOrDefault("kind", ""), id, begin, end, row.getOrDefault("detail", "")));
    }
    Map<HomeId, List<String>> lives = new HashMap<>();
    Path beside = truth.resolveSibling("lives.csv");
    if (Files.exists(beside)) {
      for (Map<String, String> row : rows(beside, List.of("home", "kinds"))) {
        String home = row.getOrDefault("home", "");
        if (Identity.isValid(home)) {
          lives.put(
              new HomeId(home),
              Stream.of(row.getOrDefault("kinds", "").split(" ", -1))
                  .filter(kind -> !kind.isEmpty())
                  .toList());
          if (row.getOrDefault("detail", "").contains("watched=false")) {
            lives.put(new HomeId(home), List.of(UNWATCHED));
          }
        }
      }
    }
    return new Truths(byHome, lives);
  }

  private static List<Map<String, String>> rows(Path file, List<String> columns)
      throws IOException, RecordingRefused {
    List<Map<String, String>> all = new ArrayList<>();
    try (RecordingRows rows =
        new RecordingRows(new BufferedInputStream(Files.newInputStream(file)))) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        if (names.isEmpty()) {
          for (int i = 0; i < rows.fields(); i++) {
            names.add(rows.text(i));
          }
          if (!names.containsAll(columns)) {
            throw new RecordingRefused(file + " needs the columns " + String.join(",", columns));
          }
          continue;
        }
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < Math.min(rows.fields(), names.size()); i++) {
          row.put(names.get(i), rows.text(i));
        }
        all.add(row);
      }
    }
    return all;
  }

  /** All that happened and is asked for. */
  List<Truth> where(Predicate<Truth> asked) {
    return byHome.values().stream().flatMap(List::stream).filter(asked).toList();
  }

  /** Whether something of these kinds was going on in a home at a moment. */
  boolean isDuring(HomeId home, long at, List<String> kinds) {
    for (Truth truth : byHome.getOrDefault(home, List.of())) {
      if (truth.from <= at && at < truth.to && kinds.contains(truth.kind)) {
        return true;
      }
    }
    return false;
  }
}
