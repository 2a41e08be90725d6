package io.shouwang.sim.load;

import io.shouwang.sim.wire.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The devices of a registry, with the home of each: {@code devices.csv}, columns id and home. */
public final class DeviceList {
  private DeviceList() {}

  /** A device and where it hangs. */
  public record Listed(String id, String home) {}

  /**
   * Reads the devices that have a home and a secret.
   *
   * @throws IOException with file, line and remedy
   */
  public static List<Listed> read(Path registry, Secrets secrets) throws IOException {
    Path file = registry.resolve("devices.csv");
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " isn't there; name the registry's folder by --registry", e);
    }
    int header = 0;
    while (header < lines.size() && skipped(lines.get(header))) {
      header++;
    }
    List<String> columns =
        header < lines.size() ? cells(lines.get(header).replace("\uFEFF", "")) : List.of();
    int id = columns.indexOf("id");
    int home = columns.indexOf("home");
    if (id < 0 || home < 0) {
      throw new IOException(
          file + ":" + (header + 1) + ": needs the columns id and home, has " + columns);
    }
    List<Listed> listed = new ArrayList<>();
    for (int number = header + 1; number < lines.size(); number++) {
      if (skipped(lines.get(number))) {
        continue;
      }
      List<String> cells = cells(lines.get(number));
      if (cells.size() <= Math.max(id, home)) {
        throw new IOException(
            file + ":" + (number + 1) + ": has " + cells.size() + " cells; add the missing ones");
      }
      if (!cells.get(home).isEmpty() && secrets.knows(cells.get(id))) {
        listed.add(new Listed(cells.get(id), cells.get(home)));
      }
    }
    return List.copyOf(listed);
  }

  private static boolean skipped(String line) {
    return line.isBlank() || line.startsWith("#");
  }

  /** Splits at commas outside double quotes (RFC 4180, one line per record). */
  private static List<String> cells(String line) {
    return Arrays.stream(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
        .map(cell -> cell.strip().replaceAll("^\"|\"$", "").replace("\"\"", "\""))
        .toList();
  }
}
