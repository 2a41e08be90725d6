package io.shouwang.engine;

import io.shouwang.host.Disk;
import io.shouwang.journal.Archive;
import io.shouwang.journal.ArchiveInfo;
import io.shouwang.journal.JournalReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * All that a data directory still has of what was taken in and decided: what is kept of distilled
 * segments, then the segments. Reads without the lock and without writing, also while the gateway
 * runs. One thread.
 */
public final class JournalledPast {
  /**
   * What there is.
   *
   * @param fromTheFirst nothing is missing at the beginning
   * @param distilledFrom the first record of the archive; null if nothing was distilled
   * @param wholeFrom the first record of the segments; null if there is none
   * @param until the last record; null if there is none
   * @param lastSequence the last batch read
   */
  public record Extent(
      boolean fromTheFirst,
      @Nullable Instant distilledFrom,
      @Nullable Instant wholeFrom,
      @Nullable Instant until,
      long lastSequence) {}

  /** Is shown each record, in order. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes a record.
     *
     * @param distilled what led to no fact is missing around it
     */
    void record(Decided decided, boolean distilled);
  }

  private final Archive archive;
  private final JournalReader reader;

  /** Of the state directory. */
  public JournalledPast(Disk disk, Path data) {
    this.archive = new Archive(disk, data.resolve("archive"));
    this.reader = new JournalReader(disk, data.resolve("journal"));
  }

  /** When the first record that is left was taken in; empty while there is none. */
  public Optional<Instant> begins() throws IOException {
    try {
      List<ArchiveInfo> archived = archive.list();
      if (!archived.isEmpty()) {
        archive.read(archived.getFirst().file(), (_, body) -> first(body));
      }
      OptionalLong whole = reader.firstSequence();
      if (whole.isPresent()) {
        reader.read(whole.getAsLong(), (_, body) -> first(body));
      }
      return Optional.empty();
    } catch (Found found) {
      return Optional.of(found.at);
    }
  }

  private static void first(ByteBuffer body) {
    BatchCodec.read(
        body,
        decided -> {
          throw new Found(decided.stamp().now());
        });
  }

  /** Ends a reading that has seen enough. */
  private static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Instant at;

    Found(Instant at) {
      super(null, null, false, false);
      this.at = at;
    }
  }

  /** Reads all there is. */
  public Extent read(Visitor visitor) throws IOException {
    return read(Long.MAX_VALUE, visitor);
  }

  /**
   * Reads what there is up to and with a batch, so that a second reading sees no more than the
   * first.
   */
  public Extent read(long lastSequence, Visitor visitor) throws IOException {
    Reading reading = new Reading(visitor);
    long firstWhole = reader.firstSequence().orElse(Long.MAX_VALUE);
    List<ArchiveInfo> archived = archive.list();
    for (ArchiveInfo info : archived) {
      archive.read(
          info.file(),
          (sequence, body) -> {
            // A crash may have left both what was distilled and what is kept of it.
            if (sequence < firstWhole) {
              reading.batch(sequence, body, true);
            }
          });
    }
    if (firstWhole != Long.MAX_VALUE) {
      reader.read(
          firstWhole,
          (sequence, body) -> {
            if (sequence <= lastSequence) {
              reading.batch(sequence, body, false);
            }
          });
    }
    long first = archived.isEmpty() ? firstWhole : archived.getFirst().firstSequence();
    return reading.extent(first <= 1);
  }

  private static final class Reading {
    private final Visitor visitor;
    private @Nullable Instant distilledFrom;
    private @Nullable Instant wholeFrom;
    private @Nullable Instant until;
    private long sequence;

    Reading(Visitor visitor) {
      this.visitor = visitor;
    }

    void batch(long number, ByteBuffer body, boolean distilled) {
      sequence = number;
      BatchCodec.read(
          body,
          decided -> {
            Instant at = decided.stamp().now();
            if (distilled && distilledFrom == null) {
              distilledFrom = at;
            } else if (!distilled && wholeFrom == null) {
              wholeFrom = at;
            }
            until = at;
            visitor.record(decided, distilled);
          });
    }

    Extent extent(boolean fromTheFirst) {
      return new Extent(fromTheFirst, distilledFrom, wholeFrom, until, sequence);
    }
  }
}
