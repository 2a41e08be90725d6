package io.shouwang.notify.dingtalk;

import io.shouwang.notify.chat.ServiceAddress;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.yaml.YamlSection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code type: dingtalk_robot}: a robot in a DingTalk group, secured by signature. */
public final class DingTalkRobotKind implements ProviderKind {
  static final String STANDARD_URL = "https://oapi.dingtalk.com";
  private static final int MENTIONED_MAX = 20;

  @Override
  public String word() {
    return "dingtalk_robot";
  }

  @Override
  public @Nullable Account read(YamlSection section, Secrets secrets) {
    int before = section.problemCount();
    ServiceAddress address = ServiceAddress.read(section, STANDARD_URL);
    Optional<String> token = secrets.secret(section, "token_file");
    Optional<String> secret = secrets.secret(section, "secret_file");
    List<String> mentioned =
        section.words("mention").stream().map(YamlSection.Placed::text).toList();
    if (mentioned.size() > MENTIONED_MAX
        || !mentioned.stream().allMatch(number -> number.matches("1[0-9]{10}"))) {
      section.reportAt(
          "mention",
          section.named("mention") + " is no list of mobile numbers",
          "write at most " + MENTIONED_MAX + " numbers of 11 digits");
    }
    if (address == null || token.isEmpty() || secret.isEmpty() || section.problemCount() > before) {
      return null;
    }
    return surroundings ->
        new DingTalkRobot(surroundings, address, token.get(), secret.get(), mentioned);
  }
}
