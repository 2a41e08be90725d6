package io.shouwang.engine;

import io.shouwang.journal.Archive;
import io.shouwang.journal.ArchiveInfo;
import io.shouwang.journal.Journal;
import io.shouwang.journal.RetentionPolicy;
import io.shouwang.journal.SegmentInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets telemetry go when it is old or too much: segments that every kept snapshot covers are
 * distilled into archives, and archives go after years. One thread, beside the engine's.
 */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final Journal journal;
  private final Archive archive;
  private final Path archiveDirectory;
  private final RetentionPolicy policy;
  private final Duration archiveAge;

  Retention(
      Journal journal,
      Archive archive,
      Path archiveDirectory,
      RetentionPolicy policy,
      Duration archiveAge) {
    this.journal = journal;
    this.archive = archive;
    this.archiveDirectory = archiveDirectory;
    this.policy = policy;
    this.archiveAge = archiveAge;
  }

  /**
   * Distils what has expired.
   *
   * @param firstNotCovered the first batch a restart may need
   */
  public void run(Instant now, long firstNotCovered) throws IOException {
    for (SegmentInfo segment : policy.expired(journal.sealed(), now, firstNotCovered - 1)) {
      ArchiveInfo kept =
          journal.distil(segment, archiveDirectory, (_, body) -> Distilling.distil(body));
      LOG.info("distilled {} into {}", segment, kept);
    }
    for (ArchiveInfo old : archive.list()) {
      if (old.until().isBefore(now.minus(archiveAge))) {
        archive.delete(old);
        LOG.info("deleted {}, older than {} days", old, archiveAge.toDays());
      }
    }
  }
}
