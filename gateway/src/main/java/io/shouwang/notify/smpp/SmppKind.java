package io.shouwang.notify.smpp;

import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.segment.Alphabet;
import io.shouwang.notify.segment.Reading;
import io.shouwang.notify.segment.ShortText;
import io.shouwang.notify.smpp.SmppSettings.LongMessages;
import io.shouwang.yaml.YamlSection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** {@code type: smpp}: an operator's short message centre, by SMPP 3.4. */
public final class SmppKind implements ProviderKind {
  private static final Map<String, LongMessages> LONG =
      Map.of("udh", LongMessages.UDH, "sar", LongMessages.SAR, "payload", LongMessages.PAYLOAD);
  private static final Map<String, MessageIds> IDS =
      Map.of(
          "same", MessageIds.SAME,
          "decimal", MessageIds.DECIMAL_IN_RECEIPT,
          "hex", MessageIds.HEX_IN_RECEIPT);
  private static final Map<String, Optional<Alphabet>> ALPHABETS =
      Map.of("auto", Optional.empty(), "ucs2", Optional.of(Alphabet.UCS_2));

  private final Supplier<SSLSocketFactory> tls;

  public SmppKind() {
    this(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /**
   * @param tls whom to trust
   */
  SmppKind(Supplier<SSLSocketFactory> tls) {
    this.tls = tls;
  }

  @Override
  public String word() {
    return "smpp";
  }

  @Override
  public @Nullable Account read(YamlSection section, Secrets secrets) {
    int before = section.problemCount();
    Reading reading = new Reading(section);
    String host = reading.word("host", "[A-Za-z0-9.:-]{1,253}", null, "the centre's name");
    boolean secure = section.flag("tls", false);
    int port = section.integer("port", secure ? 3550 : 2775, 1, 65_535);
    String systemId =
        reading.word("system_id", "[!-~]{1,15}", null, "what the operator gave: 1 to 15 letters");
    Optional<String> password = secrets.secret(section, "password_file");
    if (password.isPresent() && !password.get().matches("[ -~]{1,8}")) {
      section.reportAt(
          "password_file",
          "the file behind " + section.named("password_file") + " holds no SMPP password",
          "write into it the 1 to 8 letters that the operator gave, and nothing else");
    }
    String source =
        reading.word("source", "\\+?[0-9A-Za-z ]{1,20}", "", "digits, or up to 11 letters");
    boolean isName = source.matches(".*[A-Za-z ].*");
    if (isName && source.length() > 11) {
      section.reportAt("source", section.named("source") + " is too long", "use up to 11 letters");
    }
    SmppSettings settings =
        new SmppSettings(
            host,
            port,
            secure,
            systemId,
            password.orElse(""),
            reading.word("system_type", "[!-~]{1,12}", "", "up to 12 letters"),
            reading.word("service_type", "[!-~]{1,5}", "", "up to 5 letters"),
            source.startsWith("+") ? source.substring(1) : source,
            number(section, "source_ton", isName ? 5 : source.startsWith("+") ? 1 : 0, 6),
            number(section, "source_npi", source.startsWith("+") ? 1 : 0, 18),
            number(section, "destination_ton", 1, 6),
            number(section, "destination_npi", 1, 18),
            reading.choice("alphabet", Optional.<Alphabet>empty(), ALPHABETS).orElse(null),
            reading.word("signature", "[^\\p{Cntrl}]{1,20}", "", "like 【守望】"),
            reading.choice("long_messages", LongMessages.UDH, LONG),
            section.integer("parts_max", 4, 1, ShortText.PARTS_MAX),
            section.integer("window", 10, 1, 100),
            reading.limit(),
            section.duration(
                "enquire_link",
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5)),
            section.duration(
                "reconnect_within",
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5)),
            reading.choice("receipt_ids", MessageIds.SAME, IDS),
            reading.word("country", "[1-9][0-9]{0,2}", "86", "a country's code, like 86"));
    if (password.isEmpty() || section.problemCount() > before) {
      return null;
    }
    return surroundings -> new Smpp(surroundings, settings, secure ? tls.get() : null);
  }

  private static byte number(YamlSection section, String key, int standard, int most) {
    return (byte) section.integer(key, standard, 0, most);
  }
}
