package io.shouwang.sim.wire;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The secrets of identities, read from a CSV file {@code id,secret}. Immutable; never printed. */
public final class Secrets {
  private static final Pattern IDENTITY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final String HEADER = "id,secret";

  private final Path file;
  private final Map<String, String> byId;

  private Secrets(Path file, Map<String, String> byId) {
    this.file = file;
    this.byId = byId;
  }

  /**
   * Reads the whole file.
   *
   * @throws IOException for the first mistake, with file, line and remedy, and no secret in it
   */
  public static Secrets read(Path file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new IOException(
          file
              + " isn't there. The gateway writes it at its first start: start that with"
              + " scripts/run, or name another file with --secrets",
          e);
    } catch (MalformedInputException e) {
      throw new IOException(file + ": not UTF-8; save it as UTF-8 text", e);
    }
    Map<String, String> byId = new LinkedHashMap<>();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (line.isEmpty() || line.startsWith("#") || (number == 1 && line.equals(HEADER))) {
        continue;
      }
      String wrong = add(line, byId);
      if (wrong != null) {
        throw new IOException(file + ":" + number + ": " + wrong);
      }
    }
    return new Secrets(file, Map.copyOf(byId));
  }

  private static @Nullable String add(String line, Map<String, String> byId) {
    int comma = line.indexOf(',');
    if (comma < 0) {
      return "no comma; write id,secret";
    }
    String id = unquoted(line.substring(0, comma));
    String secret = unquoted(line.substring(comma + 1));
    if (!IDENTITY.matcher(id).matches()) {
      return "the id may hold letters, digits, '_' and '-' only, 1 to 64 of them; mend it";
    }
    if (secret.isEmpty()) {
      return "no secret after the comma for " + id + "; write id,secret";
    }
    if (byId.putIfAbsent(id, secret) != null) {
      return id + " is there twice; remove one of its lines";
    }
    return null;
  }

  private static String unquoted(String cell) {
    String bare = cell.strip();
    boolean quoted = bare.length() >= 2 && bare.startsWith("\"") && bare.endsWith("\"");
    return quoted ? bare.substring(1, bare.length() - 1).replace("\"\"", "\"") : bare;
  }

  /** Whether {@code id} has a secret here. */
  public boolean knows(String id) {
    return byId.containsKey(id);
  }

  /**
   * The login of {@code id}.
   *
   * @throws IOException naming the file and the remedy, if it has no secret here
   */
  public Login login(String id) throws IOException {
    String secret = byId.get(id);
    if (secret == null) {
      throw new IOException(
          file
              + ": no secret for "
              + id
              + "; add a line id,secret, or set the environment variable SHOUWANG_SECRET");
    }
    return Login.of(id, secret);
  }

  @Override
  public String toString() {
    return byId.size() + " secrets of " + file;
  }
}
