package io.shouwang.rules;

import io.shouwang.model.CareContact;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import io.shouwang.model.Signal;
import io.shouwang.rules.OwedContact.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Contacts that are owed and were not made, and an "I'm well" that did not come. What was missed is
 * one alert per home, in working hours of the day after its period, each home at its own minute:
 * the end of a week must not ring a street at once.
 */
public final class DutyRule implements Rule {
  public static final String NAME = "duties";
  public static final Kind OVERDUE = new Kind("duty_overdue");
  public static final Kind CHECKIN_MISSED = new Kind("checkin_missed");

  /** For such an alert it is news that somebody found the elder well. */
  private static final Kind INACTIVITY = new Kind("inactivity");

  private static final int SPREAD_STEPS = 3_600;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void judge(Sight sight, Findings findings) {
    if (sight.event() != null && !(sight.event().signal() instanceof Signal.Checkin)) {
      return;
    }
    new Judgement(sight, findings).judge();
  }

  /** Where in the morning a home's report has its place: 0 to 1, always the same. */
  static double spread(Sight sight) {
    long mixed = sight.home().value().hashCode() * 0x9E3779B97F4A7C15L;
    return (double) Math.floorMod(mixed >>> 16, SPREAD_STEPS) / SPREAD_STEPS;
  }

  /** One home, once. */
  private static final class Judgement {
    private final Sight sight;
    private final Findings findings;
    private final Map<String, OwedContact> owedByStem = new HashMap<>();
    private final Set<String> holding = new HashSet<>();

    Judgement(Sight sight, Findings findings) {
      this.sight = sight;
      this.findings = findings;
    }

    void judge() {
      for (ElderId id : sight.elders()) {
        Directory.Elder elder = sight.directory().elder(id);
        if (elder != null) {
          judge(elder);
        }
      }
      for (Condition condition : sight.conditions(NAME)) {
        if (!condition.key().startsWith(Condition.NEWS) && !holding.contains(condition.key())) {
          endIfOver(condition);
        }
      }
      tellOfVisits();
    }

    private void judge(Directory.Elder elder) {
      DutySettings settings = sight.limits(elder.id()).duties();
      Duties duties = new Duties(settings, sight.contacts(), sight.modes(), sight.local());
      boolean owesContacts = false;
      for (OwedContact owed : duties.of(elder)) {
        owedByStem.put(stem(owed), owed);
        if (owed.duty().equals(Duties.CHECKIN)) {
          if (owed.state() == State.OVERDUE) {
            missedCheckin(owed);
          }
          findings.lookAt(duties.nextCheckinLook());
        } else {
          owesContacts = true;
          Instant missedAt = owed.missedAt();
          if (missedAt != null) {
            LocalDate day = missedAt.atZone(sight.local().getZone()).toLocalDate();
            if (!sight.now().isBefore(duties.reportAt(day, spread(sight)))) {
              overdue(owed, missedAt);
            }
          }
        }
      }
      if (owesContacts) {
        LocalDate today = sight.local().toLocalDate();
        Instant reportAt = duties.reportAt(today, spread(sight));
        findings.lookAt(
            reportAt.isAfter(sight.now())
                ? reportAt
                : duties.reportAt(today.plusDays(1), spread(sight)));
      }
    }

    private void overdue(OwedContact owed, Instant missedAt) {
      String key = stem(owed) + owed.period();
      holding.add(key);
      findings.holdsOfHome(
          OVERDUE,
          Severity.MINOR,
          key,
          Finding.of(
              NAME,
              "overdue",
              owed.elder(),
              null,
              missedAt,
              new Figure("duty_word", owed.duty()),
              new Figure("period", owed.period()),
              Figure.of("done", owed.done()),
              Figure.of("count", owed.count())));
    }

    private void missedCheckin(OwedContact owed) {
      String key = stem(owed) + owed.period();
      holding.add(key);
      findings.holds(
          CHECKIN_MISSED,
          Severity.MAJOR,
          key,
          Finding.of(
              NAME,
              "checkin_missed",
              owed.elder(),
              null,
              owed.dueAt(),
              new Figure("by_at", owed.dueAt().toString())));
    }

    /**
     * It is over when somebody was in touch, when the next one is missed and holds in its place, or
     * when it is owed no more. While nobody is at home it stays as it is.
     */
    private void endIfOver(Condition condition) {
      String key = condition.key();
      String stem = key.substring(0, key.lastIndexOf('.') + 1);
      OwedContact owed = owedByStem.get(stem);
      String code = null;
      if (holding.stream().anyMatch(other -> other.startsWith(stem))) {
        code = "missed_again";
      } else if (owed == null) {
        code = "not_owed";
      } else if (owed.doneSince() > 0) {
        code = "met";
      }
      if (code != null) {
        String[] names = stem.split("\\.", -1);
        findings.gone(
            key,
            Finding.of(
                NAME,
                code,
                new ElderId(names[1]),
                null,
                sight.now(),
                new Figure("duty_word", names[0])));
      }
    }

    private void tellOfVisits() {
      for (Sight.OpenAlert open : sight.openAlerts()) {
        if (!open.kind().equals(INACTIVITY)) {
          continue;
        }
        for (CareContact contact : sight.contacts()) {
          boolean isPerson = contact.means() != CareContact.Means.CHECKIN;
          boolean isHers = open.elder() == null || open.elder().equals(contact.elder());
          boolean isSince = !contact.at().isBefore(open.raisedAt());
          if (isPerson && isHers && isSince && contact.result().equals(CareContact.WELL)) {
            findings.news(
                INACTIVITY,
                "contact." + Long.toHexString(contact.key()),
                false,
                Finding.of(
                    NAME,
                    "found_well",
                    open.elder(),
                    open.device(),
                    contact.at(),
                    new Figure("by", contact.by()),
                    new Figure("means_word", contact.means().word())));
          }
        }
      }
    }

    private static String stem(OwedContact owed) {
      return owed.duty() + "." + owed.elder() + ".";
    }
  }
}
