package io.shouwang.notify.wecom;

import io.shouwang.notify.chat.ServiceAddress;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.yaml.YamlSection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code type: wecom_robot}: a robot in a WeCom group. */
public final class WeComRobotKind implements ProviderKind {
  static final String STANDARD_URL = "https://qyapi.weixin.qq.com";
  private static final int MENTIONED_MAX = 20;

  @Override
  public String word() {
    return "wecom_robot";
  }

  @Override
  public @Nullable Account read(YamlSection section, Secrets secrets) {
    int before = section.problemCount();
    ServiceAddress address = ServiceAddress.read(section, STANDARD_URL);
    Optional<String> key = secrets.secret(section, "key_file");
    boolean asText = isText(section);
    List<String> mentioned =
        section.words("mention").stream().map(YamlSection.Placed::text).toList();
    if (!mentioned.isEmpty() && !asText) {
      section.reportAt(
          "mention",
          section.named("mention") + " has no effect in Markdown",
          "write format: text, or remove it");
    }
    if (mentioned.size() > MENTIONED_MAX
        || !mentioned.stream().allMatch(number -> number.matches("1[0-9]{10}|@all"))) {
      section.reportAt(
          "mention",
          section.named("mention") + " is no list of mobile numbers",
          "write at most " + MENTIONED_MAX + " numbers of 11 digits, or @all");
    }
    if (address == null || key.isEmpty() || section.problemCount() > before) {
      return null;
    }
    return surroundings ->
        new WeComRobot(surroundings, address, key.get(), asText, List.copyOf(mentioned));
  }

  private static boolean isText(YamlSection section) {
    String format = section.word("format").map(YamlSection.Placed::text).orElse("markdown");
    if (!format.equals("markdown") && !format.equals("text")) {
      section.reportAt("format", section.named("format") + " is unknown", "write markdown or text");
    }
    return format.equals("text");
  }
}
