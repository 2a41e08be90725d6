package io.shouwang.notify.exchange;

import io.shouwang.model.AreaId;
import io.shouwang.model.Identity;
import io.shouwang.notify.chat.ServiceAddress;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.webhook.WebhookSignature;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.YamlSection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code type: exchange}: the telephone exchange of the hotline. */
public final class ExchangeKind implements ProviderKind {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PATIENCE_MAX = Duration.ofMinutes(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Override
  public String word() {
    return "exchange";
  }

  @Override
  public @Nullable Account read(YamlSection section, Secrets secrets) {
    int before = section.problemCount();
    ServiceAddress address =
        section.has("url") ? ServiceAddress.read(section, "https://exchange.example.org") : null;
    if (address == null) {
      section.flag("allow_plain", false);
    }
    Optional<WebhookSignature> signature =
        secrets.secret(section, "secrets_file").flatMap(WebhookSignature::of);
    if (signature.isEmpty() && section.problemCount() == before) {
      section.reportAt(
          "secrets_file",
          "the file behind " + section.named("secrets_file") + " holds no secrets",
          "write one a line: whsec_ and the base64 of 24 to 64 bytes (openssl rand -base64 32)");
    }
    AreaId area = area(section);
    Duration patience = section.duration("ring_for", PATIENCE, Duration.ofSeconds(1), PATIENCE_MAX);
    String code = areaCode(section);
    boolean anyNumber = section.flag("allow_any_number", false);
    int calls = section.integer("calls_per_minute", 60, 1, 10_000);
    if (signature.isEmpty() || section.problemCount() > before) {
      return null;
    }
    List<Quota> quotas = List.of(new Quota(calls, MINUTE, false));
    CallEvents.Where where = new CallEvents.Where(area, patience, code);
    return surroundings ->
        new Exchange(
            surroundings,
            signature.get(),
            address,
            quotas,
            anyNumber,
            new CallEvents(surroundings, signature.get(), where));
  }

  private static @Nullable AreaId area(YamlSection section) {
    Optional<YamlSection.Placed> word = section.word("area");
    if (word.isEmpty()) {
      return null;
    }
    if (!Identity.isValid(word.get().text())) {
      section.report(
          word.get().mark(),
          section.named("area") + " is " + Escaped.quoted(word.get().text()),
          "write an area's id from areas.csv");
      return null;
    }
    return new AreaId(word.get().text());
  }

  private static String areaCode(YamlSection section) {
    Optional<YamlSection.Placed> word = section.word("area_code");
    String code = word.map(YamlSection.Placed::text).orElse("");
    if (word.isPresent() && !code.matches("0[0-9]{2,3}")) {
      section.report(
          word.get().mark(),
          section.named("area_code") + " is " + Escaped.quoted(code),
          "write it like \"0513\", in quotes");
    }
    return code;
  }
}
