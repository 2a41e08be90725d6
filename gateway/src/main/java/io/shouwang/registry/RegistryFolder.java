package io.shouwang.registry;

import io.shouwang.host.Disk;
import io.shouwang.host.LockTaken;
import io.shouwang.model.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The registry's part of the data directory: {@code registry/} with its generations, and the files
 * of secrets. An import may run in another process while a gateway runs; two imports at a time are
 * refused. Not for several threads.
 */
public final class RegistryFolder {
  private static final int SHORT_HASH_LENGTH = 8;

  private final Disk disk;
  private final Path data;
  private final Path lock;
  private final RegistryStore store;
  private final SecretFiles secretFiles;

  /**
   * Makes no file and reads none.
   *
   * @param data the data directory
   */
  public RegistryFolder(Disk disk, Path data) {
    this.disk = disk;
    this.data = data;
    Path directory = data.resolve("registry");
    lock = directory.resolve("import.lock");
    store = new RegistryStore(disk, directory);
    secretFiles = new SecretFiles(disk, data, new SecureRandom());
  }

  /** What came of an import. */
  public sealed interface Import {

    /**
     * The registry is kept, is the next to be activated, and all its logins have a secret.
     *
     * @param secrets the file with the new secrets in clear, readable by its owner alone; null when
     *     none was made
     * @param newSecrets how many are in it
     */
    record Imported(Registry registry, @Nullable Path secrets, int newSecrets) implements Import {}

    /** Nothing has changed. */
    record Refused(List<RowProblem> problems, long count) implements Import {}
  }

  /**
   * Imports a registry: new secrets go to {@code new-secrets-HASH.csv}.
   *
   * @throws LockTaken if another import is running
   * @throws IOException if a file can't be read or written; whatever was begun can be repeated
   */
  public Import importFrom(RegistrySource source, Set<Role> knownRoles) throws IOException {
    return run(source, knownRoles, null);
  }

  /** Imports the registry of the first start: new secrets go to {@code demo-secrets.csv}. */
  public Import importFirst(RegistrySource source, Set<Role> knownRoles) throws IOException {
    return run(source, knownRoles, "demo-secrets");
  }

  private Import run(RegistrySource source, Set<Role> knownRoles, @Nullable String clearName)
      throws IOException {
    disk.makeDirectory(DurableFile.directory(lock));
    try (Held _ = Held.take(disk, lock)) {
      secretFiles.repair();
      return switch (store.store(source, knownRoles)) {
        case RegistryReading.Refused refused ->
            new Import.Refused(refused.problems(), refused.count());
        case RegistryReading.Accepted(Registry registry) -> {
          String hash = registry.hash();
          Optional<SecretFiles.Issued> issued =
              secretFiles.issue(
                  registry,
                  clearName == null
                      ? "new-secrets-" + hash.substring(0, SHORT_HASH_LENGTH)
                      : clearName);
          // Last: whoever activates it finds everything there.
          store.setNext(hash);
          yield new Import.Imported(
              registry,
              issued.map(SecretFiles.Issued::file).orElse(null),
              issued.map(SecretFiles.Issued::secrets).orElse(0));
        }
      };
    }
  }

  /** The hash of the generation to activate; empty before the first import. */
  public Optional<String> next() throws IOException {
    return store.next();
  }

  /**
   * Loads a generation and checks it against its name.
   *
   * @throws IOException if it is missing or damaged; the message says which and what to do
   */
  public Registry load(String hash) throws IOException {
    return store.load(hash);
  }

  /** Everybody's secrets as they are now; read again after each import. */
  public Secrets secrets() throws IOException {
    disk.makeDirectory(DurableFile.directory(lock));
    try (Held _ = Held.take(disk, lock)) {
      secretFiles.repair();
    } catch (LockTaken importing) {
      // Whoever holds the lock finishes what is pending.
    }
    return secretFiles.load();
  }

  /** The data directory. */
  public Path data() {
    return data;
  }

  /** The importers' lock, whose closing can only fail as a file does. */
  private record Held(AutoCloseable lock) implements AutoCloseable {
    static Held take(Disk disk, Path file) throws IOException {
      return new Held(disk.lock(file));
    }

    @Override
    public void close() throws IOException {
      try {
        lock.close();
      } catch (IOException failed) {
        throw failed;
      } catch (Exception failed) {
        throw new IOException("the lock can't be given back", failed);
      }
    }
  }
}
