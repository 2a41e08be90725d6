package io.shouwang.notify.mail;

import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Quota;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.YamlSection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** {@code type: smtp}: e-mail through a mail server. */
public final class SmtpKind implements ProviderKind {
  private static final int TLS_PORT = 465;
  private static final int SUBMISSION_PORT = 587;
  private static final int PORT_MAX = 65_535;
  private static final int HOURLY_MAX = 100_000;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final List<String> LOCAL = List.of("127.0.0.1", "localhost", "::1");

  @Override
  public String word() {
    return "smtp";
  }

  @Override
  public @Nullable Account read(YamlSection section, Secrets secrets) {
    return read(section, secrets, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /**
   * Reads it.
   *
   * @param tls whom it trusts
   */
  @Nullable Account read(YamlSection section, Secrets secrets, SSLSocketFactory tls) {
    int before = section.problemCount();
    String host = host(section);
    int port = section.integer("port", 0, 0, PORT_MAX);
    boolean plain = section.flag("allow_plain", false) || LOCAL.contains(host);
    MailServer.Security security = security(section, port, plain);
    Optional<MailAddress> from = address(section, "from");
    if (!section.has("from")) {
      section.report(
          section.named("from") + " is missing", "write who sends, like alarm@help.example.org");
    }
    Optional<MailAddress> replyTo = address(section, "reply_to");
    Optional<MailAddress> to = address(section, "to");
    String user = section.word("user").map(YamlSection.Placed::text).orElse("");
    String password =
        user.isEmpty() && !section.has("password_file")
            ? ""
            : secrets.secret(section, "password_file").orElse("");
    if (user.isEmpty() && !password.isEmpty()) {
      section.reportAt(
          "password_file", section.named("user") + " is missing", "write whose password it is");
    }
    if (hasControl(user) || hasControl(password)) {
      section.report(
          "user or password has a line break or another control character", "take it out");
    }
    int hourly = section.integer("per_hour", 1_000, 1, HOURLY_MAX);
    if (section.problemCount() > before || from.isEmpty()) {
      return null;
    }
    MailServer server =
        new MailServer(
            host,
            port > 0 ? port : security == MailServer.Security.TLS ? TLS_PORT : SUBMISSION_PORT,
            security,
            user,
            password,
            from.get().domain());
    List<Quota> quotas = List.of(new Quota(hourly, HOUR, false));
    return surroundings ->
        new Smtp(
            surroundings, server, from.get(), replyTo.orElse(null), to.orElse(null), quotas, tls);
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static String host(YamlSection section) {
    Optional<YamlSection.Placed> word = section.word("host");
    String host = word.map(YamlSection.Placed::text).orElse("");
    if (!host.matches("[A-Za-z0-9]([A-Za-z0-9.:-]{0,252})|::1")) {
      section.report(
          word.map(YamlSection.Placed::mark).orElse(null),
          section.named("host") + " is " + Escaped.quoted(host),
          "write the mail server's name, like smtp.example.org; the port has a key of its own");
    }
    return host;
  }

  private static MailServer.Security security(YamlSection section, int port, boolean plain) {
    Optional<YamlSection.Placed> word = section.word("security");
    if (word.isEmpty()) {
      return port == TLS_PORT || port == 0 ? MailServer.Security.TLS : MailServer.Security.STARTTLS;
    }
    String said = word.get().text().toLowerCase(Locale.ROOT);
    Optional<MailServer.Security> known =
        Arrays.stream(MailServer.Security.values()).filter(s -> s.word().equals(said)).findFirst();
    if (known.isEmpty()) {
      section.report(
          word.get().mark(),
          section.named("security") + " is " + Escaped.quoted(word.get().text()),
          "write tls (port 465), starttls (port 587 or 25), or plain on this machine");
    } else if (known.get() == MailServer.Security.PLAIN && !plain) {
      section.report(
          word.get().mark(),
          "plain mail would show names and doors to the network",
          "use tls or starttls, or say allow_plain: true if the network is yours alone");
    }
    return known.orElse(MailServer.Security.TLS);
  }

  private static Optional<MailAddress> address(YamlSection section, String key) {
    Optional<YamlSection.Placed> word = section.word(key);
    Optional<MailAddress> address = word.map(YamlSection.Placed::text).flatMap(MailAddress::parse);
    if (word.isPresent() && address.isEmpty()) {
      section.report(
          word.get().mark(),
          section.named(key) + " is " + Escaped.quoted(word.get().text()),
          "write one address like alarm@help.example.org");
    }
    return address;
  }
}
