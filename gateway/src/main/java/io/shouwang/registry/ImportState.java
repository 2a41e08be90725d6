package io.shouwang.registry;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an import is.
 *
 * @param id names it until the next start
 * @param by who began it
 * @param file that is being read; empty in other stages
 * @param rows that have been read or compared, of about so many; 0 when not known
 * @param problems the first of the files' mistakes
 * @param problemCount of all of them
 * @param preview what would change; null until it has been checked
 * @param misfits where edits that were to be kept don't fit the files
 * @param secrets the name of the file with new secrets, in the data directory; null if there is
 *     none
 * @param why it failed, or must be activated again, for a person; empty if not
 */
public record ImportState(
    String id,
    String by,
    Instant begun,
    Stage stage,
    String file,
    long rows,
    long of,
    List<RowProblem> problems,
    long problemCount,
    @Nullable Preview preview,
    List<EntryProblem> misfits,
    @Nullable String secrets,
    int newSecrets,
    String why) {

  /** What is being done, or what came of it. */
  public enum Stage {
    RECEIVING,
    READING,
    BUILDING,
    COMPARING,
    /** It waits for somebody to say that it shall hold. */
    READY,
    ACTIVATING,
    IN_FORCE,
    REFUSED,
    CANCELLED,
    FAILED;

    /** Whether nothing comes after it. */
    public boolean isEnd() {
      return switch (this) {
        case RECEIVING, READING, BUILDING, COMPARING, READY, ACTIVATING -> false;
        case IN_FORCE, REFUSED, CANCELLED, FAILED -> true;
      };
    }
  }

  public ImportState {
    problems = List.copyOf(problems);
    misfits = List.copyOf(misfits);
  }

  static ImportState begun(String id, String by, Instant at) {
    return new ImportState(
        id, by, at, Stage.RECEIVING, "", 0, 0, List.of(), 0, null, List.of(), null, 0, "");
  }

  ImportState at(Stage now, String reading, long done, long all) {
    return new ImportState(
        id,
        by,
        begun,
        now,
        reading,
        done,
        all,
        problems,
        problemCount,
        preview,
        misfits,
        secrets,
        newSecrets,
        why);
  }

  ImportState refused(List<RowProblem> mistakes, long count) {
    return new ImportState(
        id, by, begun, Stage.REFUSED, "", 0, 0, mistakes, count, null, List.of(), null, 0, "");
  }

  ImportState ready(Preview seen) {
    return new ImportState(
        id, by, begun, Stage.READY, "", 0, 0, List.of(), 0, seen, List.of(), null, 0, "");
  }

  /** It could not take force as it was asked to. */
  ImportState again(@Nullable Preview seen, String reason) {
    return new ImportState(
        id, by, begun, Stage.READY, "", 0, 0, List.of(), 0, seen, List.of(), null, 0, reason);
  }

  ImportState misfit(List<EntryProblem> places) {
    return new ImportState(
        id, by, begun, Stage.READY, "", 0, 0, List.of(), 0, preview, places, null, 0, "");
  }

  ImportState inForce(@Nullable String file, int made) {
    return new ImportState(
        id, by, begun, Stage.IN_FORCE, "", 0, 0, List.of(), 0, preview, List.of(), file, made, "");
  }

  ImportState failed(String reason) {
    return new ImportState(
        id, by, begun, Stage.FAILED, "", 0, 0, List.of(), 0, preview, List.of(), null, 0, reason);
  }
}
