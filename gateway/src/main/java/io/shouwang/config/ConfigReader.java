package io.shouwang.config;

import io.shouwang.levels.LevelSettings;
import io.shouwang.notify.ChannelPlans;
import io.shouwang.notify.Kinds;
import io.shouwang.yaml.Amounts;
import io.shouwang.yaml.ConfigProblem;
import io.shouwang.yaml.YamlFile;
import io.shouwang.yaml.YamlSection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a configuration directory. Any thread. */
public final class ConfigReader {
  /** In the order of the files, then of the lines. */
  static final Comparator<ConfigProblem> IN_ORDER =
      Comparator.comparing(ConfigProblem::file)
          .thenComparingInt(ConfigProblem::line)
          .thenComparingInt(ConfigProblem::column);

  private static final int FILE_BYTES_MAX = 1 << 20;

  private ConfigReader() {}

  /**
   * Reads the three YAML files of a directory.
   *
   * @param environment the process's variables; {@code SHOUWANG_MQTT_PORT} and {@code
   *     SHOUWANG_HTTP_PORT} override the ports of the plain listeners
   */
  public static ConfigReading read(Path directory, Map<String, String> environment) {
    List<ConfigProblem> problems = new ArrayList<>();
    String gatewayText = text(directory, GatewayYaml.FILE, problems);
    GatewayConfig gateway =
        new GatewayYaml(directory, environment, problems)
            .read(yaml(GatewayYaml.FILE, gatewayText, problems));
    PolicyReading policy = readPolicy(directory, gateway.zone());
    if (policy instanceof PolicyReading.Refused refused) {
      problems.addAll(refused.problems());
    }
    ChannelPlans channels = channels(directory, problems);
    AuditYaml.check(gateway.audit(), channels, problems);
    LevelSettings levels = levels(directory, problems);
    return policy instanceof PolicyReading.Accepted accepted && problems.isEmpty()
        ? new ConfigReading.Accepted(new Settings(gateway, accepted.policy(), channels, levels))
        : new ConfigReading.Refused(sorted(problems));
  }

  /** The file may be missing: then everybody is reached by MQTT. */
  private static ChannelPlans channels(Path directory, List<ConfigProblem> problems) {
    if (!Files.exists(directory.resolve(ChannelsYaml.FILE))) {
      return ChannelPlans.NONE;
    }
    String text = text(directory, ChannelsYaml.FILE, problems);
    return new ChannelsYaml(directory, Kinds.ALL).read(yaml(ChannelsYaml.FILE, text, problems));
  }

  /** The file may be missing: then nobody is above us or below. */
  private static LevelSettings levels(Path directory, List<ConfigProblem> problems) {
    if (!Files.exists(directory.resolve(LevelsYaml.FILE))) {
      return LevelSettings.NONE;
    }
    String text = text(directory, LevelsYaml.FILE, problems);
    return new LevelsYaml(directory).read(yaml(LevelsYaml.FILE, text, problems));
  }

  /**
   * Reads what may change while running: {@code ladders.yaml} and {@code rules.yaml}.
   *
   * @param zone civil time, which {@code gateway.yaml} sets
   */
  public static PolicyReading readPolicy(Path directory, ZoneId zone) {
    List<ConfigProblem> problems = new ArrayList<>();
    String ladders = text(directory, LaddersYaml.FILE, problems);
    String rules = text(directory, RulesYaml.FILE, problems);
    return read(ladders, rules, zone, problems);
  }

  /** Reads what was kept of a policy. */
  public static PolicyReading read(PolicyFiles files) {
    return read(files.ladders(), files.rules(), files.zone(), new ArrayList<>());
  }

  private static PolicyReading read(
      @Nullable String ladders, @Nullable String rules, ZoneId zone, List<ConfigProblem> problems) {
    LaddersYaml laddersYaml = new LaddersYaml();
    // Without a readable file there is nothing to miss in it.
    List<ConfigProblem> ladderProblems = new ArrayList<>();
    YamlSection laddersRoot = yaml(LaddersYaml.FILE, ladders, ladderProblems);
    boolean unreadable = !ladderProblems.isEmpty() || ladders == null;
    problems.addAll(ladderProblems);
    ladderProblems.clear();
    var read = laddersYaml.read(laddersRoot);
    if (!unreadable) {
      problems.addAll(ladderProblems);
    }
    RulesYaml rulesYaml = new RulesYaml(zone);
    rulesYaml.read(yaml(RulesYaml.FILE, rules, problems));
    if (!problems.isEmpty() || ladders == null || rules == null) {
      return new PolicyReading.Refused(sorted(problems));
    }
    PolicyFiles files = new PolicyFiles(ladders, rules, zone);
    return new PolicyReading.Accepted(
        new Policy(
            read,
            rulesYaml.replies(),
            rulesYaml.limits(),
            rulesYaml.rules(),
            laddersYaml.roles(),
            rulesYaml.overrides(),
            files,
            files.hash()));
  }

  private static List<ConfigProblem> sorted(List<ConfigProblem> problems) {
    return problems.stream().sorted(IN_ORDER).toList();
  }

  private static YamlSection yaml(
      String file, @Nullable String text, List<ConfigProblem> problems) {
    if (text == null) {
      return YamlSection.absent(file, problems);
    }
    return YamlFile.read(file, text.startsWith("\uFEFF") ? text.substring(1) : text, problems);
  }

  /** The file as it is; null, and a problem, if it can't be had. */
  private static @Nullable String text(Path directory, String file, List<ConfigProblem> problems) {
    try {
      Path path = directory.resolve(file);
      if (Files.size(path) > FILE_BYTES_MAX) {
        problems.add(
            new ConfigProblem(
                file, 0, 0, "is larger than " + Amounts.text(FILE_BYTES_MAX), "make it smaller"));
        return null;
      }
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (NoSuchFileException missing) {
      problems.add(
          new ConfigProblem(
              file,
              0,
              0,
              "is missing in " + directory,
              "copy it from the configuration that came with the gateway"));
    } catch (CharacterCodingException wrongCoding) {
      problems.add(new ConfigProblem(file, 0, 0, "is not UTF-8", "save it as UTF-8"));
    } catch (IOException unreadable) {
      problems.add(
          new ConfigProblem(
              file, 0, 0, "can't be read: " + unreadable.getMessage(), "check its permissions"));
    }
    return null;
  }
}
