package io.shouwang.notify.tencent;

import io.shouwang.notify.chat.ServiceAddress;
import io.shouwang.notify.cloud.CallbackSecret;
import io.shouwang.notify.cloud.CloudHost;
import io.shouwang.notify.cloud.Template;
import io.shouwang.notify.cloud.Templates;
import io.shouwang.notify.provider.Notice.Purpose;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.yaml.YamlSection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code type: tencent_sms}: short messages through Tencent Cloud. */
public final class TencentSmsKind implements ProviderKind {
  static final String STANDARD_URL = "https://sms.tencentcloudapi.com";
  static final Template.Form FORM = new Template.Form("[0-9]{1,12}", "1110", false);

  /** Of a parameter; the console shows what an account was granted. */
  static final int PARAMETER_LENGTH = 12;

  /** What the carriers let through to one number in a day. */
  static final int PER_DAY = 10;

  @Override
  public String word() {
    return "tencent_sms";
  }

  @Override
  public @Nullable Account read(YamlSection section, Secrets secrets) {
    int before = section.problemCount();
    ServiceAddress address = ServiceAddress.read(section, STANDARD_URL);
    String secretId =
        word(section, "secret_id", "[A-Za-z0-9_-]{6,128}", "write the SecretId of a sub-account");
    String application =
        word(
            section,
            "sdk_app_id",
            "[0-9]{4,20}",
            "write the application's SdkAppId, like 1400006666");
    String signName =
        word(
            section,
            "sign_name",
            "[^\\s【】\\[\\]]{2,20}",
            "write the approved sender's name without its brackets, and not its id");
    String region =
        section.has("region")
            ? word(
                section,
                "region",
                "[a-z]{2}(-[a-z0-9]{2,20}){1,3}",
                "write a region like ap-guangzhou")
            : "ap-guangzhou";
    Optional<String> secretKey = secrets.secret(section, "secret_key_file");
    Optional<CallbackSecret> callback = CallbackSecret.read(section, secrets);
    boolean extend = section.flag("extend_code", false);
    int perDay = section.integer("per_day", PER_DAY, 1, 1_000);
    Optional<Templates> templates =
        Templates.read(
            section, FORM, Set.of(Purpose.RING, Purpose.NEWS, Purpose.VERIFY), PARAMETER_LENGTH);
    if (address == null
        || secretKey.isEmpty()
        || callback.isEmpty()
        || templates.isEmpty()
        || section.problemCount() > before) {
      return null;
    }
    TencentSms.Application app = new TencentSms.Application(application, signName, region, perDay);
    return surroundings ->
        new TencentSms(
            surroundings,
            CloudHost.of(address),
            new Tc3Signature(secretId, secretKey.get()),
            app,
            templates.get(),
            callback.get(),
            extend);
  }

  private static String word(YamlSection section, String key, String form, String remedy) {
    String word = section.word(key).map(YamlSection.Placed::text).orElse("");
    if (!word.matches(form)) {
      section.reportAt(key, section.named(key) + " is missing or none", remedy);
    }
    return word;
  }
}
