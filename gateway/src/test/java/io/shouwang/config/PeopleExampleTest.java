package io.shouwang.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.accounts.Store;
import io.shouwang.model.OperatorRole;
import io.shouwang.signon.SignOnSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sections {@code accounts} and {@code sign_on} that {@code config/gateway.yaml} shows in
 * comments are what the gateway reads.
 */
final class PeopleExampleTest {
  private static final Path CONFIG = Path.of("..", "config");

  @TempDir private Path directory;

  @BeforeEach
  void copy() throws IOException {
    for (String file : List.of("gateway.yaml", "ladders.yaml", "rules.yaml", "channels.yaml")) {
      Files.copy(CONFIG.resolve(file), directory.resolve(file));
    }
    Files.createDirectories(directory.resolve("secrets"));
    for (String secret : List.of("secrets/sign-on", "secrets/accounts")) {
      Files.writeString(directory.resolve(secret), "a secret\n");
      Files.setPosixFilePermissions(
          directory.resolve(secret), PosixFilePermissions.fromString("rw-------"));
    }
  }

  /** A section as YAML, from its first line to the blank one, its comments taken off so often. */
  private static String example(String first, int comments) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(CONFIG.resolve("gateway.yaml"))) {
      inside |= line.equals(first);
      if (inside && line.isEmpty()) {
        break;
      }
      if (inside) {
        String bare = line;
        for (int i = 0; i < comments; i++) {
          // What is a sentence stays a comment.
          bare = bare.replaceFirst("^( *)# ?(?=(?:  )*[a-z_\"0-9-]+: ?|(?:  )*# )", "$1");
        }
        lines.add(bare);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private GatewayConfig read() {
    return switch (ConfigReader.read(directory, Map.of())) {
      case ConfigReading.Accepted accepted -> accepted.settings().gateway();
      case ConfigReading.Refused refused -> throw new AssertionError(refused.problems().toString());
    };
  }

  @Test
  void as_it_stands_accounts_are_a_file_and_there_is_no_provider() {
    assertEquals(Store.STANDARD, read().accounts());
    assertNull(read().signOn());
  }

  @Test
  void the_example_of_a_database_is_read() throws IOException {
    String example = example("accounts:", 1).replaceAll("(?m)^ *authorities:.*\n", "");
    Files.writeString(directory.resolve("gateway.yaml"), example);
    Store.Postgres database = Objects.requireNonNull(read().accounts().postgres());
    assertEquals("jdbc:postgresql://db1:5432,db2:5432/shouwang", database.url());
    assertEquals("a secret", database.password());
    assertEquals(Store.Tls.VERIFY_FULL, database.tls());
    assertFalse(database.toString().contains("a secret"));
  }

  @Test
  void the_example_of_a_provider_is_read_and_says_what_holds_without_it() throws IOException {
    String example = example("# sign_on:", 2);
    Files.writeString(directory.resolve("gateway.yaml"), example);
    SignOnSettings written = Objects.requireNonNull(read().signOn());
    assertEquals("https://sso.city.example", written.issuer().toString());
    assertEquals("a secret", written.secret());
    assertFalse(written.toString().contains("a secret"));
    assertTrue(written.accountFirst());
    SignOnSettings.RoleClaim roles = Objects.requireNonNull(written.claims().roles());
    assertEquals(OperatorRole.SUPERVISOR, roles.values().get("dispatch-heads"));
    assertEquals("c-yunjin", Objects.requireNonNull(written.claims().area()).values().get("0512"));
    Files.writeString(
        directory.resolve("gateway.yaml"),
        """
        sign_on:
          issuer: https://sso.city.example
          client_id: shouwang
          client_secret_file: secrets/sign-on
          redirect_uri: https://console.city.example/api/v1/oidc/return
        """);
    SignOnSettings least = Objects.requireNonNull(read().signOn());
    assertEquals(written.title(), least.title());
    assertEquals(written.scopes(), least.scopes());
    assertEquals(Duration.ofMinutes(1), least.skew());
    assertEquals(written.administrators(), least.administrators());
    assertNull(least.claims().roles());
  }
}
