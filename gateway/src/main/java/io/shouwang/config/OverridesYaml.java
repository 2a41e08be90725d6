package io.shouwang.config;

import io.shouwang.model.AreaId;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.rules.Limits;
import io.shouwang.rules.LimitsBook;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.YamlSection;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.error.Mark;

/** Reads the list {@code overrides} of {@code rules.yaml}: whose limits differ, and by what. */
final class OverridesYaml {
  private static final List<String> OF = List.of("area", "home", "elder");

  /** A file of 1 MiB holds no more; a bound all the same. */
  static final int OVERRIDES_MAX = 20_000;

  private final Map<String, OverridePlace> places = new LinkedHashMap<>();
  private final Map<AreaId, UnaryOperator<Limits>> byArea = new HashMap<>();
  private final Map<HomeId, UnaryOperator<Limits>> byHome = new HashMap<>();
  private final Map<ElderId, UnaryOperator<Limits>> byElder = new HashMap<>();

  /** Everything that was overridden, in the file's order. */
  List<OverridePlace> places() {
    return List.copyOf(places.values());
  }

  LimitsBook read(YamlSection root, Limits city, ZoneId zone) {
    List<YamlSection> entries = root.sections("overrides");
    if (entries.size() > OVERRIDES_MAX) {
      root.reportAt(
          "overrides",
          "there are " + entries.size() + " overrides",
          "at most " + OVERRIDES_MAX + " may stand here; use areas");
      return LimitsBook.of(zone, city);
    }
    entries.forEach(entry -> read(entry, city));
    return new LimitsBook(zone, city, byArea, byHome, byElder);
  }

  private void read(YamlSection entry, Limits city) {
    List<String> named = OF.stream().filter(of -> entry.markOf(of) != null).toList();
    LimitsYaml.Patch patch = new LimitsYaml.Patch(entry);
    int before = entry.problemCount();
    boolean changesNothing = entry.keys().size() == named.size();
    LimitsYaml.read(entry, city); // for its mistakes
    for (String section : LimitsYaml.OF_THE_HOME) {
      if (entry.has(section) && entry.has("elder")) {
        entry.reportAt(
            section,
            section + " is a matter of the home, and this override is for an elder",
            "write it for the elder's home");
      }
    }
    for (String of : OF) {
      entry
          .word(of)
          .ifPresent(word -> {
            if (!Identity.isValid(word.text())) {
              entry.report(
                  word.mark(),
                  of + " " + Escaped.quoted(word.text()) + " is no valid id",
                  "use 1 to 64 of A-Z a-z 0-9 _ -");
            } else if (named.size() == 1 && isFirst(entry, of, word)) {
              enter(of, word.text(), patch);
            }
          });
    }
    entry.done();
    if (named.size() != 1) {
      entry.report(
          "this override is for " + (named.isEmpty() ? "nobody" : String.join(" and ", named)),
          "name exactly one of area, home and elder");
    } else if (changesNothing && entry.problemCount() == before) {
      entry.report(
          "this override changes nothing", "add a section with what differs, or remove it");
    }
  }

  private boolean isFirst(YamlSection entry, String of, YamlSection.Placed word) {
    Mark mark = word.mark();
    OverridePlace place =
        new OverridePlace(of, word.text(), mark.getLine() + 1, mark.getColumn() + 1);
    OverridePlace first = places.putIfAbsent(place.toString(), place);
    if (first != null) {
      entry.report(
          mark,
          place + " has an override already",
          "put both into one (the other is on line " + first.line() + ")");
    }
    return first == null;
  }

  private void enter(String of, String id, LimitsYaml.Patch patch) {
    switch (of) {
      case "area" -> byArea.put(new AreaId(id), patch);
      case "home" -> byHome.put(new HomeId(id), patch);
      default -> byElder.put(new ElderId(id), patch);
    }
  }
}
