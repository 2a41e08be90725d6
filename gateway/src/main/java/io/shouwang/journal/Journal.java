package io.shouwang.journal;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import io.shouwang.host.LockTaken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable journal: batch after batch in segment files, each batch written in one write, made
 * durable by one sync, and answered with a {@link Receipt}, which only this class makes.
 *
 * <p>It is passive. One thread, the writer, calls {@link #append}; groups are made above it, by
 * merging all that waits into one batch while the last one is being synced. So at most one batch is
 * ever unsynced, which is what tells a power cut from damage ({@link JournalScan}).
 *
 * <p>A failed write or sync kills it: the disk may have dropped what it was given, and a second
 * sync would report success all the same. Failing to make a segment ahead doesn't: the disk is full
 * or slow, {@link #space} says so, and the reserve is there for alarms.
 *
 * <p>Thread-safe are {@link #space}, {@link #checkSpace}, {@link #sealed} and {@link #distil}; the
 * rest belongs to the writer. The writer must not be interrupted. Close it after the thread that
 * distils has ended and before the background executor is shut.
 */
public final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final Disk disk;
  private final Path directory;
  private final JournalOptions options;
  private final AutoCloseable lock;
  private final PreparedSegments prepared;
  private final BatchFrame frame = new BatchFrame();
  private final Opening opening;
  private final long journalId;
  private final CopyOnWriteArrayList<SegmentInfo> sealed = new CopyOnWriteArrayList<>();

  private @Nullable ActiveSegment active;
  private long lastSequence;
  private volatile long synced;
  private BatchHash lastHash;
  private long lastAtMillis;
  private @Nullable JournalFailed dead;
  private boolean closed;
  private volatile long activeRoomBytes;

  /** The segment being written. */
  private static final class ActiveSegment {
    final Path path;
    final DiskFile file;
    final SegmentHeader header;
    final long bytes;
    long position;

    ActiveSegment(Path path, DiskFile file, SegmentHeader header, long bytes, long position) {
      this.path = path;
      this.file = file;
      this.header = header;
      this.bytes = bytes;
      this.position = position;
    }
  }

  private Journal(
      Disk disk,
      Path directory,
      JournalOptions options,
      AutoCloseable lock,
      Executor background,
      long neededFrom)
      throws IOException {
    this.disk = disk;
    this.directory = directory;
    this.options = options;
    this.lock = lock;
    JournalScan scan = JournalScan.of(disk, directory, neededFrom);
    Long known = scan.journalId();
    journalId = known == null ? options.newJournalId() : known;
    opening = scan.opening();
    lastSequence = scan.lastSequence();
    synced = lastSequence;
    lastHash = scan.lastHash();
    lastAtMillis = scan.lastAtMillis();
    OpeningRepairs.cutTornTails(disk, scan);
    long lastNumber = scan.begun().isEmpty() ? 0 : scan.begun().getLast().header().number();
    prepared = new PreparedSegments(disk, directory, options, lastNumber + 1, background);
    boolean done = false;
    try {
      takeOver(scan);
      done = true;
    } finally {
      if (!done) {
        closeFiles();
      }
    }
  }

  /**
   * Opens the journal of a directory, or makes one, and takes its lock.
   *
   * @param neededFrom the first batch the caller will replay: one above the last that its snapshot
   *     covers, 1 without a snapshot. Everything from there on is read and verified before this
   *     returns; of segments that end before it, only the headers
   * @param background makes segments ahead; may run a task on the calling thread
   * @throws JournalInUse if another process has it
   * @throws JournalCorrupt if something synced is missing or changed; nothing was touched
   * @throws JournalTooNew if a later version of the gateway wrote it; nothing was touched
   */
  public static Journal open(
      Disk disk, Path directory, JournalOptions options, long neededFrom, Executor background)
      throws IOException {
    if (neededFrom < 1) {
      throw new IllegalArgumentException("neededFrom is " + neededFrom + "; batches start with 1");
    }
    disk.makeDirectory(directory);
    Path lockFile = directory.resolve(SegmentFiles.LOCK);
    AutoCloseable lock;
    try {
      lock = disk.lock(lockFile);
    } catch (LockTaken e) {
      throw new JournalInUse(lockFile, e);
    }
    boolean done = false;
    try {
      Journal journal = new Journal(disk, directory, options, lock, background, neededFrom);
      done = true;
      return journal;
    } finally {
      if (!done) {
        release(lock);
      }
    }
  }

  private void takeOver(JournalScan scan) throws IOException {
    List<JournalScan.Begun> begun = scan.begun();
    for (int i = 0; i + 1 < begun.size(); i++) {
      sealed.add(info(begun.get(i), begun.get(i + 1).header()));
    }
    if (!begun.isEmpty()) {
      JournalScan.Begun last = begun.getLast();
      DiskFile file = disk.open(last.file());
      active = new ActiveSegment(last.file(), file, last.header(), last.fileBytes(), scan.end());
      activeRoomBytes = last.fileBytes() - scan.end();
      OpeningRepairs.writeAgain(file, scan.lastBatchAt(), scan.end());
    }
    for (Path leftover : scan.leftovers()) {
      disk.delete(leftover);
    }
    boolean usable = true;
    for (JournalScan.Prepared segment : scan.prepared()) {
      // one made too small by other options, and what follows it, is made anew
      usable &= segment.fileBytes() >= JournalOptions.leastSegmentBytes(options.maxBodyBytes());
      usable &= segment.fileBytes() <= Integer.MAX_VALUE;
      if (usable) {
        prepared.add(
            new PreparedSegments.Ready(
                segment.file(),
                disk.open(segment.file()),
                segment.number(),
                (int) segment.fileBytes()));
      } else {
        disk.delete(segment.file());
      }
    }
    disk.syncDirectory(directory);
    if (active == null && prepared.count() == 0) {
      prepared.prepareMissing();
      if (prepared.count() == 0) {
        throw new IOException("can't make the first segment: " + prepared.failure());
      }
    } else {
      prepared.refill();
    }
  }

  private static SegmentInfo info(JournalScan.Begun segment, SegmentHeader next) {
    return info(segment.file(), segment.fileBytes(), segment.header(), next);
  }

  private static SegmentInfo info(
      Path path, long fileBytes, SegmentHeader header, SegmentHeader next) {
    return new SegmentInfo(
        header.number(),
        path,
        header.firstSequence(),
        next.firstSequence() - 1,
        fileBytes,
        Instant.ofEpochMilli(header.writtenAtMillis()),
        Instant.ofEpochMilli(next.writtenAtMillis()));
  }

  /** What opening found. */
  public Opening opening() {
    return opening;
  }

  /** The sequence of the last batch; 0 if there is none. */
  public long lastSequence() {
    return lastSequence;
  }

  /** The sequence of the last batch that is on disk for certain. Any thread. */
  public long synced() {
    return synced;
  }

  /** A buffer that holds the longest batch this journal takes. */
  public BatchBuffer newBatch() {
    return new BatchBuffer(options.maxBodyBytes());
  }

  /**
   * Makes a batch durable: one write, one sync. When it returns, the batch is on disk.
   *
   * @param batch its body lies before its position; at least one byte
   * @param now when it is written, by the engine's clock; kept to the millisecond
   * @throws NoRoom if the disk is full and the batch may not have the reserve, or the reserve is
   *     spent; nothing was written, and the journal lives
   * @throws JournalFailed if the disk failed, now or earlier: the process must stop
   */
  public Receipt append(BatchBuffer batch, Importance importance, Instant now)
      throws NoRoom, JournalFailed {
    if (dead != null) {
      throw dead;
    }
    if (closed) {
      throw new IllegalStateException("the journal is closed");
    }
    int bodyBytes = batch.body().position();
    if (bodyBytes < 1 || bodyBytes > options.maxBodyBytes()) {
      throw new IllegalArgumentException(
          "a body of " + bodyBytes + " bytes; 1 to " + options.maxBodyBytes() + " are taken");
    }
    int frameBytes = BatchFrame.HEADER_BYTES + bodyBytes;
    ActiveSegment segment = active;
    if (segment == null || frameBytes > activeRoomBytes) {
      return appendToNext(batch, frameBytes, importance, now.toEpochMilli());
    }
    if (importance == Importance.TELEMETRY && prepared.count() < options.reserveSegments()) {
      throw noRoom(importance);
    }
    write(batch, segment, SegmentHeader.BYTES, frameBytes, now.toEpochMilli());
    return new Receipt(lastSequence);
  }

  private Receipt appendToNext(
      BatchBuffer batch, int frameBytes, Importance importance, long nowMillis)
      throws NoRoom, JournalFailed {
    boolean mayHaveReserve = importance == Importance.ALARM;
    if (!mayHaveReserve && prepared.count() <= options.reserveSegments()) {
      throw noRoom(importance);
    }
    PreparedSegments.Ready next = prepared.take();
    if (next == null) {
      throw noRoom(importance);
    }
    SegmentHeader header =
        new SegmentHeader(
            next.bytes(), journalId, lastSequence + 1, lastHash, nowMillis, next.number());
    header.write(batch.bytes(), 0, frame);
    ActiveSegment full = active;
    ActiveSegment segment = new ActiveSegment(next.path(), next.file(), header, next.bytes(), 0);
    active = segment;
    activeRoomBytes = next.bytes();
    write(batch, segment, 0, SegmentHeader.BYTES + frameBytes, nowMillis);
    if (full != null) {
      // listed only now: what may be distilled has a synced batch behind it
      sealed.add(info(full.path, full.bytes, full.header, header));
      close(full.file);
    }
    prepared.refill();
    return new Receipt(lastSequence);
  }

  /** Writes a buffer from an index, where a segment's header or a batch's frame starts. */
  private void write(BatchBuffer batch, ActiveSegment segment, int from, int bytes, long nowMillis)
      throws JournalFailed {
    int frameAt = SegmentHeader.BYTES;
    int frameBytes = from + bytes - frameAt;
    ByteBuffer buffer = batch.bytes();
    frame.seal(
        buffer,
        frameAt,
        frameBytes - BatchFrame.HEADER_BYTES,
        journalId,
        lastSequence + 1,
        lastHash,
        nowMillis);
    BatchHash hash = frame.hash(buffer, frameAt, frameBytes);
    String act = "write";
    boolean done = false;
    try {
      segment.file.write(buffer.clear().position(from).limit(from + bytes), segment.position);
      act = "sync";
      segment.file.sync();
      done = true;
    } catch (IOException e) {
      throw fail(segment, act, e);
    } finally {
      if (!done && dead == null) {
        fail(segment, act, null); // whatever it was, what the disk holds is unknown
      }
    }
    segment.position += bytes;
    activeRoomBytes = segment.bytes - segment.position;
    lastSequence++;
    synced = lastSequence;
    lastHash = hash;
    lastAtMillis = nowMillis;
  }

  private JournalFailed fail(ActiveSegment segment, String act, @Nullable Throwable cause) {
    JournalFailed failed = new JournalFailed(segment.path, act, cause);
    dead = failed;
    return failed;
  }

  private NoRoom noRoom(Importance importance) {
    String failure = prepared.failure();
    return new NoRoom(importance, failure == null ? "the next segment isn't ready yet" : failure);
  }

  /** How much room there is. Any thread. */
  public Space space() {
    int ready = prepared.count();
    boolean roomForTwo = activeRoomBytes >= options.twoBatchesBytes();
    if (ready > options.reserveSegments() || (roomForTwo && ready == options.reserveSegments())) {
      return Space.AMPLE;
    }
    return ready > 0 || roomForTwo ? Space.RESERVE : Space.EXHAUSTED;
  }

  /** Why {@link #space} is not ample, for a person; null if no attempt to make room failed. */
  public @Nullable String spaceTrouble() {
    return prepared.failure();
  }

  /**
   * Tries again to make what segments are missing; to be called about once a second. Any thread.
   */
  public void checkSpace() {
    prepared.refill();
  }

  /** When the last batch was written, by its writer's clock; the epoch if there is none. */
  public Instant lastAt() {
    return Instant.ofEpochMilli(lastAtMillis);
  }

  /**
   * Shows all batches from a sequence on, in order, each verified. To be called before the first
   * append.
   *
   * @throws JournalCorrupt if the sequence is older than the first segment, or a file changed since
   */
  public void replay(long fromSequence, BatchVisitor visitor) throws IOException {
    new JournalReader(disk, directory).read(fromSequence, visitor);
  }

  /** The segments that are full, oldest first. Any thread. */
  public List<SegmentInfo> sealed() {
    return List.copyOf(sealed);
  }

  /**
   * Replaces the oldest sealed segment by what is worth keeping of it: an archive file, durable
   * before the segment is deleted. Safe at every step: after a failure or a crash, call it again.
   * Runs beside the writer, on one thread at a time.
   *
   * @param segment the first of {@link #sealed}, covered by a snapshot ({@link RetentionPolicy})
   * @param archiveDirectory on the same disk; made if it isn't there
   * @throws JournalCorrupt if the segment is damaged; then it stays
   */
  public ArchiveInfo distil(SegmentInfo segment, Path archiveDirectory, Distiller distiller)
      throws IOException {
    synchronized (sealed) {
      if (sealed.isEmpty() || !sealed.getFirst().equals(segment)) {
        throw new IllegalArgumentException(
            segment.file() + " isn't the oldest sealed segment; they go in order");
      }
      ArchiveInfo archived = new Distillation(disk, archiveDirectory, segment).archive(distiller);
      // names go in order too: a power cut must not leave a gap
      disk.syncDirectory(directory);
      disk.delete(segment.file());
      sealed.removeFirst();
      disk.syncDirectory(directory);
      prepared.refill();
      return archived;
    }
  }

  /** Lets go of the files and the lock. What was receipted is on disk already. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        closeFiles();
      } finally {
        release(lock);
      }
    }
  }

  private void closeFiles() throws IOException {
    ActiveSegment segment = active;
    if (segment != null) {
      close(segment.file);
    }
    prepared.close();
  }

  private static void close(DiskFile file) {
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("journal: closing a file whose bytes are synced: {}", e.toString());
    }
  }

  static void release(AutoCloseable lock) throws IOException {
    try {
      lock.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("giving back the journal's lock", e);
    }
  }
}
