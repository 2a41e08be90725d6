package io.shouwang.simulation;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import io.shouwang.host.LockTaken;
import io.shouwang.simulation.DiskFault.Kind;
import io.shouwang.simulation.DiskFault.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that forgets what a real one may forget. It tells synced bytes from unsynced
 * ones and synced names from unsynced ones; {@link #crash} keeps the former and a random part of
 * the latter, sector by sector and name by name. It can fail any call, cut the power at any call,
 * be full, and lie about syncs. Deterministic; any thread.
 *
 * <p>Directories themselves are durable at once, as {@link Disk#makeDirectory} promises. A failed
 * directory sync leaves the changes pending: file systems journal names, and commit or stop.
 */
public final class SimulatedDisk implements Disk {
  /** A change of names in a directory that isn't synced yet. */
  private record NameChange(
      Path directory, @Nullable Path removed, @Nullable Path added, @Nullable SimulatedFile file) {}

  private final NavigableMap<Path, SimulatedFile> shown = new TreeMap<>();
  private final NavigableMap<Path, SimulatedFile> durable = new TreeMap<>();
  private final List<NameChange> pending = new ArrayList<>();
  private final Set<Path> directories = new HashSet<>();
  private final Map<Path, Integer> locks = new HashMap<>();
  private final EnumMap<Operation, Integer> counts = new EnumMap<>(Operation.class);
  private final List<DiskFault> faults = new ArrayList<>();
  private long capacityBytes = Long.MAX_VALUE;
  private Predicate<Path> lyingSyncs = path -> false;
  private int life;
  private long powerCutAfter = Long.MAX_VALUE;
  private boolean powerless;

  /** Sets a fault and starts the counting of calls anew. */
  public synchronized SimulatedDisk fail(DiskFault fault) {
    faults.add(fault);
    counts.clear();
    return this;
  }

  public synchronized SimulatedDisk heal() {
    faults.clear();
    counts.clear();
    return this;
  }

  /** How many calls of a kind there were since the counting started. */
  public synchronized int count(Operation operation) {
    return counts.getOrDefault(operation, 0);
  }

  public synchronized SimulatedDisk capacity(long bytes) {
    capacityBytes = bytes;
    return this;
  }

  /** From now on a sync of such files or directories does nothing, and says it did. */
  public synchronized SimulatedDisk lyingSyncs(Predicate<Path> which) {
    lyingSyncs = which;
    return this;
  }

  /** Cuts the power at the n-th changing call from now, which may still do a part of its work. */
  public synchronized SimulatedDisk cutPowerAt(int nthCall) {
    powerCutAfter = nthCall;
    return this;
  }

  /** The power fails and comes back: what wasn't synced is there or not, as chance will have it. */
  public synchronized void crash(Random random) {
    for (NameChange change : pending) {
      if (random.nextBoolean()) {
        apply(change, durable);
      }
    }
    pending.clear();
    shown.clear();
    shown.putAll(durable);
    // Each file once, in the order of their names: chance must not depend on where objects lie.
    for (SimulatedFile file : new LinkedHashSet<>(durable.values())) {
      file.crash(random);
    }
    restart();
  }

  /** The process ends and another starts: the system keeps what it was given. */
  public synchronized void restart() {
    life++;
    locks.clear();
    faults.clear();
    counts.clear();
    powerCutAfter = Long.MAX_VALUE;
    powerless = false;
  }

  /** A disk of its own with the same contents. */
  public synchronized SimulatedDisk copy() {
    SimulatedDisk copy = new SimulatedDisk();
    Map<SimulatedFile, SimulatedFile> copies = new HashMap<>();
    shown.forEach(
        (path, file) -> copy.shown.put(path, copies.computeIfAbsent(file, SimulatedFile::copy)));
    durable.forEach(
        (path, file) -> copy.durable.put(path, copies.computeIfAbsent(file, SimulatedFile::copy)));
    for (NameChange change : pending) {
      SimulatedFile file = change.file;
      copy.pending.add(
          new NameChange(
              change.directory,
              change.removed,
              change.added,
              file == null ? null : copies.computeIfAbsent(file, SimulatedFile::copy)));
    }
    copy.directories.addAll(directories);
    copy.capacityBytes = capacityBytes;
    return copy;
  }

  /** The bytes of a file as the system shows them. */
  public synchronized byte[] bytes(Path path) {
    SimulatedFile file = existing(path);
    return Arrays.copyOf(file.shown, file.shownSize);
  }

  /**
   * The bytes of a file that a power cut now would leave for certain; null if not even its name.
   */
  public synchronized @Nullable ByteBuffer platter(Path path) {
    SimulatedFile file = durable.get(path);
    return file == null
        ? null
        : ByteBuffer.wrap(file.durable, 0, file.durableSize).slice().asReadOnlyBuffer();
  }

  /** Changes a file behind everybody's back, on the platter too. */
  public synchronized void put(Path path, byte[] bytes) {
    SimulatedFile file = new SimulatedFile();
    file.resize(bytes.length);
    System.arraycopy(bytes, 0, file.shown, 0, bytes.length);
    file.touched(0, bytes.length);
    file.sync();
    shown.put(path, file);
    durable.put(path, file);
  }

  /** Flips one bit behind everybody's back. */
  public synchronized void flipBit(Path path, long bit) {
    SimulatedFile file = existing(path);
    file.shown[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
    file.durable[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
  }

  /** Makes bytes zero behind everybody's back, on the platter too. */
  public synchronized void erase(Path path, int from, int bytes) {
    SimulatedFile file = existing(path);
    Arrays.fill(file.shown, from, from + bytes, (byte) 0);
    Arrays.fill(file.durable, from, from + bytes, (byte) 0);
  }

  /** Takes a file away behind everybody's back. */
  public synchronized void lose(Path path) {
    shown.remove(path);
    durable.remove(path);
  }

  public synchronized long usedBytes() {
    return new HashSet<>(shown.values()).stream().mapToLong(file -> file.shownSize).sum();
  }

  private SimulatedFile existing(Path path) {
    SimulatedFile file = shown.get(path);
    if (file == null) {
      throw new IllegalArgumentException("no file " + path);
    }
    return file;
  }

  private SimulatedFile find(Path path) throws NoSuchFileException {
    SimulatedFile file = shown.get(path);
    if (file == null) {
      throw new NoSuchFileException(path.toString());
    }
    return file;
  }

  /** What an open file is called now. */
  private Path nameOf(SimulatedFile file) {
    for (Map.Entry<Path, SimulatedFile> entry : shown.entrySet()) {
      if (entry.getValue() == file) {
        return entry.getKey();
      }
    }
    return Path.of("");
  }

  /** Counts a call; throws if it is to fail, unless it is a write that may do a part. */
  private @Nullable Kind begin(Operation operation) throws IOException {
    if (powerless) {
      throw new PowerCut();
    }
    if (operation != Operation.READ && operation != Operation.OPEN && --powerCutAfter == 0) {
      powerless = true;
      if (operation != Operation.WRITE) {
        throw new PowerCut();
      }
      return Kind.SHORT;
    }
    int count = counts.merge(operation, 1, Integer::sum);
    for (DiskFault fault : faults) {
      if (fault.operation() == operation
          && (count == fault.nth() || (fault.persistent() && count > fault.nth()))) {
        if (operation != Operation.WRITE && operation != Operation.SYNC) {
          throw new IOException(fault.kind().message);
        }
        return fault.kind();
      }
    }
    return null;
  }

  @Override
  public synchronized DiskFile open(Path file) throws IOException {
    begin(Operation.OPEN);
    return new Handle(find(file), true, life);
  }

  @Override
  public synchronized DiskFile openReadOnly(Path file) throws IOException {
    begin(Operation.OPEN);
    return new Handle(find(file), false, life);
  }

  @Override
  public synchronized DiskFile create(Path path) throws IOException {
    begin(Operation.CREATE);
    if (shown.containsKey(path)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    SimulatedFile file = new SimulatedFile();
    change(new NameChange(parent(path), null, path, file));
    return new Handle(file, true, life);
  }

  @Override
  public synchronized void rename(Path source, Path target) throws IOException {
    begin(Operation.RENAME);
    SimulatedFile file = find(source);
    change(new NameChange(parent(target), source, target, file));
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    begin(Operation.DELETE);
    find(path);
    change(new NameChange(parent(path), path, null, null));
  }

  private void change(NameChange change) {
    if (!directories.contains(change.directory)) {
      throw new IllegalStateException("no directory " + change.directory);
    }
    apply(change, shown);
    pending.add(change);
  }

  private static void apply(NameChange change, Map<Path, SimulatedFile> names) {
    Path removed = change.removed;
    if (removed != null) {
      names.remove(removed);
    }
    Path added = change.added;
    SimulatedFile file = change.file;
    if (added != null && file != null) {
      names.put(added, file);
    }
  }

  @Override
  public synchronized boolean exists(Path file) {
    return shown.containsKey(file) || directories.contains(file);
  }

  @Override
  public synchronized List<String> list(Path directory) {
    return shown.keySet().stream()
        .filter(path -> directory.equals(path.getParent()))
        .map(path -> String.valueOf(path.getFileName()))
        .sorted()
        .toList();
  }

  @Override
  public synchronized void makeDirectory(Path directory) {
    for (Path path = directory; path != null; path = path.getParent()) {
      directories.add(path);
    }
  }

  @Override
  public synchronized void syncDirectory(Path directory) throws IOException {
    begin(Operation.SYNC_DIRECTORY);
    if (lyingSyncs.test(directory)) {
      return;
    }
    for (NameChange change : pending) {
      if (change.directory.equals(directory)) {
        apply(change, durable);
      }
    }
    pending.removeIf(change -> change.directory.equals(directory));
  }

  @Override
  public synchronized AutoCloseable lock(Path file) throws IOException {
    if (locks.putIfAbsent(file, life) != null) {
      throw new LockTaken(file);
    }
    int taken = life;
    return () -> {
      synchronized (this) {
        locks.remove(file, taken);
      }
    };
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? Path.of("") : parent;
  }

  /** An open file; dead after a crash or a restart. */
  private final class Handle implements DiskFile {
    private final SimulatedFile file;
    private final boolean writable;
    private final int bornIn;
    private boolean closed;

    Handle(SimulatedFile file, boolean writable, int bornIn) {
      this.file = file;
      this.writable = writable;
      this.bornIn = bornIn;
    }

    private void check(boolean writes) {
      if (closed || bornIn != life) {
        throw new IllegalStateException("the file is closed");
      }
      if (writes && !writable) {
        throw new IllegalStateException("the file is open for reading alone");
      }
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      synchronized (SimulatedDisk.this) {
        check(false);
        begin(Operation.READ);
        if (position >= file.shownSize) {
          return -1;
        }
        int bytes = (int) Math.min(target.remaining(), file.shownSize - position);
        target.put(file.shown, (int) position, bytes);
        return bytes;
      }
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      synchronized (SimulatedDisk.this) {
        check(true);
        Kind kind = begin(Operation.WRITE);
        int bytes = source.remaining();
        if (kind == Kind.SHORT) {
          bytes = bytes / 2;
        } else if (kind != null) {
          bytes = 0;
        }
        int end = Math.toIntExact(position) + bytes;
        long growth = end - (long) file.shownSize;
        String full = null;
        if (growth > 0 && usedBytes() + growth > capacityBytes) {
          full = Kind.ENOSPC.message;
          end -= (int) Math.min(growth, usedBytes() + growth - capacityBytes);
          bytes = Math.max(0, end - (int) position);
        }
        if (end > file.shownSize) {
          file.resize(end);
        }
        if (bytes > 0) {
          source.get(file.shown, (int) position, bytes);
          file.touched((int) position, (int) position + bytes);
        }
        if (powerless) {
          throw new PowerCut();
        }
        if (kind != null || full != null) {
          throw new IOException(kind == null ? full : kind.message);
        }
      }
    }

    @Override
    public void sync() throws IOException {
      synchronized (SimulatedDisk.this) {
        check(true);
        Kind kind = begin(Operation.SYNC);
        if (kind != null) {
          file.clean();
          throw new IOException(kind.message);
        }
        if (!lyingSyncs.test(nameOf(file))) {
          file.sync();
        }
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (SimulatedDisk.this) {
        check(true);
        begin(Operation.WRITE);
        file.resize((int) Math.min(size, file.shownSize));
      }
    }

    @Override
    public long size() {
      synchronized (SimulatedDisk.this) {
        check(false);
        return file.shownSize;
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
