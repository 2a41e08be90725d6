package io.shouwang.notify.feishu;

import io.shouwang.notify.chat.ServiceAddress;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.yaml.YamlSection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code type: feishu_robot}: a robot in a Feishu group, secured by signature. */
public final class FeishuRobotKind implements ProviderKind {
  static final String STANDARD_URL = "https://open.feishu.cn";

  @Override
  public String word() {
    return "feishu_robot";
  }

  @Override
  public @Nullable Account read(YamlSection section, Secrets secrets) {
    ServiceAddress address = ServiceAddress.read(section, STANDARD_URL);
    Optional<String> hook = secrets.secret(section, "hook_file");
    Optional<String> secret = secrets.secret(section, "secret_file");
    if (hook.isPresent() && !hook.get().matches("[A-Za-z0-9-]{8,64}")) {
      section.reportAt(
          "hook_file",
          "the file behind " + section.named("hook_file") + " holds no robot's id",
          "write into it what stands behind /hook/ in the robot's address, and nothing else");
      return null;
    }
    if (address == null || hook.isEmpty() || secret.isEmpty()) {
      return null;
    }
    return surroundings -> new FeishuRobot(surroundings, address, hook.get(), secret.get());
  }
}
