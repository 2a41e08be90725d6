package io.shouwang.registry;

import io.shouwang.host.Clock;
import io.shouwang.host.Disk;
import io.shouwang.host.LockTaken;
import io.shouwang.model.Role;
import io.shouwang.registry.ImportState.Stage;
import io.shouwang.registry.RegistryFolder.Edits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports while the gateway runs, one at a time: what comes in is checked on a thread of its own,
 * shown, and takes force when somebody says so. Nothing that alarms wait for waits for it; edits of
 * the registry do. Any thread.
 */
public final class Imports implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Imports.class);
  private static final int REMEMBERED = 20;
  private static final int RADIX = 36;

  /** Puts the generation that is next in force; it is on return. */
  @FunctionalInterface
  public interface TakingUp {
    void run() throws IOException;
  }

  private final Disk disk;
  private final Path data;
  private final Incoming incoming;
  private final Supplier<Registry> inForce;
  private final TakingUp takingUp;
  private final Supplier<Set<Role>> roles;
  private final Clock clock;
  private final Deque<ImportState> states = new ArrayDeque<>();
  private long lastNumber;
  private boolean isCancelled;
  private boolean isClosed;
  private @Nullable Thread thread;

  /** Takes away what an import left that was broken off, or never activated. */
  public Imports(
      Disk disk,
      Path data,
      Supplier<Registry> inForce,
      TakingUp takingUp,
      Supplier<Set<Role>> roles,
      Clock clock) {
    this.disk = disk;
    this.data = data;
    this.incoming = new Incoming(disk, data.resolve("registry").resolve("incoming"));
    this.inForce = inForce;
    this.takingUp = takingUp;
    this.roles = roles;
    this.clock = clock;
    clear();
    drop();
  }

  /** The latest imports, the newest first. */
  public synchronized List<ImportState> list() {
    return List.copyOf(states);
  }

  public synchronized Optional<ImportState> find(String id) {
    return states.stream().filter(state -> state.id().equals(id)).findFirst();
  }

  /** Takes the one place; empty while somebody else has it, or the gateway stops. */
  public synchronized Optional<ImportState> begin(String by) {
    ImportState latest = states.peekFirst();
    if (isClosed || (latest != null && !latest.stage().isEnd())) {
      return Optional.empty();
    }
    lastNumber = Math.max(lastNumber + 1, clock.wall().toEpochMilli());
    ImportState begun = ImportState.begun(Long.toString(lastNumber, RADIX), by, clock.wall());
    states.addFirst(begun);
    if (states.size() > REMEMBERED) {
      states.removeLast();
    }
    isCancelled = false;
    return Optional.of(begun);
  }

  /**
   * Takes the files of one that was begun, a zip, and checks them in the background.
   *
   * @throws IncomingRefused if it is none, or holds what it shouldn't
   * @throws IOException if the disk fails
   */
  public ImportState receive(ImportState begun, InputStream zip) throws IOException {
    boolean isThere = false;
    try {
      incoming.receive(zip);
      isThere = true;
    } finally {
      if (!isThere) {
        clear();
        set(begun.failed("the files didn't come in"));
      }
    }
    synchronized (this) {
      if (isCancelled || isClosed) {
        clear();
        return set(begun.at(Stage.CANCELLED, "", 0, 0));
      }
      ImportState reading = set(begun.at(Stage.READING, "", 0, 0));
      start(() -> check(reading));
      return reading;
    }
  }

  private void start(Runnable work) {
    Thread next = Thread.ofPlatform().daemon().name("importer").unstarted(work);
    thread = next;
    next.start();
  }

  private void check(ImportState begun) {
    ImportState end = begun;
    try {
      RegistryFolder folder = new RegistryFolder(disk, data);
      RegistryReading reading =
          folder.check(
              incoming,
              roles.get(),
              (stage, file, rows, of) -> set(begun.at(stageOf(stage), file, rows, of)));
      switch (reading) {
        case RegistryReading.Refused refused ->
            end = begun.refused(refused.problems(), refused.count());
        case RegistryReading.Accepted(Registry checked) -> {
          Registry now = inForce.get();
          long all = Preview.size(now, checked);
          end =
              begun.ready(
                  Preview.of(
                      folder, now, checked, seen -> set(begun.at(Stage.COMPARING, "", seen, all))));
        }
      }
    } catch (CancellationException cancelled) {
      end = begun.at(Stage.CANCELLED, "", 0, 0);
    } catch (LockTaken other) {
      end = begun.failed("another import is running, or an edit is being kept; try again");
    } catch (IOException | RuntimeException e) {
      LOG.error("an import failed", e);
      end = begun.failed("it can't be kept: the log says why");
    } finally {
      clear();
      finish(end);
    }
  }

  /** Whatever came of it, unless somebody took it back at the last moment. */
  private void finish(ImportState end) {
    boolean isLate;
    synchronized (this) {
      isLate = isCancelled && !end.stage().isEnd();
      if (!isLate) {
        put(end);
      }
    }
    if (isLate) {
      drop();
      synchronized (this) {
        put(end.at(Stage.CANCELLED, "", 0, 0));
      }
    } else if (end.stage() == Stage.CANCELLED || end.stage() == Stage.FAILED) {
      drop();
    }
  }

  private static Stage stageOf(Progress.Stage stage) {
    return switch (stage) {
      case READING -> Stage.READING;
      case BUILDING -> Stage.BUILDING;
      case SECRETS -> Stage.ACTIVATING;
    };
  }

  /** Notes how far it is; ends the work if it has been taken back. */
  private synchronized ImportState set(ImportState state) {
    if (isCancelled && !state.stage().isEnd()) {
      throw new CancellationException();
    }
    return put(state);
  }

  private ImportState put(ImportState state) {
    if (states.removeIf(one -> one.id().equals(state.id()))) {
      states.addFirst(state); // one at a time: it is the newest
    }
    return state;
  }

  /**
   * Lets one that was checked take force, in the background.
   *
   * @param edits what becomes of edits that it would undo
   * @return empty if it isn't ready
   */
  public synchronized Optional<ImportState> activate(String id, Edits edits) {
    ImportState ready = find(id).orElse(null);
    Preview seen = ready == null ? null : ready.preview();
    if (isClosed || ready == null || seen == null || ready.stage() != Stage.READY) {
      return Optional.empty();
    }
    ImportState begun = put(ready.at(Stage.ACTIVATING, "", 0, 0));
    start(() -> activate(ready, seen, edits));
    return Optional.of(begun);
  }

  private void activate(ImportState ready, Preview seen, Edits edits) {
    ImportState end = ready;
    try {
      RegistryFolder folder = new RegistryFolder(disk, data);
      Registry checked = folder.load(seen.hash());
      RegistryFolder.Import came = folder.importChecked(checked, roles.get(), edits, Progress.NONE);
      end =
          switch (came) {
            case RegistryFolder.Import.Imported done -> {
              takingUp.run();
              Path secrets = done.secrets();
              yield ready.inForce(
                  secrets == null ? null : String.valueOf(secrets.getFileName()),
                  done.newSecrets());
            }
            // Somebody edited meanwhile: it is shown anew.
            case RegistryFolder.Import.WouldUndo _ ->
                ready.again(
                    Preview.of(folder, inForce.get(), checked, _ -> {}),
                    "somebody edited the registry meanwhile");
            case RegistryFolder.Import.Misfit(var problems) -> ready.misfit(problems);
            case RegistryFolder.Import.Refused refused ->
                ready.refused(refused.problems(), refused.count());
          };
    } catch (LockTaken busy) {
      end = ready.again(seen, "an edit or another import was being kept; try again");
    } catch (IOException | RuntimeException e) {
      LOG.error("an import can't be activated", e);
      end = ready.failed("it can't take force: the log says why");
    } finally {
      synchronized (this) {
        put(end);
      }
    }
  }

  /** Takes one back that isn't in force yet; empty if it is too late for that. */
  public Optional<ImportState> cancel(String id) {
    ImportState cancelled;
    synchronized (this) {
      ImportState state = find(id).orElse(null);
      if (state == null || state.stage().isEnd() || state.stage() == Stage.ACTIVATING) {
        return Optional.empty();
      }
      isCancelled = true;
      if (state.stage() != Stage.READY) {
        return Optional.of(state); // its thread hears of it
      }
      cancelled = put(state.at(Stage.CANCELLED, "", 0, 0));
    }
    drop();
    return Optional.of(cancelled);
  }

  private void clear() {
    try {
      incoming.clear();
    } catch (IOException e) {
      LOG.warn("the files of an import can't be taken away", e);
    }
  }

  private void drop() {
    try {
      new RegistryFolder(disk, data).dropChecked();
    } catch (LockTaken importing) {
      // The next check or start takes it away.
    } catch (IOException e) {
      LOG.warn("what was checked and not imported can't be taken away", e);
    }
  }

  /** Breaks off what is being checked; what is being activated ends first. */
  @Override
  public void close() {
    Thread last;
    synchronized (this) {
      isClosed = true;
      isCancelled = true;
      last = thread;
    }
    if (last != null) {
      try {
        last.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
