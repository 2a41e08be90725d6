package io.shouwang.config;

import io.shouwang.map.Basemap;
import io.shouwang.map.MapPlan;
import io.shouwang.map.Outlines;
import io.shouwang.map.OutlinesReader;
import io.shouwang.map.TileFile;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.yaml.ConfigProblem;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.YamlSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code map} of {@code gateway.yaml}, and the files it names. */
final class MapYaml {
  private static final List<String> BASES = List.of("pmtiles", "tianditu", "wmts");
  private static final int ATTRIBUTION_MAX = 200;
  private static final int TEMPLATE_MAX = 1_000;
  private static final int SUBDOMAINS_MAX = 20;
  private static final int ZOOM_MAX = 22;
  private static final String HTTP = "http://";

  private final Path directory;
  private final ProviderKind.Secrets secrets;
  private final List<ConfigProblem> problems;

  MapYaml(Path directory, ProviderKind.Secrets secrets, List<ConfigProblem> problems) {
    this.directory = directory;
    this.secrets = secrets;
    this.problems = problems;
  }

  MapPlan read(YamlSection root) {
    YamlSection section = root.section("map");
    Outlines outlines = outlines(section);
    List<String> given = BASES.stream().filter(section::has).toList();
    if (given.size() > 1) {
      section.reportAt(
          given.get(1),
          section.named(given.get(1)) + " stands beside " + section.named(given.getFirst()),
          "keep one of them: a map has one base");
    }
    Basemap none = new Basemap.None();
    Basemap pmtiles = pmtiles(section.section("pmtiles"));
    Basemap tianditu = tianditu(section.section("tianditu"));
    Basemap wmts = wmts(section.section("wmts"));
    MapPlan.View view = view(section.section("view"));
    section.done();
    Basemap base = pmtiles == null ? tianditu == null ? wmts : tianditu : pmtiles;
    return new MapPlan(outlines, base == null ? none : base, view);
  }

  private @Nullable Outlines outlines(YamlSection section) {
    Optional<YamlSection.Placed> word = section.word("outlines");
    Path path = word.isEmpty() ? null : path(section, "outlines", word.get());
    if (word.isEmpty() || path == null) {
      return null;
    }
    try {
      if (Files.size(path) <= OutlinesReader.FILE_BYTES_MAX) {
        return OutlinesReader.read(word.get().text(), Files.readAllBytes(path), problems);
      }
      section.report(
          word.get().mark(),
          section.named("outlines") + " names a file of more than 8 MiB",
          "simplify the outlines, to some ten metres say");
    } catch (IOException e) {
      unreadable(section, "outlines", word.get());
    }
    return null;
  }

  private @Nullable Path path(YamlSection section, String key, YamlSection.Placed word) {
    try {
      Path path = directory.resolve(word.text());
      if (Files.isRegularFile(path) && Files.isReadable(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      // falls through to the one answer for a file that can't be had
    }
    unreadable(section, key, word);
    return null;
  }

  private static void unreadable(YamlSection section, String key, YamlSection.Placed word) {
    section.report(
        word.mark(),
        section.named(key) + " names " + Escaped.quoted(word.text()) + ", which can't be read",
        "name a file that the gateway may read; a relative path starts at this directory");
  }

  private @Nullable Basemap pmtiles(YamlSection section) {
    if (!section.isPresent()) {
      return null;
    }
    String attribution = attribution(section, "");
    Optional<YamlSection.Placed> word = section.word("file");
    if (word.isEmpty() && !section.has("file")) {
      section.report(section.named("file") + " is missing", "name a PMTiles file");
    }
    Path path = word.isEmpty() ? null : path(section, "file", word.get());
    section.done();
    if (word.isEmpty() || path == null) {
      return null;
    }
    String mistake = TileFile.mistake(path);
    if (!mistake.isEmpty()) {
      section.report(
          word.get().mark(),
          section.named("file")
              + " names "
              + Escaped.quoted(word.get().text())
              + ", which "
              + mistake,
          "make one with tippecanoe, planetiler or pmtiles convert");
      return null;
    }
    return new Basemap.Pmtiles(path, attribution);
  }

  private @Nullable Basemap tianditu(YamlSection section) {
    if (!section.isPresent()) {
      return null;
    }
    Optional<String> key = secrets.secret(section, "key_file");
    boolean isKey = key.filter(text -> text.matches("[0-9A-Za-z]{16,64}")).isPresent();
    if (key.isPresent() && !isKey) {
      section.reportAt(
          "key_file",
          section.named("key_file") + " names a file without a usable key",
          "put the key of a browser application from console.tianditu.gov.cn into it, alone");
    }
    String attribution = attribution(section, "天地图");
    section.done();
    return isKey ? new Basemap.Tianditu(key.orElseThrow(), attribution) : null;
  }

  private @Nullable Basemap wmts(YamlSection section) {
    if (!section.isPresent()) {
      return null;
    }
    List<String> subdomains = new ArrayList<>();
    for (YamlSection.Placed word : section.words("subdomains")) {
      if (!word.text().matches("[0-9A-Za-z-]{1,30}")) {
        section.report(
            word.mark(),
            Escaped.quoted(word.text()) + " in " + section.named("subdomains") + " is none",
            "write a list like [t0, t1, t2]");
        continue;
      }
      subdomains.add(word.text());
    }
    if (subdomains.size() > SUBDOMAINS_MAX) {
      section.reportAt(
          "subdomains",
          section.named("subdomains") + " has " + subdomains.size(),
          "name at most " + SUBDOMAINS_MAX);
    }
    String template = template(section, subdomains);
    String attribution = attribution(section, "");
    int zoom = section.integer("max_zoom", 18, 1, ZOOM_MAX);
    section.done();
    return template == null ? null : new Basemap.Wmts(template, subdomains, attribution, zoom);
  }

  /** Never shown again in a problem: a key may stand in it. */
  private static @Nullable String template(YamlSection section, List<String> subdomains) {
    Optional<YamlSection.Placed> word = section.word("url");
    if (word.isEmpty()) {
      if (!section.has("url")) {
        section.report(section.named("url") + " is missing", "write a tile's address");
      }
      return null;
    }
    String text = word.get().text();
    String left = text.replaceAll("\\{[zxys]}", "");
    boolean isWhole =
        text.length() <= TEMPLATE_MAX
            && List.of("{z}", "{x}", "{y}").stream().allMatch(text::contains)
            && text.contains("{s}") != subdomains.isEmpty()
            && left.matches("[!-~&&[^{}<>\"'\\\\^`|;, ]]+");
    boolean leads =
        isWhole
            && (subdomains.isEmpty() ? List.of("") : subdomains)
                .stream().allMatch(one -> Basemap.Wmts.originOf(text, one) != null);
    if (!leads) {
      section.report(
          word.get().mark(),
          section.named("url") + " can't be used",
          "write an address like https://map.example.org/wmts/{z}/{y}/{x}.png, without a password;"
              + " with {s} in it, name subdomains");
      return null;
    }
    return text;
  }

  private static String attribution(YamlSection section, String standard) {
    String text = section.word("attribution").map(YamlSection.Placed::text).orElse(standard);
    if (text.length() > ATTRIBUTION_MAX || text.chars().anyMatch(Character::isISOControl)) {
      section.reportAt(
          "attribution",
          section.named("attribution") + " is no short text",
          "write at most " + ATTRIBUTION_MAX + " characters on one line");
      return standard;
    }
    return text;
  }

  private static MapPlan.@Nullable View view(YamlSection section) {
    if (!section.isPresent()) {
      return null;
    }
    for (String key : List.of("lat", "lon")) {
      if (!section.has(key)) {
        section.report(section.named(key) + " is missing", "write degrees WGS-84");
      }
    }
    MapPlan.View view =
        new MapPlan.View(
            section.number("lat", 0, -85, 85),
            section.number("lon", 0, -180, 180),
            section.integer("zoom", 12, 1, 18));
    section.done();
    return view;
  }

  /** What needs no correction, and somebody should know: a line each. */
  static List<String> warnings(MapPlan plan) {
    return switch (plan.base()) {
      case Basemap.Tianditu tianditu ->
          tianditu.attribution().contains("GS")
              ? List.of()
              : List.of(
                  "map.tianditu.attribution names no map approval number (审图号 GS…); write what"
                      + " the service shows");
      case Basemap.Wmts wmts -> {
        List<String> found = new ArrayList<>();
        if (wmts.attribution().isEmpty()) {
          found.add("map.wmts.attribution is empty; write whose map it is, and its 审图号");
        }
        if (wmts.template().startsWith(HTTP)) {
          found.add(
              "map.wmts.url is not https: a console that is opened over https won't load its tiles");
        }
        yield found;
      }
      case Basemap.Pmtiles pmtiles ->
          pmtiles.attribution().isEmpty()
              ? List.of("map.pmtiles.attribution is empty; write whose data it is, and its 审图号")
              : List.of();
      case Basemap.None _ -> List.of();
    };
  }
}
