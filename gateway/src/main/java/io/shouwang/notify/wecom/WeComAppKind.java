package io.shouwang.notify.wecom;

import io.shouwang.notify.chat.Sealed;
import io.shouwang.notify.chat.ServiceAddress;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.yaml.YamlSection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code type: wecom_app}: a corporation's own application in WeCom. */
public final class WeComAppKind implements ProviderKind {

  @Override
  public String word() {
    return "wecom_app";
  }

  @Override
  public @Nullable Account read(YamlSection section, Secrets secrets) {
    int before = section.problemCount();
    ServiceAddress address = ServiceAddress.read(section, WeComRobotKind.STANDARD_URL);
    String corporation = section.word("corp_id").map(YamlSection.Placed::text).orElse("");
    if (!corporation.matches("[A-Za-z0-9_-]{4,64}")) {
      section.reportAt(
          "corp_id",
          section.named("corp_id") + " is missing or none",
          "write the corporation's id from WeCom's administration, like ww0123456789abcdef");
    }
    int agent = section.integer("agent_id", 0, 1, Integer.MAX_VALUE);
    if (!section.has("agent_id")) {
      section.reportAt(
          "agent_id",
          section.named("agent_id") + " is missing",
          "write the application's AgentId from WeCom's administration");
    }
    Optional<String> secret = secrets.secret(section, "secret_file");
    Optional<String> token = secrets.secret(section, "callback_token_file");
    Optional<String> key = secrets.secret(section, "encoding_aes_key_file");
    if (key.isPresent() && !Sealed.isKey(key.get())) {
      section.reportAt(
          "encoding_aes_key_file",
          "the file behind " + section.named("encoding_aes_key_file") + " holds no EncodingAESKey",
          "write the "
              + Sealed.KEY_LENGTH
              + " characters from the application's callback settings");
    }
    if (address == null
        || secret.isEmpty()
        || token.isEmpty()
        || key.isEmpty()
        || section.problemCount() > before) {
      return null;
    }
    return surroundings ->
        new WeComApp(
            surroundings,
            address,
            new WeComApp.Credentials(corporation, agent, secret.get()),
            new Sealed(token.get(), key.get(), corporation));
  }
}
