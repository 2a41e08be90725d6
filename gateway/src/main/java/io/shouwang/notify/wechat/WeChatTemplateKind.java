package io.shouwang.notify.wechat;

import io.shouwang.notify.chat.Sealed;
import io.shouwang.notify.chat.ServiceAddress;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.yaml.YamlSection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code type: wechat_template}: a WeChat service account that its followers hear from. */
public final class WeChatTemplateKind implements ProviderKind {
  static final String STANDARD_URL = "https://api.weixin.qq.com";

  @Override
  public String word() {
    return "wechat_template";
  }

  @Override
  public @Nullable Account read(YamlSection section, Secrets secrets) {
    int before = section.problemCount();
    ServiceAddress address = ServiceAddress.read(section, STANDARD_URL);
    String app = section.word("app_id").map(YamlSection.Placed::text).orElse("");
    if (!app.matches("[A-Za-z0-9]{4,64}")) {
      section.reportAt(
          "app_id",
          section.named("app_id") + " is missing or none",
          "write the service account's AppID, like wx0123456789abcdef");
    }
    Optional<String> secret = secrets.secret(section, "secret_file");
    Optional<String> token = secrets.secret(section, "callback_token_file");
    Sealed sealed = sealed(section, secrets, token.orElse(""), app);
    if (!section.section("ring").isPresent()) {
      section.report(
          section.named("ring") + " is missing", "name the template that rings, and its data");
      return null;
    }
    Template ring = Template.read(section.section("ring"));
    Template news = other(section, "news");
    Template verify = other(section, "verify");
    if (address == null
        || ring == null
        || secret.isEmpty()
        || token.isEmpty()
        || section.problemCount() > before) {
      return null;
    }
    return surroundings ->
        new WeChatTemplates(
            surroundings,
            address,
            new WeChatTemplates.Credentials(app, secret.get()),
            new WeChatTemplates.Templates(ring, news == null ? ring : news, verify),
            new FinishCallback(surroundings, token.get(), sealed));
  }

  /** Null if it isn't there, or after a mistake. */
  private static @Nullable Template other(YamlSection section, String key) {
    YamlSection template = section.section(key);
    return template.isPresent() ? Template.read(template) : null;
  }

  /** Null for callbacks in the clear. */
  private static @Nullable Sealed sealed(
      YamlSection section, Secrets secrets, String token, String app) {
    if (!section.has("encoding_aes_key_file")) {
      return null;
    }
    Optional<String> key = secrets.secret(section, "encoding_aes_key_file");
    if (key.isPresent() && !Sealed.isKey(key.get())) {
      section.reportAt(
          "encoding_aes_key_file",
          "the file behind " + section.named("encoding_aes_key_file") + " holds no EncodingAESKey",
          "write the " + Sealed.KEY_LENGTH + " characters from the account's callback settings");
      return null;
    }
    return key.map(text -> new Sealed(token, text, app)).orElse(null);
  }
}
