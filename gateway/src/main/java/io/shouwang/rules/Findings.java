package io.shouwang.rules;

import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of a home at one moment. A rule says what holds and what no longer does; what
 * of it is news, and rings, is decided by what held before. Lives for one decision.
 */
public final class Findings {

  /** One thing said. */
  public sealed interface Said {
    Finding finding();
  }

  /**
   * It holds: raises an alert if it did not hold before.
   *
   * @param alert the kind of alert
   * @param key tells the rule's conditions apart
   * @param about what kind of thing it is about
   */
  public record Holds(Kind alert, Severity severity, String key, Finding finding, About about)
      implements Said {}

  /** What kind of thing a finding is about: which alert it joins, and whether it can wait. */
  public enum About {
    /** The elder or device that the finding names, or the home. */
    NAMED,
    /** The home: one alert, whomever the findings are about. */
    HOME,
    /** A device's own health, never what it says of a person: waits while the home is worked on. */
    DEVICE_HEALTH
  }

  /** It no longer holds; says nothing if it did not before. */
  public record Gone(String key, Finding finding) implements Said {}

  /**
   * News for an open alert of this kind about the same elder, device or home; raises none, and is
   * said once for each key while the alert is open.
   *
   * @param ringsAgain it makes the alert worse: who was rung is rung again
   */
  public record News(Kind alert, String key, boolean ringsAgain, Finding finding) implements Said {}

  /** Worth remembering under its code, though it rings nobody; until it is gone. */
  public record Remember(String key, Finding finding) implements Said {}

  private List<Said> said = List.of();
  private @Nullable Instant lookAt;

  public void holds(Kind alert, Severity severity, String key, Finding finding) {
    add(new Holds(alert, severity, key, finding, About.NAMED));
  }

  /** The same in one alert of the home, whomever it is about. */
  public void holdsOfHome(Kind alert, Severity severity, String key, Finding finding) {
    add(new Holds(alert, severity, key, finding, About.HOME));
  }

  /** The same about a device's own health, whoever wears it: waits while the home is worked on. */
  public void holdsOfDevice(Kind alert, Severity severity, String key, Finding finding) {
    add(new Holds(alert, severity, key, finding, About.DEVICE_HEALTH));
  }

  public void gone(String key, Finding finding) {
    add(new Gone(key, finding));
  }

  public void news(Kind alert, String key, boolean ringsAgain, Finding finding) {
    add(new News(alert, key, ringsAgain, finding));
  }

  /** Remembers something that a later look goes by; raises nothing. */
  public void remember(String key, Finding finding) {
    add(new Remember(key, finding));
  }

  /** The home must be looked at again by then, whatever is heard meanwhile. */
  public void lookAt(Instant at) {
    if (lookAt == null || at.isBefore(lookAt)) {
      lookAt = at;
    }
  }

  /** What was said, in order. */
  public List<Said> said() {
    return said;
  }

  /** When to look again; null if no rule asked for it. */
  public @Nullable Instant lookAt() {
    return lookAt;
  }

  private void add(Said one) {
    if (said.isEmpty()) {
      said = new ArrayList<>(2);
    }
    said.add(one);
  }
}
