package io.shouwang.rules;

import io.shouwang.model.ElderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one duty towards one elder stands at a moment.
 *
 * @param duty its name; {@link Duties#CHECKIN} for the daily "I'm well"
 * @param state of the period that runs
 * @param period names the period that is judged: the one that was missed if it is overdue
 * @param done contacts in that period
 * @param count how many are owed
 * @param doneSince contacts in the period that runs
 * @param dueAt when the period that runs ends; for an "I'm well", until when it is expected
 * @param missedAt since when it is overdue; null if it isn't
 * @param lastAt the last contact that counts; null if none is known
 */
public record OwedContact(
    ElderId elder,
    String duty,
    State state,
    String period,
    int done,
    int count,
    int doneSince,
    Instant dueAt,
    @Nullable Instant missedAt,
    @Nullable Instant lastAt) {

  /** How it stands, worst first. */
  public enum State {
    /** The last period ended without enough, and nobody was in touch since. */
    OVERDUE,
    /** The period ends soon. */
    DUE,
    OPEN,
    DONE,
    /** The home is empty, by what an operator said. */
    PAUSED
  }
}
