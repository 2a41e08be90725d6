package io.shouwang.config;

import io.shouwang.levels.LevelSettings;
import io.shouwang.levels.LevelSettings.CapPost;
import io.shouwang.levels.LevelSettings.CapWords;
import io.shouwang.levels.LevelSettings.City;
import io.shouwang.levels.LevelSettings.County;
import io.shouwang.levels.LevelSettings.Persons;
import io.shouwang.model.AreaId;
import io.shouwang.model.Identity;
import io.shouwang.model.ResponderId;
import io.shouwang.notify.webhook.WebhookSignature;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.YamlSection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code levels.yaml}: the city above this gateway, the counties below, CAP for others. */
final class LevelsYaml {
  static final String FILE = "levels.yaml";
  private static final int COUNTIES_MAX = 200;
  private static final int POSTS_MAX = 10;
  private static final int ADDRESSES_MAX = 50;
  private static final int PORT_MAX = 65_535;
  private static final String NONE = "none";

  private final Path directory;
  private final Set<String> names = new HashSet<>();
  private final Set<String> areas = new HashSet<>();

  /**
   * @param directory what relative paths of secrets begin at
   */
  LevelsYaml(Path directory) {
    this.directory = directory;
  }

  LevelSettings read(YamlSection root) {
    boolean isAlone = !root.has("city") && !root.has("counties");
    ResponderId self =
        root.has("id") || !isAlone ? identity(root, "id") : LevelSettings.NONE.self();
    names.add(self.value());
    City city = root.has("city") ? city(root.section("city")) : null;
    List<County> counties = new ArrayList<>();
    List<YamlSection> entries = root.sections("counties");
    if (entries.size() > COUNTIES_MAX) {
      root.reportAt("counties", "there are more than " + COUNTIES_MAX + " counties", "remove some");
    }
    for (YamlSection entry : entries) {
      county(entry).ifPresent(counties::add);
    }
    Duration silentAfter =
        root.duration(
            "silent_after",
            LevelSettings.NONE.silentAfter(),
            Duration.ofSeconds(2),
            Duration.ofHours(1));
    YamlSection capSection = root.section("cap");
    CapWords words = capWords(capSection);
    List<CapPost> posts = new ArrayList<>();
    List<YamlSection> targets = capSection.sections("posts");
    if (targets.size() > POSTS_MAX) {
      capSection.reportAt("posts", "there are more than " + POSTS_MAX + " posts", "remove some");
    }
    for (YamlSection target : targets) {
      URI url = url(target, true);
      String token = target.has("token_file") ? secret(target, "token_file").orElse(null) : null;
      target.done();
      if (url != null) {
        posts.add(new CapPost(url, token));
      }
    }
    capSection.done();
    root.done();
    return new LevelSettings(self, city, counties, silentAfter, words, posts);
  }

  private @Nullable City city(YamlSection section) {
    ResponderId id = name(section);
    URI url = url(section, false);
    Optional<WebhookSignature> signature = signature(section);
    Duration every =
        section.duration(
            "every", Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(10));
    Duration heldFor =
        section.duration(
            "held_for", Duration.ofMinutes(15), Duration.ofSeconds(10), Duration.ofHours(2));
    boolean minor = section.flag("minor", false);
    Persons persons = persons(section);
    section.done();
    return url == null || signature.isEmpty()
        ? null
        : new City(id, url, signature.get(), every, heldFor, minor, persons);
  }

  private static Persons persons(YamlSection section) {
    String word = section.word("persons").map(YamlSection.Placed::text).orElse("called");
    if (!word.equals("called") && !word.equals("always")) {
      section.reportAt(
          "persons",
          section.named("persons") + " is " + Escaped.quoted(word),
          "write called (once the city is asked or has taken over) or always");
    }
    return word.equals("always") ? Persons.ALWAYS : Persons.CALLED;
  }

  private Optional<County> county(YamlSection section) {
    ResponderId id = name(section);
    ResponderId area = identity(section, "area");
    URI url = url(section, false);
    Optional<WebhookSignature> signature = signature(section);
    if (!area.value().equals(NONE) && !areas.add(area.value())) {
      section.reportAt(
          "area",
          section.named("area") + " is that of another county",
          "name each county's own area, by this gateway's areas.csv");
    }
    section.done();
    return url == null || signature.isEmpty()
        ? Optional.empty()
        : Optional.of(new County(id, new AreaId(area.value()), url, signature.get()));
  }

  /** A peer's id, which no other has. */
  private ResponderId name(YamlSection section) {
    ResponderId id = identity(section, "id");
    if (!id.value().equals(NONE) && !names.add(id.value())) {
      section.reportAt(
          "id",
          section.named("id") + " " + Escaped.quoted(id.value()) + " is taken",
          "give each gateway an id of its own; both sides must call it the same");
    }
    return id;
  }

  private static ResponderId identity(YamlSection section, String key) {
    String word = section.word(key).map(YamlSection.Placed::text).orElse("");
    if (Identity.isValid(word)) {
      return new ResponderId(word);
    }
    String what = section.named(key) + (word.isEmpty() ? " is missing" : " is no valid id");
    String remedy = "write 1 to 64 of A-Z a-z 0-9 _ -";
    if (word.isEmpty()) {
      section.report(what, remedy);
    } else {
      section.reportAt(key, what, remedy);
    }
    return new ResponderId(NONE);
  }

  private static @Nullable URI url(YamlSection section, boolean withPath) {
    Optional<YamlSection.Placed> word = section.word("url");
    if (word.isEmpty()) {
      section.report(
          section.named("url") + " is missing", "write an address like https://city.example.org");
      return null;
    }
    try {
      URI uri = URI.create(word.get().text());
      String path = uri.getRawPath() == null ? "" : uri.getRawPath();
      boolean isLocal =
          "http".equals(uri.getScheme())
              && ("127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost()));
      boolean isFit = withPath || path.isEmpty() || path.equals("/");
      boolean isPlain = uri.getRawUserInfo() == null && uri.getRawFragment() == null;
      if (uri.getHost() != null
          && uri.getPort() <= PORT_MAX
          && isFit
          && isPlain
          && ("https".equals(uri.getScheme()) || isLocal)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one answer for every wrong address
    }
    section.report(
        word.get().mark(),
        section.named("url") + " is " + Escaped.quoted(word.get().text()),
        "write an https address"
            + (withPath ? "" : " without a path, like https://city.example.org")
            + "; plain http only to this machine");
    return null;
  }

  private Optional<WebhookSignature> signature(YamlSection section) {
    Optional<String> secrets = secret(section, "secret_file");
    Optional<WebhookSignature> signature = secrets.flatMap(WebhookSignature::of);
    if (secrets.isPresent() && signature.isEmpty()) {
      section.reportAt(
          "secret_file",
          section.named("secret_file") + " names a file without a secret",
          "put whsec_ and the base64 of 24 to 64 random bytes into it, the same at both gateways:"
              + " echo whsec_$(openssl rand -base64 32); two lines while one takes the other's"
              + " place");
    }
    return signature;
  }

  private Optional<String> secret(YamlSection section, String key) {
    return new ChannelsYaml(directory, List.of()).secret(section, key);
  }

  private static CapWords capWords(YamlSection section) {
    CapWords standard = CapWords.STANDARD;
    String sender = section.word("sender").map(YamlSection.Placed::text).orElse(standard.sender());
    if (!isWord(sender)) {
      section.reportAt(
          "sender",
          section.named("sender") + " is " + Escaped.quoted(sender),
          "write a name like shouwang@county.example.org, without spaces, commas, < and &");
    }
    List<YamlSection.Placed> said = section.words("addresses");
    List<String> addresses =
        said.isEmpty()
            ? standard.addresses()
            : said.stream().map(YamlSection.Placed::text).toList();
    if (addresses.size() > ADDRESSES_MAX || !addresses.stream().allMatch(LevelsYaml::isWord)) {
      section.reportAt(
          "addresses",
          section.named("addresses") + " has one with spaces, or more than " + ADDRESSES_MAX,
          "name to whom CAP messages are private, like [duty-desk@city.example.org]");
    }
    return new CapWords(sender, addresses);
  }

  private static boolean isWord(String text) {
    return !text.isEmpty()
        && text.length() <= 200
        && text.chars().noneMatch(c -> c <= ' ' || c == ',' || c == '<' || c == '&' || c == 0x7f);
  }
}
