package io.shouwang.rules;

import io.shouwang.model.CareContact;
import io.shouwang.model.Directory;
import io.shouwang.model.Identity;
import io.shouwang.model.Role;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Set;

/**
 * How often an elder of some category must be contacted.
 *
 * @param name an identity, unique among the duties
 * @param categories whom it is owed to: who has any of them; everybody if empty
 * @param count so often in each period, 1 to {@link #COUNT_MAX}
 * @param means what counts
 * @param by whose contacts count; anybody's who answers for the elder if empty
 * @param dueSoon so long before the period's end it is listed as due
 */
public record Duty(
    String name,
    Set<String> categories,
    int count,
    Per per,
    Set<CareContact.Means> means,
    Set<Role> by,
    Duration dueSoon) {
  public static final int COUNT_MAX = 20;

  public Duty {
    if (!Identity.isValid(name)) {
      throw new IllegalArgumentException("a duty's name must be 1 to 64 of A-Z a-z 0-9 _ -");
    }
    if (count < 1 || count > COUNT_MAX) {
      throw new IllegalArgumentException("count must be 1 to " + COUNT_MAX);
    }
    if (means.isEmpty()) {
      throw new IllegalArgumentException("means must name one at least");
    }
    if (dueSoon.isNegative() || dueSoon.compareTo(Duration.ofDays(31)) > 0) {
      throw new IllegalArgumentException("due_soon must be from 0 to 31 days");
    }
    categories = Set.copyOf(categories);
    means = Set.copyOf(means);
    by = Set.copyOf(by);
  }

  /** Whether it is owed to this elder. */
  public boolean isOwedTo(Directory.Elder elder) {
    return categories.isEmpty() || elder.categories().stream().anyMatch(categories::contains);
  }

  /** Whether this contact is one of those that are owed. */
  public boolean counts(CareContact contact) {
    return contact.reached()
        && means.contains(contact.means())
        && (by.isEmpty() || contact.roles().stream().anyMatch(by::contains));
  }

  /** The civil period in which so many are owed. */
  public enum Per {
    DAY,
    /** From Monday on. */
    WEEK,
    /** From the first of a month on. */
    MONTH;

    /** The first day of the period that a day lies in. */
    public LocalDate begin(LocalDate day) {
      return switch (this) {
        case DAY -> day;
        case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
        case MONTH -> day.withDayOfMonth(1);
      };
    }

    /** The first day of the period after the one that begins on a day. */
    public LocalDate next(LocalDate begin) {
      return switch (this) {
        case DAY -> begin.plusDays(1);
        case WEEK -> begin.plusWeeks(1);
        case MONTH -> begin.plusMonths(1);
      };
    }

    /** The first day of the period before the one that begins on a day. */
    public LocalDate previous(LocalDate begin) {
      return switch (this) {
        case DAY -> begin.minusDays(1);
        case WEEK -> begin.minusWeeks(1);
        case MONTH -> begin.minusMonths(1);
      };
    }
  }
}
