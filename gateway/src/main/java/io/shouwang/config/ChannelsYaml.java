package io.shouwang.config;

import io.shouwang.model.Directory.Way;
import io.shouwang.model.Identity;
import io.shouwang.notify.ChannelPlan;
import io.shouwang.notify.ChannelPlans;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.Resemblance;
import io.shouwang.yaml.YamlSection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code channels.yaml}: by which ways people are reached beside MQTT. */
final class ChannelsYaml {
  static final String FILE = "channels.yaml";
  private static final int CHANNELS_MAX = 50;
  private static final int PROVIDERS_MAX = 10;
  private static final int SECRET_BYTES_MAX = 16 * 1024;

  private final Path directory;
  private final List<ProviderKind> kinds;
  private final Set<String> names = new HashSet<>();

  /**
   * @param directory what relative paths of secrets begin at
   * @param kinds that may be named
   */
  ChannelsYaml(Path directory, List<ProviderKind> kinds) {
    this.directory = directory;
    this.kinds = kinds;
  }

  ChannelPlans read(YamlSection root) {
    URI publicUrl = publicUrl(root);
    YamlSection section = root.section("channels");
    List<ChannelPlan> plans = new ArrayList<>();
    if (section.keys().size() > CHANNELS_MAX) {
      section.report("there are more than " + CHANNELS_MAX + " channels", "remove some");
    }
    for (String name : section.keys()) {
      YamlSection one = section.section(name);
      if (!Identity.isValid(name) || name.equals(Way.MQTT.channel())) {
        one.report(
            "channel " + Escaped.quoted(name) + " has no valid name",
            "use 1 to 64 of A-Z a-z 0-9 _ -, and another than mqtt");
      }
      channel(name, one).ifPresent(plans::add);
    }
    root.done();
    return new ChannelPlans(publicUrl, plans);
  }

  private static @Nullable URI publicUrl(YamlSection root) {
    Optional<YamlSection.Placed> word = root.word("public_url");
    if (word.isEmpty()) {
      return null;
    }
    try {
      URI uri = URI.create(word.get().text());
      boolean local = "http".equals(uri.getScheme()) && "127.0.0.1".equals(uri.getHost());
      // A link is /r/ and a token below the host: a path of its own would be lost in each message.
      boolean bare =
          uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
      if (bare && ("https".equals(uri.getScheme()) || local)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one answer for every wrong address
    }
    root.report(
        word.get().mark(),
        "public_url is " + Escaped.quoted(word.get().text()),
        "write where phones reach this gateway, without a path, like https://help.example.org");
    return null;
  }

  private Optional<ChannelPlan> channel(String name, YamlSection section) {
    Duration reportWithin =
        section.duration(
            "report_within", Duration.ZERO, Duration.ofSeconds(5), Duration.ofHours(1));
    int followUps = section.integer("follow_ups_per_hour", 20, 1, 1_000);
    int share = section.integer("exercise_share_pct", 50, 1, 100);
    List<ChannelPlan.ProviderPlan> providers = new ArrayList<>();
    List<YamlSection> entries = section.sections("providers");
    if (entries.isEmpty() || entries.size() > PROVIDERS_MAX) {
      section.report(
          "channel " + Escaped.quoted(name) + " has no providers, or more than " + PROVIDERS_MAX,
          "add providers, each with type and its settings");
    }
    for (YamlSection entry : entries) {
      provider(name, entry, entries.size()).ifPresent(providers::add);
    }
    section.done();
    return providers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ChannelPlan(
                name,
                providers,
                reportWithin.isZero() ? null : reportWithin,
                followUps,
                share / 100.0));
  }

  private Optional<ChannelPlan.ProviderPlan> provider(
      String channel, YamlSection section, int siblings) {
    String type = section.word("type").map(YamlSection.Placed::text).orElse("");
    String name =
        section
            .word("name")
            .map(YamlSection.Placed::text)
            .orElse(siblings == 1 ? channel : type.replace('_', '-'));
    if (!Identity.isValid(name) || !names.add(name)) {
      section.report(
          "the provider's name " + Escaped.quoted(name) + " is taken or none",
          "give it a name: of its own");
    }
    Duration limit =
        section.duration(
            "timeout", Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(30));
    InetSocketAddress proxy = proxy(section);
    List<String> words = kinds.stream().map(ProviderKind::word).toList();
    Optional<ProviderKind> kind =
        kinds.stream().filter(known -> known.word().equals(type)).findFirst();
    if (kind.isEmpty()) {
      section.reportAt(
          "type",
          "type is " + Escaped.quoted(type) + ", which is no provider",
          Resemblance.hint(type, words));
      return Optional.empty();
    }
    if (proxy != null && !kind.get().takesProxy()) {
      section.reportAt(
          "proxy",
          "proxy has no effect with type " + type,
          "remove it, and let this machine reach the address by itself");
    }
    ProviderKind.Account account = kind.get().read(section, this::secret);
    section.done();
    return account == null
        ? Optional.empty()
        : Optional.of(new ChannelPlan.ProviderPlan(name, account, limit, proxy));
  }

  private static @Nullable InetSocketAddress proxy(YamlSection section) {
    Optional<YamlSection.Placed> word = section.word("proxy");
    if (word.isEmpty()) {
      return null;
    }
    int colon = word.get().text().lastIndexOf(':');
    try {
      if (colon > 0) {
        int port = Integer.parseInt(word.get().text().substring(colon + 1));
        return InetSocketAddress.createUnresolved(word.get().text().substring(0, colon), port);
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one answer for every wrong proxy
    }
    section.report(
        word.get().mark(),
        "proxy is " + Escaped.quoted(word.get().text()),
        "write it like 10.1.2.3:3128");
    return null;
  }

  Optional<String> secret(YamlSection section, String key) {
    Optional<YamlSection.Placed> word = section.word(key);
    if (word.isEmpty()) {
      if (!section.has(key)) {
        section.report(
            section.named(key) + " is missing", "name a file that holds it, readable by you alone");
      }
      return Optional.empty();
    }
    try {
      Path path = directory.resolve(word.get().text());
      if (Files.getFileStore(path).supportsFileAttributeView("posix")
          && Files.getPosixFilePermissions(path).stream().anyMatch(ChannelsYaml::isOfOthers)) {
        section.report(
            word.get().mark(),
            section.named(key)
                + " names "
                + Escaped.quoted(word.get().text())
                + ", which others"
                + " may read",
            "run: chmod 600 " + word.get().text());
        return Optional.empty();
      }
      String text = Files.size(path) > SECRET_BYTES_MAX ? "" : Files.readString(path).strip();
      if (!text.isEmpty()) {
        return Optional.of(text);
      }
    } catch (IOException | InvalidPathException e) {
      // falls through to the one answer for a file that holds no secret
    }
    section.report(
        word.get().mark(),
        section.named(key)
            + " names "
            + Escaped.quoted(word.get().text())
            + ", which is missing, empty or no text",
        "put the secret into that file; a relative path starts at this directory");
    return Optional.empty();
  }

  private static boolean isOfOthers(PosixFilePermission permission) {
    return switch (permission) {
      case OWNER_READ, OWNER_WRITE, OWNER_EXECUTE -> false;
      case GROUP_READ, GROUP_WRITE, GROUP_EXECUTE, OTHERS_READ, OTHERS_WRITE, OTHERS_EXECUTE ->
          true;
    };
  }
}
