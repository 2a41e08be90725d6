package io.shouwang.registry;

import io.shouwang.host.Disk;
import io.shouwang.model.Role;
import io.shouwang.yaml.Escaped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The generations of the registry on disk, each in a directory named by its hash, and {@code NEXT},
 * which names the one to activate. A generation is the imported files byte for byte; loading it
 * checks that its content still has its name. One importer at a time.
 */
final class RegistryStore {
  private static final String NEXT = "NEXT";
  private static final String UNFINISHED = "unfinished";

  private final Disk disk;
  private final Path directory;

  RegistryStore(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /** Reads, checks and keeps a registry; durable on return. Nothing is kept of a refused one. */
  RegistryReading store(RegistrySource source, Set<Role> knownRoles) throws IOException {
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
      RegistryReading reading = RegistryReader.read(copying, knownRoles);
      if (reading instanceof RegistryReading.Accepted accepted) {
        keep(copied, unfinished, directory.resolve(accepted.registry().hash()));
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
    Path generation = directory.resolve(requireHash(hash));
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
