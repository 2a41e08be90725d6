package io.shouwang.config;

import io.shouwang.accounts.Store;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.YamlSection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code accounts} of {@code gateway.yaml}: where people's accounts are kept. */
final class AccountsYaml {
  private static final String HOST = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?";
  private static final Pattern URL =
      Pattern.compile("jdbc:postgresql://(" + HOST + "(?:," + HOST + ")*)/[A-Za-z0-9_.-]{1,63}");
  private static final Pattern LOOPBACK =
      Pattern.compile("(?:localhost|127\\.[0-9.]+|\\[::1\\])(?::[0-9]+)?");
  private static final int CONNECTIONS = 4;

  private final Path directory;
  private final ProviderKind.Secrets secrets;

  AccountsYaml(Path directory, ProviderKind.Secrets secrets) {
    this.directory = directory;
    this.secrets = secrets;
  }

  Store read(YamlSection section) {
    Duration kept =
        section.duration(
            "record_kept",
            Store.STANDARD.recordKept(),
            Store.RECORD_KEPT_MIN,
            Duration.ofDays(20 * 366L));
    Store.Postgres postgres = null;
    if (section.has("database")) {
      postgres = postgres(section);
    } else {
      for (String key : new String[] {"user", "password_file", "tls", "authorities"}) {
        if (section.has(key)) {
          section.reportAt(
              key,
              section.named(key) + " belongs to a database, and none is named",
              "write database: jdbc:postgresql://host:5432/name, or remove the line");
        }
        boolean _ = section.word(key).isPresent();
      }
    }
    section.done();
    return new Store(postgres, kept);
  }

  private Store.@Nullable Postgres postgres(YamlSection section) {
    Optional<YamlSection.Placed> url = section.word("database");
    String user = section.word("user").map(YamlSection.Placed::text).orElse("");
    if (user.isEmpty()) {
      section.report(section.named("user") + " is missing", "name the database's user");
    }
    String password =
        section.has("password_file") ? secrets.secret(section, "password_file").orElse("") : "";
    int connections = section.integer("connections", CONNECTIONS, CONNECTIONS, 100);
    boolean isHere = true;
    if (url.isPresent()) {
      var shape = URL.matcher(url.get().text());
      if (!shape.matches()) {
        section.report(
            url.get().mark(),
            section.named("database") + " can't be used",
            "write jdbc:postgresql://host:5432/name; user, password and TLS have keys of their own");
      } else {
        for (String host : shape.group(1).split(",", -1)) {
          isHere &= LOOPBACK.matcher(host).matches();
        }
      }
    }
    Store.Tls tls = tls(section, isHere);
    Path authorities = authorities(section);
    return url.map(
            word -> new Store.Postgres(word.text(), user, password, tls, authorities, connections))
        .orElse(null);
  }

  private static Store.Tls tls(YamlSection section, boolean isHere) {
    Optional<YamlSection.Placed> word = section.word("tls");
    if (word.isEmpty()) {
      return isHere ? Store.Tls.OFF : Store.Tls.VERIFY_FULL;
    }
    for (Store.Tls tls : Store.Tls.values()) {
      if (tls.name().toLowerCase(Locale.ROOT).equals(word.get().text())) {
        if (tls == Store.Tls.OFF && !isHere) {
          section.report(
              word.get().mark(),
              section.named("tls") + " is off, and the database is on another machine",
              "write verify_full: what people may do travels there");
        }
        return tls;
      }
    }
    section.report(
        word.get().mark(),
        section.named("tls") + " is " + Escaped.quoted(word.get().text()),
        "write verify_full, verify_ca, require or off");
    return Store.Tls.VERIFY_FULL;
  }

  private @Nullable Path authorities(YamlSection section) {
    Optional<YamlSection.Placed> word = section.word("authorities");
    if (word.isEmpty()) {
      return null;
    }
    try {
      Path path = directory.resolve(word.get().text());
      if (Files.isReadable(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      // falls through to the one answer for a file that can't be read
    }
    section.report(
        word.get().mark(),
        section.named("authorities") + " names a file that can't be read",
        "put the authorities' certificates there, PEM; a relative path starts at this directory");
    return null;
  }
}
