package io.shouwang.registry;

import io.shouwang.host.Disk;
import io.shouwang.host.LockTaken;
import io.shouwang.model.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * Nothing has changed: it would undo edits that were made since the last import.
     *
     * @param lost what they said and the files don't
     */
    record WouldUndo(Registry registry, List<Undone> lost) implements Import {}

    /**
     * Nothing has changed: what was edited since the last import doesn't fit these files.
     *
     * @param problems of the edits, laid over the files
     */
    record Misfit(List<EntryProblem> problems) implements Import {}
  }

  /**
   * An edit that an import would undo.
   *
   * @param entry as it is now
   * @param fields that the files say otherwise
   */
  public record Undone(Entry entry, List<String> fields) {
    public Undone {
      fields = List.copyOf(fields);
    }
  }

  /** What becomes of edits that were made since the last import, and that the files don't have. */
  public enum Edits {
    /** The import is refused, and says which they are. */
    REFUSE,
    /** The files hold. */
    UNDO,
    /** The edits hold; all else is as in the files. */
    KEEP
  }

  /**
   * Imports a registry: new secrets go to {@code new-secrets-HASH.csv}. Refused if it would undo
   * edits.
   *
   * @throws LockTaken if another import is running
   * @throws IOException if a file can't be read or written; whatever was begun can be repeated
   */
  public Import importFrom(RegistrySource source, Set<Role> knownRoles) throws IOException {
    return importFrom(source, knownRoles, Edits.REFUSE, Progress.NONE);
  }

  /** The same, with another answer to edits, and saying how far it is. */
  public Import importFrom(
      RegistrySource source, Set<Role> knownRoles, Edits edits, Progress progress)
      throws IOException {
    return run(source, knownRoles, edits, null, progress);
  }

  /** Imports the registry of the first start: new secrets go to {@code demo-secrets.csv}. */
  public Import importFirst(RegistrySource source, Set<Role> knownRoles) throws IOException {
    return run(source, knownRoles, Edits.REFUSE, "demo-secrets", Progress.NONE);
  }

  private Import run(
      RegistrySource source,
      Set<Role> knownRoles,
      Edits edits,
      @Nullable String clearName,
      Progress progress)
      throws IOException {
    disk.makeDirectory(DurableFile.directory(lock));
    try (Held _ = Held.take(disk, lock)) {
      secretFiles.repair();
      return switch (store.store(source, knownRoles, progress)) {
        case RegistryReading.Refused refused ->
            new Import.Refused(refused.problems(), refused.count());
        case RegistryReading.Accepted(Registry registry) ->
            take(registry, knownRoles, edits, clearName, progress);
      };
    }
  }

  private Import take(
      Registry registry,
      Set<Role> knownRoles,
      Edits edits,
      @Nullable String clearName,
      Progress progress)
      throws IOException {
    Registry next = registry;
    boolean isOther = !store.next().equals(Optional.of(registry.hash()));
    if (isOther) {
      store.noteImported(registry.hash());
    }
    List<Undone> undone = edits == Edits.UNDO ? List.of() : undone(registry);
    if (!undone.isEmpty()) {
      if (edits == Edits.REFUSE) {
        return new Import.WouldUndo(registry, undone);
      }
      Made made = make(registry, again(undone), knownRoles);
      if (made.registry() == null) {
        return new Import.Misfit(made.problems());
      }
      next = made.registry();
    }
    progress.at(Progress.Stage.SECRETS, "", 0, 0);
    String hash = next.hash();
    Optional<SecretFiles.Issued> issued =
        secretFiles.issue(
            next,
            clearName == null ? "new-secrets-" + hash.substring(0, SHORT_HASH_LENGTH) : clearName);
    // Last: whoever activates it finds everything there.
    store.setNext(hash);
    store.noteTaken(registry.hash());
    return new Import.Imported(
        next,
        issued.map(SecretFiles.Issued::file).orElse(null),
        issued.map(SecretFiles.Issued::secrets).orElse(0));
  }

  /** The changes that made the entries what they are. */
  private List<Change> again(List<Undone> undone) throws IOException {
    Set<String> wanted = new HashSet<>();
    undone.forEach(one -> wanted.add(one.entry().toString()));
    Map<String, Change> last = new LinkedHashMap<>();
    for (Change change : store.history(next().orElseThrow(), Integer.MAX_VALUE)) {
      if (wanted.contains(change.entry().toString())) {
        last.putIfAbsent(change.entry().toString(), change);
      }
    }
    return List.copyOf(last.values());
  }

  /**
   * What a registry says otherwise than the edits since the last import: what it would undo.
   *
   * @throws IOException if the edits can't be read
   */
  public List<Undone> undone(Registry by) throws IOException {
    Optional<String> now = store.next();
    List<Undone> undone = new ArrayList<>();
    if (now.isPresent() && !now.get().equals(by.hash())) {
      Map<String, Entry> last = new LinkedHashMap<>();
      for (Change change : store.history(now.get(), Integer.MAX_VALUE)) {
        last.putIfAbsent(change.entry().toString(), change.entry());
      }
      for (Entry edited : last.values()) {
        Entry there = by.entry(edited.section(), edited.id());
        if (!there.version().equals(edited.version())) {
          undone.add(new Undone(edited, edited.differences(there)));
        }
      }
    }
    return undone;
  }

  /**
   * Reads, checks and keeps a registry that may be imported later; it isn't the next one yet. What
   * was checked before and not imported is gone.
   *
   * @throws LockTaken if an import is running
   */
  public RegistryReading check(RegistrySource source, Set<Role> knownRoles, Progress progress)
      throws IOException {
    disk.makeDirectory(DurableFile.directory(lock));
    try (Held _ = Held.take(disk, lock)) {
      return store.storeChecked(source, knownRoles, progress);
    }
  }

  /**
   * Takes away what was {@link #check}ed and not imported.
   *
   * @throws LockTaken if an import is running
   */
  public void dropChecked() throws IOException {
    disk.makeDirectory(DurableFile.directory(lock));
    try (Held _ = Held.take(disk, lock)) {
      store.dropChecked();
    }
  }

  /** Imports a registry that was {@link #check}ed. */
  public Import importChecked(
      Registry checked, Set<Role> knownRoles, Edits edits, Progress progress) throws IOException {
    try (Held _ = Held.take(disk, lock)) {
      secretFiles.repair();
      return take(checked, knownRoles, edits, null, progress);
    }
  }

  /**
   * What came of an edit.
   *
   * @param registry the next generation, durable and to be activated; null if there are problems
   */
  public record Made(@Nullable Registry registry, List<EntryProblem> problems) {
    public Made {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Edits the generation in force: the next one differs from it by these changes alone. Durable on
   * return, all or nothing.
   *
   * @throws LockTaken if an import is running
   * @throws IOException if another generation is next by now, or the disk fails
   */
  public Made amend(Registry now, List<Change> changes, Set<Role> knownRoles) throws IOException {
    try (Held _ = Held.take(disk, lock)) {
      requireNext(now);
      Made made = make(now, changes, knownRoles);
      if (made.registry() != null) {
        store.setNext(made.registry().hash());
      }
      return made;
    }
  }

  private void requireNext(Registry now) throws IOException {
    if (!store.next().equals(Optional.of(now.hash()))) {
      throw new IOException("another generation of the registry was made meanwhile; try again");
    }
  }

  private Made make(Registry now, List<Change> changes, @Nullable Set<Role> knownRoles)
      throws IOException {
    EditsFile edits = new EditsFile(now.hash(), store.depth(now.hash()) + 1, changes);
    Amendment amendment = new Amendment(now, knownRoles);
    amendment.put(edits.entries());
    Registry next = amendment.finish(EditsFile.hash(edits.bytes()));
    if (next != null) {
      store.keep(edits, next);
    }
    return new Made(next, amendment.problems());
  }

  /**
   * Writes the generation in force out as one that was imported, so that a start need not read many
   * edits; the same registry under another name, and the next one on return.
   */
  public Registry fold(Registry now) throws IOException {
    try (Held _ = Held.take(disk, lock)) {
      requireNext(now);
      return switch (store.store(export(now.hash()), null, Progress.NONE)) {
        case RegistryReading.Accepted(Registry folded) -> {
          store.noteFolded(folded.hash(), now.hash());
          store.setNext(folded.hash());
          yield folded;
        }
        case RegistryReading.Refused refused ->
            throw new IOException(
                "the registry in force can't be written out: " + refused.problems().getFirst());
      };
    }
  }

  /** How many generations of edits have been made since an import, or since they were folded. */
  public int depth(String hash) throws IOException {
    return store.depth(hash);
  }

  /** Who edited what since the last import, the newest first, and no more than these. */
  public List<Change> changes(String hash, int max) throws IOException {
    return store.history(hash, max);
  }

  /** A generation as the files of an import. */
  public RegistrySource export(String hash) throws IOException {
    return new RegistryExport(store, hash);
  }

  /**
   * A new secret.
   *
   * @param clear to be shown once, and nowhere kept
   * @param all everybody's, with it
   */
  public record NewSecret(String clear, Secrets all) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "NewSecret";
    }
  }

  /**
   * Makes a new secret for a device, a responder or an operator in place of the one they had;
   * durable on return.
   *
   * @throws LockTaken if an import is running
   */
  public NewSecret newSecret(Registry registry, String id, Secrets before) throws IOException {
    try (Held _ = Held.take(disk, lock)) {
      secretFiles.repair();
      SecretFiles.Fresh fresh = secretFiles.replace(registry, id);
      return new NewSecret(fresh.secret(), before.with(id, fresh.salt(), fresh.hmac()));
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
