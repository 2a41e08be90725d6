package io.shouwang.notify.cmpp;

import io.shouwang.notify.cmpp.CmppSettings.Letters;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.segment.Reading;
import io.shouwang.notify.segment.ShortText;
import io.shouwang.yaml.YamlSection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code type: cmpp}: China Mobile's short message gateway, by CMPP 2.0 or 3.0. */
public final class CmppKind implements ProviderKind {
  private static final int SOURCE_DIGITS_MAX = 21;
  private static final Map<String, CmppVersion> VERSIONS =
      Map.of("2.0", CmppVersion.V2_0, "3.0", CmppVersion.V3_0);
  private static final Map<String, Letters> LETTERS =
      Map.of("ucs2", Letters.UCS_2, "ascii", Letters.ASCII, "gbk", Letters.GBK);

  @Override
  public String word() {
    return "cmpp";
  }

  @Override
  public @Nullable Account read(YamlSection section, Secrets secrets) {
    int before = section.problemCount();
    Reading reading = new Reading(section);
    String host = reading.word("host", "[A-Za-z0-9.:-]{1,253}", null, "the gateway's name");
    int port = section.integer("port", 7890, 1, 65_535);
    CmppVersion version = reading.choice("version", CmppVersion.V2_0, VERSIONS);
    String account =
        reading.word("sp_id", "[!-~]{1,6}", null, "the six digits that the operator gave");
    Optional<String> secret = secrets.secret(section, "secret_file");
    if (secret.isPresent() && !secret.get().matches("[ -~]{1,64}")) {
      section.reportAt(
          "secret_file",
          "the file behind " + section.named("secret_file") + " holds no CMPP secret",
          "write into it the shared secret that the operator gave, and nothing else");
    }
    String number =
        reading.word("number", "[0-9]{3,21}", null, "the number of the SP, like 10690001");
    String extension = reading.word("extension", "[0-9]{0,18}", "", "digits, or nothing");
    if (number.length() + extension.length() > SOURCE_DIGITS_MAX) {
      section.reportAt(
          "extension",
          "number and extension have more than " + SOURCE_DIGITS_MAX + " digits",
          "shorten the extension");
    }
    int window = section.integer("window", 16, 1, 64);
    int partsMost = section.integer("parts_max", Math.min(4, window), 1, ShortText.PARTS_MAX);
    if (partsMost > window) {
      section.reportAt(
          "parts_max",
          "a message of " + partsMost + " parts never fits into a window of " + window,
          "make parts_max smaller, or window larger if the operator allows it");
    }
    CmppSettings settings =
        new CmppSettings(
            host,
            port,
            version,
            account,
            secret.orElse(""),
            reading.word("msg_src", "[!-~]{1,6}", account, "the SP's code, usually its sp_id"),
            reading.word("service_id", "[!-~]{1,10}", "", "what the operator gave, if anything"),
            number + extension,
            reading.word("fee_type", "0[1-5]", "01", "01 to 05; 01 is free for the phone"),
            reading.word("fee_code", "[0-9]{1,6}", "000000", "up to six digits, in fen"),
            reading.word("signature", "[^\\p{Cntrl}]{1,20}", "", "like 【守望】"),
            reading.choice("letters", Letters.UCS_2, LETTERS),
            partsMost,
            window,
            reading.limit(),
            duration(section, "active_test", 30, 300),
            duration(section, "resend_after", 10, 60),
            section.integer("resends", 3, 0, 10),
            duration(section, "reconnect_within", 30, 300),
            section.flag("verify_gateway", true));
    if (secret.isEmpty() || section.problemCount() > before) {
      return null;
    }
    return surroundings -> new Cmpp(surroundings, settings);
  }

  private static Duration duration(YamlSection section, String key, int standard, int most) {
    return section.duration(
        key, Duration.ofSeconds(standard), Duration.ofSeconds(1), Duration.ofSeconds(most));
  }
}
