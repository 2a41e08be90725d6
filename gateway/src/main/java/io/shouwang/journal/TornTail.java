package io.shouwang.journal;

import java.nio.file.Path;

/**
 * What was cut from the end of the journal when it was opened: a batch that a power cut left half
 * written, or a last batch that was damaged since. Nobody can tell these apart, so it counts as
 * <em>possibly acknowledged</em>, and a person is told.
 *
 * @param offset where the cut is, in bytes from the start of the file
 * @param bytes how many bytes were cut, up to the last one that was not zero
 * @param afterSequence the last batch that is whole
 */
public record TornTail(Path file, long offset, long bytes, long afterSequence, String reason) {

  /** One line for a person. */
  public String describe() {
    return file
        + ": "
        + bytes
        + " bytes cut at offset "
        + offset
        + " after batch "
        + afterSequence
        + " ("
        + reason
        + "); what they held was possibly acknowledged";
  }
}
