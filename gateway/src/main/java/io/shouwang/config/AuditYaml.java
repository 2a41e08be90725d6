package io.shouwang.config;

import io.shouwang.config.AuditConfig.Beat;
import io.shouwang.config.AuditConfig.Line;
import io.shouwang.config.AuditConfig.Synthetic;
import io.shouwang.notify.ChannelPlan;
import io.shouwang.notify.ChannelPlans;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.webhook.WebhookSignature;
import io.shouwang.yaml.ConfigProblem;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.Resemblance;
import io.shouwang.yaml.YamlSection;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the sections of {@code gateway.yaml} by which the gateway says that it is unwell. */
final class AuditYaml {
  private static final int SITE_LENGTH_MAX = 64;
  private static final int LINES_MAX = 10;
  private static final int PORT_MAX = 65_535;

  private final ProviderKind.Secrets secrets;

  AuditYaml(ProviderKind.Secrets secrets) {
    this.secrets = secrets;
  }

  AuditConfig read(YamlSection root) {
    AuditConfig standard = AuditConfig.STANDARD;
    YamlSection section = root.section("audit");
    String site = section.word("site").map(YamlSection.Placed::text).orElse(standard.site());
    if (site.length() > SITE_LENGTH_MAX || site.chars().anyMatch(Character::isISOControl)) {
      section.reportAt(
          "site", section.named("site") + " is no short name", "write at most 64 characters");
    }
    List<Line> lines = new ArrayList<>();
    for (YamlSection each : bounded(section, "alarms")) {
      lines.add(line(each));
    }
    YamlSection syntheticSection = section.section("synthetic");
    Synthetic synthetic =
        new Synthetic(
            syntheticSection.flag("enabled", standard.synthetic().enabled()),
            syntheticSection.duration(
                "every", standard.synthetic().every(), Duration.ofSeconds(1), Duration.ofHours(1)));
    syntheticSection.done();
    section.done();
    List<Beat> beats = new ArrayList<>();
    for (YamlSection each : bounded(root, "heartbeat")) {
      beat(each).ifPresent(beats::add);
    }
    return new AuditConfig(site, lines, synthetic, beats);
  }

  private static List<YamlSection> bounded(YamlSection section, String key) {
    List<YamlSection> all = section.sections(key);
    if (all.size() > LINES_MAX) {
      section.reportAt(
          key, section.named(key) + " has more than " + LINES_MAX + " entries", "remove some");
    }
    return all;
  }

  private static Line line(YamlSection section) {
    Optional<YamlSection.Placed> channel = section.word("channel");
    if (channel.isEmpty()) {
      section.report("an alarm of the audit has no channel", "name a channel of channels.yaml");
    }
    String language = section.word("language").map(YamlSection.Placed::text).orElse("zh");
    if (!language.equals("zh") && !language.equals("en")) {
      section.reportAt(
          "language", section.named("language") + " is neither zh nor en", "write zh or en");
    }
    Line line =
        new Line(
            channel.map(YamlSection.Placed::text).orElse(""),
            section.word("to").map(YamlSection.Placed::text).orElse(""),
            language,
            channel.map(word -> word.mark().getLine() + 1).orElse(0));
    section.done();
    return line;
  }

  private Optional<Beat> beat(YamlSection section) {
    URI url = url(section);
    String method = section.word("method").map(YamlSection.Placed::text).orElse("post");
    if (!method.equals("post") && !method.equals("get")) {
      section.reportAt(
          "method", section.named("method") + " is " + Escaped.quoted(method), "write post or get");
    }
    Duration every =
        section.duration(
            "every", Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofHours(1));
    WebhookSignature signature = null;
    if (section.has("secret_file")) {
      Optional<String> text = secrets.secret(section, "secret_file");
      signature = text.flatMap(WebhookSignature::of).orElse(null);
      if (text.isPresent() && signature == null) {
        section.reportAt(
            "secret_file",
            section.named("secret_file") + " names a file without a usable secret",
            "write lines like whsec_ and the base64 of 24 to 64 random bytes");
      }
    }
    section.done();
    return url == null
        ? Optional.empty()
        : Optional.of(new Beat(url, method.equals("post"), every, signature));
  }

  /** Never shown again in a problem beyond its place: its path may be a secret. */
  private static @Nullable URI url(YamlSection section) {
    Optional<YamlSection.Placed> word = section.word("url");
    if (word.isEmpty()) {
      section.report("a heartbeat has no url", "write where it goes, like https://…");
      return null;
    }
    try {
      URI uri = URI.create(word.get().text());
      boolean named =
          uri.getHost() != null && uri.getUserInfo() == null && uri.getPort() <= PORT_MAX;
      if (named && ("https".equals(uri.getScheme()) || isLoopback(uri))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one answer for every wrong address
    }
    section.report(
        word.get().mark(),
        section.named("url") + " can't be used",
        "write an https address without a password; http goes to this machine alone");
    return null;
  }

  private static boolean isLoopback(URI uri) {
    try {
      return "http".equals(uri.getScheme())
          && InetAddress.ofLiteral(uri.getHost().replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Each alarm's channel must be one of {@code channels.yaml}. */
  static void check(AuditConfig audit, ChannelPlans channels, List<ConfigProblem> problems) {
    List<String> names = channels.channels().stream().map(ChannelPlan::name).toList();
    for (Line line : audit.alarms()) {
      if (!line.channel().isEmpty() && !names.contains(line.channel())) {
        problems.add(
            new ConfigProblem(
                GatewayYaml.FILE,
                line.line(),
                1,
                "audit.alarms names channel "
                    + Escaped.quoted(line.channel())
                    + ", which channels.yaml doesn't have",
                Resemblance.hint(line.channel(), names)));
      }
    }
  }
}
