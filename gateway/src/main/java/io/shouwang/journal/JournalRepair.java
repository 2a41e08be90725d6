package io.shouwang.journal;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import io.shouwang.host.LockTaken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes a damaged journal open again, by giving up as little as can be told apart. First it says
 * what that is, then, only when told to, does it; the bytes given up are kept beside it in {@code
 * .damaged} files. Nothing is done while a gateway runs. One thread.
 */
public final class JournalRepair {
  private static final int CHUNK_BYTES = 256 * 1024;

  /**
   * What a repair would do.
   *
   * @param damage what is wrong, with file and offset
   * @param file the segment to cut, or whose header to write anew
   * @param offset from where its bytes are given up; the header's, 0, if {@code losesNothing}
   * @param bytes how many bytes are given up, in all files
   * @param fromSequence the first batch given up; the journal goes on with this sequence
   * @param toSequence the last whole batch among what is given up; empty if there is none
   * @param laterFiles segments given up as a whole
   * @param losesNothing only the header is damaged, and its first batch tells what was in it
   */
  public record Plan(
      String damage,
      Path file,
      long offset,
      long bytes,
      long fromSequence,
      OptionalLong toSequence,
      List<Path> laterFiles,
      boolean losesNothing) {

    public Plan {
      laterFiles = List.copyOf(laterFiles);
    }

    /** A few lines for the person who decides. */
    public String describe() {
      if (losesNothing) {
        return damage
            + "\nThe repair writes the segment's header anew from its first batch."
            + " It gives up nothing.";
      }
      String batches =
          toSequence.isPresent()
              ? "batches " + fromSequence + " to " + toSequence.getAsLong()
              : "batch " + fromSequence;
      return damage
          + "\nThe repair gives up "
          + batches
          + ": "
          + bytes
          + " bytes, "
          + file
          + " from offset "
          + offset
          + (laterFiles.isEmpty() ? "" : ", and all of " + laterFiles)
          + ".\nThey held what was acknowledged, alarms perhaps. They are kept in .damaged files"
          + " beside it.\nThe journal goes on with batch "
          + fromSequence
          + "; a snapshot that knows of a later one can't be used with it.";
    }
  }

  private final Disk disk;
  private final Path directory;
  private final BatchCursor.Window window = new BatchCursor.Window();

  public JournalRepair(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /**
   * Says what is wrong and what a repair would do; changes nothing. Empty if the journal opens as
   * it is; a torn tail is cut by opening it.
   *
   * @throws JournalInUse if a gateway runs on it
   */
  public Optional<Plan> examine() throws IOException {
    try (DirectoryLock lock = lock()) {
      lock.held();
      return Optional.ofNullable(plan());
    }
  }

  /**
   * Does what a plan says, if it is still what is needed. There may be more damage behind it:
   * examine again.
   *
   * @throws IllegalStateException if the journal changed since; nothing was done
   */
  public void apply(Plan plan) throws IOException {
    try (DirectoryLock lock = lock()) {
      lock.held();
      if (!plan.equals(plan())) {
        throw new IllegalStateException("the journal changed since: examine it again");
      }
      if (plan.losesNothing) {
        keepAside(plan.file, 0, SegmentHeader.BYTES);
        writeHeaderAnew(plan.file);
        return;
      }
      // the latest first: at each step what is left says what is still to be done
      for (Path later : plan.laterFiles.reversed()) {
        disk.rename(later, freeName(later));
        disk.syncDirectory(directory);
      }
      if (disk.exists(plan.file)) {
        long end = endOfData(plan.file, plan.offset);
        keepAside(plan.file, plan.offset, end);
        zero(plan.file, plan.offset, end);
      }
    }
  }

  private @Nullable Plan plan() throws IOException {
    try {
      JournalScan.ofAll(disk, directory);
      return null;
    } catch (JournalCorrupt e) {
      return new RepairWalk(disk, directory, window).plan(e);
    }
  }

  private long endOfData(Path path, long from) throws IOException {
    try (DiskFile file = disk.openReadOnly(path)) {
      return new BatchCursor(path, file, window).endOfData(from, file.size());
    }
  }

  private void keepAside(Path path, long from, long end) throws IOException {
    try (DiskFile source = disk.openReadOnly(path);
        DiskFile copy = disk.create(freeName(path))) {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
      for (long at = from; at < end; at += CHUNK_BYTES) {
        chunk.clear().limit((int) Math.min(CHUNK_BYTES, end - at));
        int read = 0;
        while (chunk.hasRemaining() && read >= 0) {
          read = source.read(chunk, at + chunk.position());
        }
        copy.write(chunk.flip(), at - from);
      }
      copy.sync();
    }
    disk.syncDirectory(directory);
  }

  private Path freeName(Path path) throws IOException {
    String name = path.getFileName() + ".damaged";
    Path free = directory.resolve(name);
    for (int i = 2; disk.exists(free); i++) {
      free = directory.resolve(name + "." + i);
    }
    return free;
  }

  private void zero(Path path, long from, long end) throws IOException {
    try (DiskFile file = disk.open(path)) {
      for (long at = from; at < end; at += CHUNK_BYTES) {
        file.write(ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, end - at)), at);
      }
      file.sync();
    }
  }

  private void writeHeaderAnew(Path path) throws IOException {
    try (DiskFile file = disk.open(path)) {
      SegmentHeader header = RepairWalk.headerFromFirstBatch(path, file, window);
      if (header == null) {
        throw new IllegalStateException("the segment's first batch isn't whole: " + path);
      }
      ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.BYTES);
      header.write(bytes, 0, window.frame());
      file.write(bytes, 0);
      file.sync();
    }
  }

  private DirectoryLock lock() throws IOException {
    Path file = directory.resolve(SegmentFiles.LOCK);
    try {
      return new DirectoryLock(disk.lock(file));
    } catch (LockTaken e) {
      throw new JournalInUse(file, e);
    }
  }

  /** The lock, with a close that throws what files throw. */
  private record DirectoryLock(AutoCloseable lock) implements AutoCloseable {
    void held() {}

    @Override
    public void close() throws IOException {
      Journal.release(lock);
    }
  }
}
