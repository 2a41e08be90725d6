package io.shouwang.config;

import io.shouwang.levels.LevelSettings;
import io.shouwang.map.MapPlan;
import io.shouwang.map.Outlines;
import io.shouwang.model.AreaId;
import io.shouwang.model.Role;
import io.shouwang.registry.Registry;
import io.shouwang.registry.RegistryCounts;
import io.shouwang.registry.RegistryReader;
import io.shouwang.registry.RegistryReading;
import io.shouwang.registry.RegistrySource;
import io.shouwang.registry.RowProblem;
import io.shouwang.registry.WaysFile;
import io.shouwang.yaml.ConfigProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code check-config}: says everything that is wrong with a configuration before it is used. */
public final class ConfigCheck {
  private static final int HASH_SHOWN = 12;
  private static final int AREAS_SHOWN = 5;

  private final PrintWriter out;
  private long problems;

  private ConfigCheck(PrintWriter out) {
    this.out = out;
  }

  /** Checks a directory without regard to the environment. */
  public static int run(Path directory, PrintWriter out) {
    return run(directory, Map.of(), out);
  }

  /**
   * Checks the YAML files of a directory and the registry in its {@code registry/}, if there is
   * one; prints each problem, each warning, and a summary.
   *
   * @return the exit code: 0 if the gateway would start with it, 1 if not
   */
  public static int run(Path directory, Map<String, String> environment, PrintWriter out) {
    int code = new ConfigCheck(out).check(directory, environment);
    out.flush();
    return code;
  }

  /** What is allowed in rules and ladders, and somebody should know of before it matters. */
  public static List<String> warnings(Policy policy, Registry registry) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new PeopleCheck(policy, registry, out).run();
    out.flush();
    return text.toString().lines().toList();
  }

  private int check(Path directory, Map<String, String> environment) {
    Settings settings =
        switch (ConfigReader.read(directory, environment)) {
          case ConfigReading.Accepted accepted -> accepted.settings();
          case ConfigReading.Refused refused -> {
            refused.problems().forEach(this::problem);
            yield null;
          }
        };
    Path registryDirectory = directory.resolve("registry");
    boolean hasRegistry = Files.isDirectory(registryDirectory);
    Registry registry =
        hasRegistry
            ? registry(registryDirectory, settings == null ? null : settings.roles())
            : null;
    if (problems > 0) {
      out.println(counted(problems, "problem"));
      return 1;
    }
    if (settings != null) {
      if (settings.gateway().audit().alarms().isEmpty()) {
        out.println(
            "gateway.yaml: warning: audit.alarms is empty: when the engine itself is unwell, nobody"
                + " is rung; name a channel and an address");
      }
      new OutsideCheck(settings).run(out);
      map(settings.gateway().map(), registry);
      if (registry != null) {
        new PeopleCheck(settings.policy(), registry, out).run();
        ways(settings, registry, registryDirectory);
        counties(settings.levels(), registry);
      }
      out.println(summary(settings, registry));
    }
    return 0;
  }

  private void ways(Settings settings, Registry registry, Path directory) {
    try {
      new WaysCheck(settings.channels(), settings.policy(), registry)
          .run(WaysFile.read(directory), out);
    } catch (IOException unreadable) {
      out.println("warning: registry/ways.csv can't be read: " + unreadable.getMessage());
    }
  }

  private void map(MapPlan map, @Nullable Registry registry) {
    for (String warning : MapYaml.warnings(map)) {
      out.println(GatewayYaml.FILE + ": warning: " + warning);
    }
    Outlines outlines = map.outlines();
    if (outlines == null || registry == null) {
      return;
    }
    List<String> unknown =
        outlines.areas().stream()
            .filter(area -> registry.areaPath(area).isEmpty())
            .map(AreaId::value)
            .sorted()
            .toList();
    if (!unknown.isEmpty()) {
      out.println(
          GatewayYaml.FILE
              + ": warning: map.outlines has areas that areas.csv doesn't have: "
              + String.join(", ", unknown.subList(0, Math.min(AREAS_SHOWN, unknown.size())))
              + (unknown.size() > AREAS_SHOWN
                  ? " and " + (unknown.size() - AREAS_SHOWN) + " more"
                  : "")
              + "; correct the ids: nothing is counted in them");
    }
  }

  /** A county whose area nobody knows still rings: the topmost desks, for want of nearer ones. */
  private void counties(LevelSettings levels, Registry registry) {
    for (LevelSettings.County county : levels.counties()) {
      if (registry.responder(county.id()) != null) {
        out.println(
            "warning: "
                + LevelsYaml.FILE
                + " county "
                + county.id()
                + " is called like a responder, whose promise would take the place of the county's;"
                + " give one of them another id");
      }
      if (registry.areaPath(county.area()).isEmpty()) {
        out.println(
            "warning: "
                + LevelsYaml.FILE
                + " the registry has no area "
                + county.area()
                + " for county "
                + county.id()
                + "; correct the id, or add the area to areas.csv: until then the topmost desks"
                + " are rung");
      }
    }
  }

  private void problem(ConfigProblem problem) {
    problems++;
    out.println(problem);
  }

  private @Nullable Registry registry(Path directory, @Nullable Set<Role> roles) {
    try {
      return switch (RegistryReader.read(RegistrySource.directory(directory), roles)) {
        case RegistryReading.Accepted accepted -> accepted.registry();
        case RegistryReading.Refused refused -> {
          for (RowProblem problem : refused.problems()) {
            out.println("registry/" + problem);
          }
          long more = refused.count() - refused.problems().size();
          if (more > 0) {
            out.println("registry/ and " + more + " more");
          }
          problems += refused.count();
          yield null;
        }
      };
    } catch (IOException unreadable) {
      problem(
          new ConfigProblem(
              "registry/", 0, 0, "can't be read: " + unreadable.getMessage(), "see to its rights"));
      return null;
    }
  }

  private static String summary(Settings settings, @Nullable Registry registry) {
    String rules = "rules " + settings.hash().substring(0, HASH_SHOWN);
    if (registry == null) {
      return "ok: " + rules + "; no registry/ here";
    }
    RegistryCounts counts = registry.counts();
    return "ok: "
        + String.join(
            ", ",
            counted(counts.homes(), "home"),
            counted(counts.elders(), "elder"),
            counted(counts.devices(), "device"),
            counted(counts.responders(), "responder"),
            counted(counts.areas(), "area"),
            counted(counts.operators(), "operator"))
        + "; registry "
        + registry.hash().substring(0, HASH_SHOWN)
        + ", "
        + rules;
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
