package io.shouwang.registry;

import io.shouwang.host.Disk;
import io.shouwang.model.Role;
import io.shouwang.yaml.Escaped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The generations of the registry on disk, each in a directory named by its hash, and {@code NEXT},
 * which names the one to activate. A generation is the imported files byte for byte; loading it
 * checks that its content still has its name. One importer at a time.
 */
final class RegistryStore {
  private static final String NEXT = "NEXT";

  /** In a generation made by folding: which one it was made of. Not part of its hash. */
  private static final String FOLDED = "FOLDED";

  private static final String UNFINISHED = "unfinished";

  /** Names a generation that was checked, and is nobody's yet: it may go again. */
  private static final String CHECKED = "CHECKED";

  private final Disk disk;
  private final Path directory;

  /** The one loaded or made last: most others are a few edits away from it. */
  private @Nullable Registry last;

  RegistryStore(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  RegistryReading store(RegistrySource source, Set<Role> knownRoles) throws IOException {
    return store(source, knownRoles, Progress.NONE);
  }

  /** Reads, checks and keeps a registry; durable on return. Nothing is kept of a refused one. */
  RegistryReading store(RegistrySource source, @Nullable Set<Role> knownRoles, Progress progress)
      throws IOException {
    return store(source, knownRoles, progress, false);
  }

  /** The same; unless somebody imports it, {@link #dropChecked} takes it away again. */
  RegistryReading storeChecked(RegistrySource source, Set<Role> knownRoles, Progress progress)
      throws IOException {
    dropChecked();
    return store(source, knownRoles, progress, true);
  }

  private RegistryReading store(
      RegistrySource source, @Nullable Set<Role> knownRoles, Progress progress, boolean onlyChecked)
      throws IOException {
    Path unfinished = directory.resolve(UNFINISHED);
    disk.makeDirectory(unfinished);
    // The copy is made of the very bytes that are checked, whatever happens to the source.
    List<String> copied = new ArrayList<>();
    RegistrySource copying =
        file -> {
          byte[] bytes = source.bytes(file);
          if (bytes != null) {
            copied.add(file);
            DurableFile.write(disk, unfinished.resolve(file), out -> out.write(bytes));
          }
          return bytes;
        };
    boolean kept = false;
    try {
      RegistryReading reading = RegistryReader.read(copying, knownRoles, progress);
      if (reading instanceof RegistryReading.Accepted accepted) {
        String hash = accepted.registry().hash();
        // One that was there before has been in force, perhaps: the journal may name it.
        if (onlyChecked && disk.list(directory.resolve(hash)).isEmpty()) {
          byte[] line = (hash + "\n").getBytes(StandardCharsets.US_ASCII);
          DurableFile.replace(disk, directory.resolve(CHECKED), out -> out.write(line));
        }
        keep(copied, unfinished, directory.resolve(hash));
        kept = true;
      }
      return reading;
    } finally {
      if (!kept) {
        for (String file : disk.list(unfinished)) {
          disk.delete(unfinished.resolve(file));
        }
      }
    }
  }

  /** A generation that was only checked is somebody's now. */
  void noteTaken(String hash) throws IOException {
    if (checked().equals(Optional.of(hash))) {
      disk.delete(directory.resolve(CHECKED));
      disk.syncDirectory(directory);
    }
  }

  /** Takes away what was checked and never imported: people's data that nobody uses. */
  void dropChecked() throws IOException {
    Optional<String> checked = checked();
    if (checked.isPresent()) {
      String hash = checked.get();
      Optional<String> next = next();
      boolean isUsed =
          next.isPresent() && (next.get().equals(hash) || imported(next.get()).equals(hash));
      if (!isUsed) {
        Path generation = directory.resolve(hash);
        for (String file : disk.list(generation)) {
          disk.delete(generation.resolve(file));
        }
        disk.syncDirectory(generation);
      }
      disk.delete(directory.resolve(CHECKED));
      disk.syncDirectory(directory);
    }
  }

  private Optional<String> checked() throws IOException {
    try {
      byte[] line = DurableFile.read(disk, directory.resolve(CHECKED));
      return Optional.of(requireHash(new String(line, StandardCharsets.ISO_8859_1).strip()));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /** Only what was copied now: an import that broke off may have left more. */
  private void keep(List<String> copied, Path unfinished, Path generation) throws IOException {
    disk.makeDirectory(generation);
    for (String file : copied) {
      disk.rename(unfinished.resolve(file), generation.resolve(file));
    }
    disk.syncDirectory(generation);
    disk.syncDirectory(unfinished);
  }

  /** Names the generation to activate; durable on return. */
  void setNext(String hash) throws IOException {
    byte[] line = (hash + "\n").getBytes(StandardCharsets.US_ASCII);
    DurableFile.replace(disk, directory.resolve(NEXT), out -> out.write(line));
  }

  /** The generation to activate; empty before the first import. */
  Optional<String> next() throws IOException {
    byte[] line;
    try {
      line = DurableFile.read(disk, directory.resolve(NEXT));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    return Optional.of(requireHash(new String(line, StandardCharsets.ISO_8859_1).strip()));
  }

  /**
   * Loads a generation.
   *
   * @throws IOException if it is missing, damaged or can't be read; the message names it
   */
  Registry load(String hash) throws IOException {
    Deque<Edited> later = new ArrayDeque<>();
    Registry known = last;
    String at = requireHash(hash);
    for (Edited edited = edits(at); edited != null; edited = edits(at)) {
      if (known != null && known.hash().equals(at)) {
        break;
      }
      later.push(edited);
      at = requireHash(edited.edits().parent());
    }
    Registry registry = known != null && known.hash().equals(at) ? known : loadImported(at);
    if (!later.isEmpty()) {
      registry = amended(registry, hash, later);
    }
    last = registry;
    return registry;
  }

  /** A generation of edits, with its name. */
  private record Edited(String hash, EditsFile edits) {}

  private static Registry amended(Registry from, String hash, Iterable<Edited> later)
      throws IOException {
    Amendment amendment = new Amendment(from, null);
    for (Edited edited : later) {
      amendment.put(edited.edits().entries());
    }
    Registry registry = amendment.finish(hash);
    if (registry == null) {
      throw new IOException(
          "registry generation "
              + hash
              + " held once and is refused by this version: "
              + amendment.problems().getFirst()
              + "; import it again");
    }
    return registry;
  }

  /** What a generation's edits are; null for an import. */
  private @Nullable Edited edits(String hash) throws IOException {
    byte[] bytes;
    try {
      bytes = DurableFile.read(disk, directory.resolve(hash).resolve(EditsFile.NAME));
    } catch (NoSuchFileException none) {
      return null;
    }
    if (!EditsFile.hash(bytes).equals(hash)) {
      throw new IOException(
          "registry generation "
              + hash
              + " is damaged: its edits have the hash "
              + EditsFile.hash(bytes)
              + "; import it again");
    }
    return new Edited(hash, EditsFile.read(bytes));
  }

  /** How many generations of edits lie between a generation and an import; 0 for an import. */
  int depth(String hash) throws IOException {
    Edited edited = edits(requireHash(hash));
    return edited == null ? 0 : edited.edits().depth();
  }

  /** The import that a generation's edits were made to, itself if it is one. */
  String imported(String hash) throws IOException {
    String at = requireHash(hash);
    for (Edited edited = edits(at); edited != null; edited = edits(at)) {
      at = requireHash(edited.edits().parent());
    }
    return at;
  }

  /** What was edited since the files of {@link #imported}, the oldest first. */
  List<Change> changes(String hash) throws IOException {
    Deque<List<Change>> all = new ArrayDeque<>();
    String at = requireHash(hash);
    for (Edited edited = edits(at); edited != null; edited = edits(at)) {
      all.push(edited.edits().changes());
      at = requireHash(edited.edits().parent());
    }
    return all.stream().flatMap(List::stream).toList();
  }

  /**
   * What was edited since the office's last import, the newest first: also what was folded into
   * files of ours since.
   *
   * @param max no more than these
   */
  List<Change> history(String hash, int max) throws IOException {
    List<Change> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String at = requireHash(hash);
    while (!at.isEmpty() && seen.add(at) && all.size() < max) {
      Edited edited = edits(at);
      if (edited != null) {
        all.addAll(edited.edits().changes().reversed());
        at = requireHash(edited.edits().parent());
      } else {
        byte[] from = bytes(at, FOLDED);
        at = from == null ? "" : requireHash(new String(from, StandardCharsets.ISO_8859_1).strip());
      }
    }
    return List.copyOf(all.subList(0, Math.min(max, all.size())));
  }

  /** Notes that a generation holds what another one said, edits and all. */
  void noteFolded(String folded, String from) throws IOException {
    byte[] line = (from + "\n").getBytes(StandardCharsets.ISO_8859_1);
    if (!folded.equals(imported(from))) {
      DurableFile.replace(disk, directory.resolve(folded).resolve(FOLDED), out -> out.write(line));
    }
  }

  /** The office brought these files itself: with them its edits are its own. */
  void noteImported(String hash) throws IOException {
    Path folded = directory.resolve(requireHash(hash)).resolve(FOLDED);
    if (disk.exists(folded)) {
      disk.delete(folded);
      disk.syncDirectory(directory.resolve(hash));
    }
  }

  /**
   * Keeps a generation that was edited out of another; durable on return.
   *
   * @param registry made with the hash of these edits
   */
  void keep(EditsFile edits, Registry registry) throws IOException {
    Path generation = directory.resolve(registry.hash());
    byte[] bytes = edits.bytes();
    disk.makeDirectory(generation);
    DurableFile.replace(disk, generation.resolve(EditsFile.NAME), out -> out.write(bytes));
    last = registry;
  }

  /** An imported file of a generation, byte for byte; null if it has none such. */
  byte @Nullable [] bytes(String imported, String file) throws IOException {
    try {
      return DurableFile.read(disk, directory.resolve(requireHash(imported)).resolve(file));
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  private Registry loadImported(String hash) throws IOException {
    Path generation = directory.resolve(hash);
    RegistrySource source =
        file -> {
          try {
            return DurableFile.read(disk, generation.resolve(file));
          } catch (NoSuchFileException missing) {
            if (RegistrySource.OPTIONAL_FILES.contains(file)) {
              return null; // its hash tells whether there was one
            }
            throw new IOException(
                "registry generation " + hash + " has no " + file + "; import it again", missing);
          }
        };
    return switch (RegistryReader.read(source, null)) {
      case RegistryReading.Accepted(Registry registry) when registry.hash().equals(hash) ->
          registry;
      case RegistryReading.Accepted(Registry registry) ->
          throw new IOException(
              "registry generation "
                  + hash
                  + " is damaged: its files have the hash "
                  + registry.hash()
                  + "; import it again");
      case RegistryReading.Refused refused ->
          throw new IOException(
              "registry generation "
                  + hash
                  + " is damaged or of another version: "
                  + refused.problems().getFirst()
                  + "; import it again");
    };
  }

  private static String requireHash(String hash) throws IOException {
    try {
      if (hash.length() == 64 && HexFormat.of().parseHex(hash).length == 32) {
        return hash;
      }
    } catch (IllegalArgumentException notHex) {
      // Refused below, like one of the wrong length.
    }
    throw new IOException(
        "registry generation " + Escaped.quoted(hash) + " is no hash; import a registry again");
  }
}
