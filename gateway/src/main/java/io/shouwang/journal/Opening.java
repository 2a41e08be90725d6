package io.shouwang.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What opening the journal found.
 *
 * @param firstSequence the first batch still in a segment; 1 above the last if there is none
 * @param lastSequence the last batch; 0 if there is none
 * @param lastAt when the last batch was written, by the clock of its writer; the epoch if none
 * @param tornTails what was cut; more than one only if the disk lost more than a power cut explains
 */
public record Opening(
    long firstSequence,
    long lastSequence,
    BatchHash lastHash,
    Instant lastAt,
    List<TornTail> tornTails) {

  public Opening {
    tornTails = List.copyOf(tornTails);
  }

  public Optional<TornTail> tornTail() {
    return tornTails.stream().findFirst();
  }
}
