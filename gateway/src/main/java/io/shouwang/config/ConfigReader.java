package io.shouwang.config;

import io.shouwang.alerts.Ladders;
import io.shouwang.rules.Limits;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Reads a configuration directory. Any thread. */
public final class ConfigReader {
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
    byte[] gatewayBytes = bytes(directory, GatewayYaml.FILE, problems);
    byte[] laddersBytes = bytes(directory, LaddersYaml.FILE, problems);
    byte[] rulesBytes = bytes(directory, RulesYaml.FILE, problems);
    boolean anyMissing = !problems.isEmpty();

    GatewayConfig gateway =
        new GatewayYaml(directory, environment, problems)
            .read(yaml(GatewayYaml.FILE, gatewayBytes, problems));
    LaddersYaml laddersYaml = new LaddersYaml();
    // Without a readable file there is nothing to miss in it.
    List<ConfigProblem> ladderProblems = new ArrayList<>();
    YamlSection laddersRoot = yaml(LaddersYaml.FILE, laddersBytes, ladderProblems);
    boolean unreadable = !ladderProblems.isEmpty() || (anyMissing && laddersBytes.length == 0);
    problems.addAll(ladderProblems);
    ladderProblems.clear();
    Ladders ladders = laddersYaml.read(laddersRoot);
    if (!unreadable) {
      problems.addAll(ladderProblems);
    }
    RuleSettings rules = RulesYaml.read(yaml(RulesYaml.FILE, rulesBytes, problems));
    if (problems.isEmpty()) {
      return new ConfigReading.Accepted(
          new Settings(
              gateway,
              ladders,
              rules,
              LimitsBook.of(gateway.zone(), Limits.STANDARD),
              RuleBook.builtIn(),
              laddersYaml.roles(),
              hash(laddersBytes, rulesBytes)));
    }
    problems.sort(
        Comparator.comparing(ConfigProblem::file)
            .thenComparingInt(ConfigProblem::line)
            .thenComparingInt(ConfigProblem::column));
    return new ConfigReading.Refused(problems);
  }

  private static YamlSection yaml(String file, byte[] bytes, List<ConfigProblem> problems) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return YamlFile.read(file, text.startsWith("\uFEFF") ? text.substring(1) : text, problems);
    } catch (CharacterCodingException wrongCoding) {
      problems.add(new ConfigProblem(file, 0, 0, "is not UTF-8", "save it as UTF-8"));
      return YamlSection.absent(file, problems);
    }
  }

  private static byte[] bytes(Path directory, String file, List<ConfigProblem> problems) {
    try {
      Path path = directory.resolve(file);
      if (Files.size(path) > FILE_BYTES_MAX) {
        problems.add(
            new ConfigProblem(
                file, 0, 0, "is larger than " + Amounts.text(FILE_BYTES_MAX), "make it smaller"));
        return new byte[0];
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException missing) {
      problems.add(
          new ConfigProblem(
              file,
              0,
              0,
              "is missing in " + directory,
              "copy it from the configuration that came with the gateway"));
    } catch (IOException unreadable) {
      problems.add(
          new ConfigProblem(
              file, 0, 0, "can't be read: " + unreadable.getMessage(), "check its permissions"));
    }
    return new byte[0];
  }

  private static String hash(byte[] ladders, byte[] rules) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(ladders.length).flip());
    digest.update(ladders);
    digest.update(rules);
    return HexFormat.of().formatHex(digest.digest());
  }
}
