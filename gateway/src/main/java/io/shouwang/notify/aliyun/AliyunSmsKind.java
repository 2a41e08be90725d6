package io.shouwang.notify.aliyun;

import io.shouwang.notify.cloud.Template;
import io.shouwang.notify.cloud.Templates;
import io.shouwang.notify.provider.Notice.Purpose;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.yaml.YamlSection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code type: aliyun_sms}: short messages through Aliyun. */
public final class AliyunSmsKind implements ProviderKind {
  static final String STANDARD_URL = "https://dysmsapi.aliyuncs.com";
  static final Template.Form FORM = new Template.Form("SMS_[0-9]{1,20}", "SMS_154950909", true);

  /** A notification's parameter of the kind "other". */
  static final int PARAMETER_LENGTH = 35;

  @Override
  public String word() {
    return "aliyun_sms";
  }

  @Override
  public @Nullable Account read(YamlSection section, Secrets secrets) {
    int before = section.problemCount();
    Optional<AliyunAccount> account = AliyunAccount.read(section, secrets, STANDARD_URL);
    String signName = section.word("sign_name").map(YamlSection.Placed::text).orElse("");
    if (!signName.matches("[^\\s【】\\[\\]]{2,20}")) {
      section.reportAt(
          "sign_name",
          section.named("sign_name") + " is missing or none",
          "write the approved sender's name without its brackets, 2 to 20 characters");
    }
    boolean extend = section.flag("extend_code", false);
    Optional<Templates> templates =
        Templates.read(
            section, FORM, Set.of(Purpose.RING, Purpose.NEWS, Purpose.VERIFY), PARAMETER_LENGTH);
    if (account.isEmpty() || templates.isEmpty() || section.problemCount() > before) {
      return null;
    }
    return surroundings ->
        new AliyunSms(surroundings, account.get(), templates.get(), signName, extend);
  }
}
