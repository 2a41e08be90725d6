package io.shouwang.registry;

import io.shouwang.model.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and checks a registry's CSV files as a whole. One thread. */
public final class RegistryReader {
  private final Draft draft = new Draft();
  private final RowProblems problems = new RowProblems();
  private final Map<String, Boolean> whole = new HashMap<>();

  private RegistryReader() {}

  /**
   * Reads a registry: all of it, or nothing and every problem.
   *
   * @param knownRoles the roles that a contact may have; null leaves this unchecked, for a
   *     generation that was checked when it was imported
   * @throws IOException if a file is there and can't be read
   */
  public static RegistryReading read(RegistrySource source, @Nullable Set<Role> knownRoles)
      throws IOException {
    return read(source, knownRoles, Progress.NONE);
  }

  /** The same, and says how far it is. */
  public static RegistryReading read(
      RegistrySource source, @Nullable Set<Role> knownRoles, Progress progress) throws IOException {
    return new RegistryReader().readAll(source, knownRoles, progress);
  }

  private RegistryReading readAll(
      RegistrySource source, @Nullable Set<Role> knownRoles, Progress progress) throws IOException {
    PlacesReader places = new PlacesReader(draft, problems, whole);
    PeopleReader people = new PeopleReader(draft, problems, whole, knownRoles);
    MessageDigest digest = sha256();
    DutyReader duty = new DutyReader(draft, problems, whole);
    FencesReader fences = new FencesReader(draft, problems, whole);
    List<String> files = new ArrayList<>(RegistrySource.FILES);
    files.addAll(RegistrySource.OPTIONAL_FILES);
    for (String file : files) {
      byte[] bytes = source.bytes(file);
      if (bytes == null) {
        if (RegistrySource.FILES.contains(file)) {
          problems.add(
              file, "is missing", "add it, with the header alone if there is nothing to put in");
        }
        continue;
      }
      long of = lines(bytes);
      Pace pace = rows -> progress.at(Progress.Stage.READING, file, rows, Math.max(rows, of));
      pace.rows(0);
      digest.update(file.getBytes(StandardCharsets.UTF_8));
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).flip());
      digest.update(bytes);
      switch (file) {
        case "areas.csv" -> places.areas(bytes, pace);
        case "homes.csv" -> places.homes(bytes, pace);
        case "elders.csv" -> places.elders(bytes, pace);
        case "devices.csv" -> places.devices(bytes, pace);
        case "responders.csv" -> people.responders(bytes, pace);
        case "contacts.csv" -> people.contacts(bytes, pace);
        case "operators.csv" -> people.operators(bytes);
        case "fences.csv" -> fences.fences(bytes);
        case "ways.csv" -> duty.ways(bytes, pace);
        case "schedules.csv" -> duty.schedules(bytes, pace);
        case "exceptions.csv" -> duty.exceptions(bytes, pace);
        case "holidays.csv" -> duty.holidays(bytes);
        default -> throw new IllegalStateException(file);
      }
    }
    duty.finish();
    progress.at(Progress.Stage.BUILDING, "", 0, 0);
    if (problems.count() > 0) {
      return new RegistryReading.Refused(problems.listed(), problems.count());
    }
    Registry registry = new Registry(HexFormat.of().formatHex(digest.digest()), draft);
    requireDesks(registry);
    return problems.count() > 0
        ? new RegistryReading.Refused(problems.listed(), problems.count())
        : new RegistryReading.Accepted(registry);
  }

  /** About how many rows: a field may hold a line break, but few do. */
  private static long lines(byte[] bytes) {
    long lines = 0;
    for (byte octet : bytes) {
      lines += octet == '\n' ? 1 : 0;
    }
    return Math.max(0, lines - 1);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }

  /** No alarm ends in silence (P2): each area with homes needs a duty desk, its own or above it. */
  private void requireDesks(Registry registry) {
    for (int row = 0; row < draft.areas.rows(); row++) {
      int homes = registry.homesWithoutDesk(row);
      if (homes > 0) {
        problems.add(
            "areas.csv",
            draft.areaLine.get(row),
            "id",
            draft.areas.id(row),
            "has " + homes + (homes == 1 ? " home" : " homes") + " for which no duty desk answers",
            "name one in contacts.csv: role duty_desk, for this area or one above it");
      }
    }
  }
}
