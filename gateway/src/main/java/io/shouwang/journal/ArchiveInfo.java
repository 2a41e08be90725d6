package io.shouwang.journal;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What is kept of a segment that was distilled.
 *
 * @param number the number of the segment it was made from
 * @param firstSequence the segment's first batch, whether kept or not
 * @param lastSequence the segment's last batch, whether kept or not
 * @param batches how many batches have something kept
 * @param bytes the size of the file
 */
public record ArchiveInfo(
    Path file,
    long number,
    long firstSequence,
    long lastSequence,
    int batches,
    long bytes,
    Instant from,
    Instant until) {}
