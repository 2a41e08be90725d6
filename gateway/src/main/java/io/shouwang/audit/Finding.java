package io.shouwang.audit;

import io.shouwang.model.AlertId;
import io.shouwang.model.HomeId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that breaks a promise.
 *
 * @param home null where it is about the gateway itself
 * @param alert null where it is about none
 * @param ring the number of the ring of it that is meant; null where none is
 * @param detail for a person: ids, times and figures; no personal data
 */
public record Finding(
    What what,
    @Nullable HomeId home,
    @Nullable AlertId alert,
    @Nullable Integer ring,
    String detail) {

  /** About an alert as a whole. */
  static Finding ofAlert(What what, HomeId home, AlertId alert, String detail) {
    return new Finding(what, home, alert, null, detail);
  }

  /** About the gateway itself. */
  public static Finding ofGateway(What what, String detail) {
    return new Finding(what, null, null, null, detail);
  }

  /** What two looks must agree on to have found the same. */
  public String name() {
    return what.word()
        + (alert != null
            ? " " + alert + (ring == null ? "" : "." + ring)
            : home != null ? " " + home + " " + detail : "");
  }

  @Override
  public String toString() {
    return what.word() + ": " + detail;
  }

  /** What can be found. */
  public enum What {
    /** An open alert in which nothing is due, or something was and didn't happen (P2). */
    SILENT,
    /** Open by the journal, and the engine doesn't have it. */
    LOST,
    /** The engine has it open, and the journal doesn't. */
    UNJOURNALLED,
    /** A ring was decided, and nobody was given it, or nobody said what became of it. */
    UNPERFORMED,
    /** An alarm was acknowledged, and led to no alert (P3). */
    SWALLOWED,
    /** A synced batch can't be read. */
    JOURNAL_DAMAGED,
    /** The auditor itself doesn't get through the journal. */
    AUDIT_BEHIND,
    /** The engine doesn't turn. */
    ENGINE_STALLED,
    /** Alarms wait, and the lane has been full for long. */
    LANE_FULL,
    /** The disk is full, and so is the reserve. */
    DISK_FULL,
    /** The synthetic alarm didn't come through twice in a row. */
    SYNTHETIC_MISSED;

    /** As metrics and messages write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an input to the engine can mend it, or at least have the desk hear of it. */
    boolean isRepairable() {
      return switch (this) {
        case SILENT, LOST, UNPERFORMED, SWALLOWED -> true;
        case UNJOURNALLED,
            JOURNAL_DAMAGED,
            AUDIT_BEHIND,
            ENGINE_STALLED,
            LANE_FULL,
            DISK_FULL,
            SYNTHETIC_MISSED ->
            false;
      };
    }
  }
}
