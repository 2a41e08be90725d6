package io.shouwang.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the record somebody asks for.
 *
 * @param from the first moment
 * @param to the moment after the last
 * @param who as in {@link AuditEntry}; null for everybody
 * @param whose one id among those whose data it was; null for all
 * @param whats any of these; empty for all
 * @param refused only what was not done
 */
public record AuditQuery(
    Instant from,
    Instant to,
    @Nullable String who,
    @Nullable String whose,
    Set<String> whats,
    boolean refused) {
  public AuditQuery {
    whats = Set.copyOf(whats);
  }

  /** All of a time. */
  public static AuditQuery of(Instant from, Instant to) {
    return new AuditQuery(from, to, null, null, Set.of(), false);
  }

  /** Only what this one did. */
  public AuditQuery by(@Nullable String one) {
    return new AuditQuery(from, to, one, whose, whats, refused);
  }

  /** Whether no index leads to what is asked for. */
  boolean needsReading() {
    return whose != null || !whats.isEmpty() || refused;
  }

  /** Letters count, which they don't in every database's search. */
  boolean isAbout(AuditEntry entry) {
    return whose == null || List.of(entry.whose().split(",", -1)).contains(whose);
  }
}
