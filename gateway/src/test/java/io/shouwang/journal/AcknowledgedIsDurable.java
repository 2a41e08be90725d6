package io.shouwang.journal;

import static io.shouwang.journal.JournalFixture.ARCHIVE;
import static io.shouwang.journal.JournalFixture.DIRECTORY;
import static io.shouwang.journal.JournalFixture.NOON;
import static io.shouwang.journal.JournalFixture.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.shouwang.host.Disk;
import io.shouwang.simulation.PowerCut;
import io.shouwang.simulation.Seed;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A seeded life of a journal: batches, full segments, distilling, a disk that fills up and drains,
 * power cuts at any call, ends of the process, openings interrupted by the next power cut. After
 * each opening all that was receipted must be there, unchanged and in order, and nothing that was
 * never appended.
 */
final class AcknowledgedIsDurable {
  /** The promise is broken. */
  static final class Broken extends AssertionError {
    private static final long serialVersionUID = 1L;

    Broken(Seed seed, String what) {
      super(what + "; repeat with -Dseed=" + seed.value());
    }
  }

  private static final int STEPS = 60;
  private static final Distiller EVEN =
      (sequence, body) -> sequence % 2 == 0 ? ByteBuffer.wrap(new byte[] {7}) : null;

  private final Seed seed;
  private final Random random;
  private final SimulatedDisk disk = new SimulatedDisk();
  private final Disk journalDisk;
  private final JournalOptions options;
  private final TreeMap<Long, String> acknowledged = new TreeMap<>();
  private @Nullable String inFlight;
  private long distilledTo;
  private long distillingTo;
  private Space lastPromise = Space.EXHAUSTED;
  private final List<String> story = new ArrayList<>();

  private AcknowledgedIsDurable(Seed seed, UnaryOperator<Disk> mutant) {
    this.seed = seed;
    this.journalDisk = mutant.apply(disk);
    this.random = seed.random();
    int body = 20 + random.nextInt(1500);
    int least = (int) JournalOptions.leastSegmentBytes(body);
    this.options =
        new JournalOptions(
            least + random.nextInt(3 * least), 1 + random.nextInt(3 * least), body, seed.value());
  }

  /**
   * Lives one life; throws {@link Broken} if a receipt was worth nothing. Returns what happened.
   */
  static List<String> run(Seed seed, Predicate<Path> lyingSyncs) {
    return run(seed, lyingSyncs, UnaryOperator.identity());
  }

  /** The same with a mutant between the journal and its disk. */
  static List<String> run(Seed seed, Predicate<Path> lyingSyncs, UnaryOperator<Disk> mutant) {
    AcknowledgedIsDurable life = new AcknowledgedIsDurable(seed, mutant);
    life.disk.lyingSyncs(lyingSyncs);
    for (int i = 0; i < 4; i++) {
      life.liveUntilPowerCut();
    }
    life.liveQuietly();
    return life.story;
  }

  private void liveUntilPowerCut() {
    disk.cutPowerAt(1 + random.nextInt(100));
    Journal journal = null;
    try {
      journal = openAndCheck();
      for (int i = 0; i < STEPS; i++) {
        step(journal);
      }
      if (random.nextBoolean()) {
        journal.close();
      }
    } catch (PowerCut e) {
      story.add("power cut");
    } catch (IOException e) {
      throw new Broken(seed, "the journal failed on a disk that works: " + e);
    }
    if (random.nextInt(4) == 0) {
      disk.restart();
      story.add("process ended");
    } else {
      disk.crash(random);
      story.add("crash");
    }
  }

  private void liveQuietly() {
    try (Journal journal = openAndCheck()) {
      append(journal, Importance.ALARM);
    } catch (IOException e) {
      throw new Broken(seed, "the journal failed on a disk that works: " + e);
    }
  }

  private Journal openAndCheck() throws IOException {
    disk.capacity(Long.MAX_VALUE);
    long first = new JournalReader(disk, DIRECTORY).firstSequence().orElse(1);
    if (first == distillingTo + 1) {
      distilledTo = distillingTo; // the power failed after the segment was gone
    }
    Journal journal = Journal.open(journalDisk, DIRECTORY, options, distilledTo + 1, Runnable::run);
    Map<Long, String> found = new TreeMap<>();
    journal.replay(
        Math.max(distilledTo + 1, journal.opening().firstSequence()),
        (sequence, body) -> found.put(sequence, text(body)));
    Map<Long, String> expected = new TreeMap<>(acknowledged.tailMap(distilledTo + 1));
    String last = inFlight;
    long lastKnown = acknowledged.isEmpty() ? 0 : acknowledged.lastKey();
    if (last != null && journal.lastSequence() == lastKnown + 1) {
      expected.put(lastKnown + 1, last);
      acknowledged.put(lastKnown + 1, last);
    }
    inFlight = null;
    lastPromise = Space.EXHAUSTED;
    if (!found.equals(expected)) {
      throw new Broken(seed, "acknowledged " + expected.keySet() + ", found " + found.keySet());
    }
    checkArchive();
    story.add("opened at " + journal.lastSequence() + " " + journal.opening().lastHash());
    return journal;
  }

  /** Each distilled batch that is worth keeping is in the archive. */
  private void checkArchive() throws IOException {
    List<Long> kept = new ArrayList<>();
    Archive archive = new Archive(disk, ARCHIVE);
    for (ArchiveInfo info : archive.list()) {
      archive.read(info.file(), (sequence, body) -> kept.add(sequence));
    }
    for (long sequence = 2; sequence <= distilledTo; sequence += 2) {
      if (!kept.contains(sequence)) {
        throw new Broken(seed, "distilled batch " + sequence + " is not in the archive");
      }
    }
  }

  private void step(Journal journal) throws IOException {
    switch (random.nextInt(12)) {
      case 0 -> journal.checkSpace();
      case 1 -> distil(journal);
      case 2 -> disk.capacity(disk.usedBytes() + random.nextInt(2 * options.segmentBytes()));
      case 3 -> disk.capacity(Long.MAX_VALUE);
      case 4, 5, 6 -> append(journal, Importance.TELEMETRY);
      default -> append(journal, Importance.ALARM);
    }
  }

  private void distil(Journal journal) throws IOException {
    List<SegmentInfo> sealed = journal.sealed();
    if (!sealed.isEmpty()) {
      SegmentInfo oldest = sealed.getFirst();
      distillingTo = oldest.lastSequence();
      try {
        journal.distil(oldest, ARCHIVE, EVEN);
        distilledTo = oldest.lastSequence();
        story.add("distilled to " + distilledTo);
      } catch (IOException e) {
        if (disk.exists(oldest.file()) && !String.valueOf(e.getMessage()).contains("No space")) {
          throw e;
        }
      }
    }
  }

  private void append(Journal journal, Importance importance) throws IOException {
    byte[] body = new byte[1 + random.nextInt(options.maxBodyBytes())];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) ('a' + random.nextInt(26));
    }
    BatchBuffer batch = journal.newBatch();
    batch.body().put(body);
    String text = new String(body, UTF_8);
    Space promised = journal.space();
    Space promisedBefore = lastPromise;
    lastPromise = promised;
    inFlight = text;
    try {
      Receipt receipt = journal.append(batch, importance, NOON);
      acknowledged.put(receipt.sequence(), text);
      story.add(receipt.toString());
    } catch (NoRoom e) {
      if (promises(promised, importance) || promises(promisedBefore, importance)) {
        throw new Broken(
            seed, "refused a batch though space was " + promised + ", before " + promisedBefore);
      }
      story.add("refused " + importance);
    }
    inFlight = null;
  }

  /** {@link Space} speaks of the next two batches: the engine decides one while another syncs. */
  private static boolean promises(Space space, Importance importance) {
    return space == Space.AMPLE || (space == Space.RESERVE && importance == Importance.ALARM);
  }
}
