package io.shouwang.config;

import io.shouwang.model.Identity;
import io.shouwang.model.OperatorRole;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.signon.SignOnSettings;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.Resemblance;
import io.shouwang.yaml.YamlSection;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code sign_on} of {@code gateway.yaml}: a city's single sign-on (OpenID Connect). */
final class SignOnYaml {
  private static final String RETURN = "/api/v1/oidc/return";
  private static final String OPENID = "openid";
  private static final int WORD_LENGTH_MAX = 200;
  private static final int VALUES_MAX = 1_000;

  private final ProviderKind.Secrets secrets;

  SignOnYaml(ProviderKind.Secrets secrets) {
    this.secrets = secrets;
  }

  @Nullable SignOnSettings read(YamlSection section) {
    if (!section.isPresent()) {
      section.done();
      return null;
    }
    URI issuer = address(section, "issuer", "");
    String client = text(section, "client_id", "");
    if (client.isEmpty()) {
      section.report(
          section.named("client_id") + " is missing", "write what the provider calls this gateway");
    }
    String secret = secrets.secret(section, "client_secret_file").orElse("");
    boolean secretInBody = section.flag("client_secret_in_body", false);
    URI returnTo = address(section, "redirect_uri", RETURN);
    SignOnSettings.Title title =
        new SignOnSettings.Title(
            text(section, "title", "统一身份认证"), text(section, "title_en", "Single sign-on"));
    List<String> scopes = new ArrayList<>(texts(section, "scopes", List.of(OPENID, "profile")));
    if (!scopes.contains(OPENID)) {
      scopes.addFirst(OPENID);
    }
    boolean accountFirst = section.flag("account_first", true);
    boolean administrators = section.flag("administrators", false);
    Duration skew =
        section.duration("skew", Duration.ofSeconds(60), Duration.ZERO, Duration.ofMinutes(5));
    Set<String> methods = new LinkedHashSet<>(texts(section, "methods", List.of()));
    SignOnSettings.Claims claims = claims(section.section("claims"));
    if (!accountFirst && (claims.roles() == null || claims.area() == null)) {
      section.reportAt(
          "account_first",
          section.named("account_first") + " is false, and claims don't say roles and area",
          "add claims.roles and claims.area, or have accounts made here first");
    }
    section.done();
    return issuer == null || returnTo == null
        ? null
        : new SignOnSettings(
            issuer,
            client,
            secret,
            secretInBody,
            returnTo,
            title,
            scopes,
            claims,
            accountFirst,
            administrators,
            skew,
            methods);
  }

  private static String text(YamlSection section, String key, String standard) {
    Optional<YamlSection.Placed> word = section.word(key);
    if (word.isEmpty()) {
      return standard;
    }
    String text = word.get().text().strip();
    if (text.isEmpty()
        || text.length() > WORD_LENGTH_MAX
        || text.chars().anyMatch(Character::isISOControl)) {
      section.report(
          word.get().mark(),
          section.named(key) + " can't be used",
          "write 1 to " + WORD_LENGTH_MAX + " characters");
      return standard;
    }
    return text;
  }

  private static List<String> texts(YamlSection section, String key, List<String> standard) {
    return section.has(key)
        ? section.words(key).stream().map(YamlSection.Placed::text).toList()
        : standard;
  }

  /**
   * An address by https, or http on this machine.
   *
   * @param path what it must end with
   */
  private static @Nullable URI address(YamlSection section, String key, String path) {
    Optional<YamlSection.Placed> word = section.word(key);
    if (word.isEmpty()) {
      section.report(section.named(key) + " is missing", "write an address like https://…" + path);
      return null;
    }
    try {
      URI uri = URI.create(word.get().text());
      boolean isPlain =
          uri.getHost() != null
              && uri.getUserInfo() == null
              && uri.getQuery() == null
              && uri.getFragment() == null
              && ("https".equals(uri.getScheme()) || isLoopback(uri));
      if (isPlain && String.valueOf(uri.getPath()).endsWith(path)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one answer for every wrong address
    }
    section.report(
        word.get().mark(),
        section.named(key) + " can't be used",
        "write it exactly as the provider has it, like https://…"
            + path
            + "; http goes to this machine alone");
    return null;
  }

  private static boolean isLoopback(URI uri) {
    try {
      return "http".equals(uri.getScheme())
          && (uri.getHost().equals("localhost")
              || InetAddress.ofLiteral(uri.getHost().replaceAll("[\\[\\]]", ""))
                  .isLoopbackAddress());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static SignOnSettings.Claims claims(YamlSection section) {
    SignOnSettings.Claims claims =
        new SignOnSettings.Claims(
            text(section, "person", "preferred_username"),
            text(section, "name", "name"),
            roles(section.section("roles")),
            area(section.section("area")));
    section.done();
    return claims;
  }

  private static SignOnSettings.@Nullable RoleClaim roles(YamlSection section) {
    if (!section.isPresent()) {
      section.done();
      return null;
    }
    YamlSection values = section.section("values");
    List<String> words =
        Arrays.stream(OperatorRole.values())
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .toList();
    Map<String, OperatorRole> roles = new HashMap<>();
    for (Map.Entry<String, YamlSection.Placed> value : values(values).entrySet()) {
      String role = value.getValue().text();
      if (words.contains(role)) {
        roles.put(value.getKey(), OperatorRole.valueOf(role.toUpperCase(Locale.ROOT)));
      } else {
        values.report(
            value.getValue().mark(),
            Escaped.quoted(role) + " is no role",
            Resemblance.hint(role, words));
      }
    }
    if (roles.isEmpty()) {
      section.report(
          "claims.roles has no values", "write values: and a line for each, like head: supervisor");
    }
    SignOnSettings.RoleClaim claim =
        new SignOnSettings.RoleClaim(text(section, "claim", "groups"), roles);
    section.done();
    return claim;
  }

  private static SignOnSettings.@Nullable AreaClaim area(YamlSection section) {
    if (!section.isPresent()) {
      section.done();
      return null;
    }
    YamlSection values = section.section("values");
    Map<String, String> areas = new HashMap<>();
    for (Map.Entry<String, YamlSection.Placed> value : values(values).entrySet()) {
      areas.put(value.getKey(), value.getValue().text());
      if (!Identity.isValid(value.getValue().text())) {
        values.report(
            value.getValue().mark(),
            Escaped.quoted(value.getValue().text()) + " is no area's id",
            "write an id of areas.csv");
      }
    }
    SignOnSettings.AreaClaim claim =
        new SignOnSettings.AreaClaim(text(section, "claim", "area"), areas);
    section.done();
    return claim;
  }

  private static Map<String, YamlSection.Placed> values(YamlSection section) {
    Map<String, YamlSection.Placed> values = new HashMap<>();
    for (String key : section.keys()) {
      section.word(key).ifPresent(word -> values.put(key, word));
    }
    if (values.size() > VALUES_MAX) {
      section.report("there are more than " + VALUES_MAX + " values", "remove some");
    }
    section.done();
    return values;
  }
}
