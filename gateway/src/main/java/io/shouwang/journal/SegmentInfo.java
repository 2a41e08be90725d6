package io.shouwang.journal;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A segment that is full and will not change.
 *
 * @param number segments are numbered from 1 without gaps; the file is named by it
 * @param bytes what the file takes on disk
 * @param from when its first batch was written
 * @param until when its last batch was written, at the latest
 */
public record SegmentInfo(
    long number,
    Path file,
    long firstSequence,
    long lastSequence,
    long bytes,
    Instant from,
    Instant until) {}
