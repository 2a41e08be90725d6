package io.shouwang.notify.chat;

import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.YamlSection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A service's base address: {@code url:} with the real one as its default. */
public record ServiceAddress(URI base) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Reads {@code url} and {@code allow_plain}; null after a mistake. */
  public static @Nullable ServiceAddress read(YamlSection section, String standard) {
    boolean plainAllowed = section.flag("allow_plain", false);
    Optional<YamlSection.Placed> word = section.word("url");
    String text = word.map(YamlSection.Placed::text).orElse(standard);
    String wrong = mistake(text, plainAllowed);
    if (wrong != null) {
      section.reportAt(
          "url",
          section.named("url") + " is " + Escaped.quoted(text) + ", " + wrong,
          "write the service's address like " + standard);
      return null;
    }
    return new ServiceAddress(URI.create(text.endsWith("/") ? cut(text) : text));
  }

  private static String cut(String text) {
    return text.substring(0, text.length() - 1);
  }

  private static @Nullable String mistake(String text, boolean plainAllowed) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException notOne) {
      return "which is no address";
    }
    String host = uri.getHost();
    if (host == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      return "which has no host, or more than host, port and path";
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (scheme.equals("https")) {
      return null;
    }
    if (!scheme.equals("http")) {
      return "which is neither https nor http";
    }
    return plainAllowed || LOOPBACK.contains(host)
        ? null
        : "which would send secrets in the clear (allow_plain: true if that is meant)";
  }

  /** The address of a path below it, with parameters as name, value, name, value… */
  public URI at(String path, String... parameters) {
    StringBuilder text = new StringBuilder(base.toString()).append(path);
    for (int i = 0; i < parameters.length; i += 2) {
      text.append(i == 0 ? '?' : '&')
          .append(parameters[i])
          .append('=')
          .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return URI.create(text.toString());
  }
}
