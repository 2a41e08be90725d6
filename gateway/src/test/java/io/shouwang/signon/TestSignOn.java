package io.shouwang.signon;

import io.shouwang.host.Clock;
import java.time.Duration;

/** Single sign-on for tests that don't wait for it. */
public final class TestSignOn {
  private TestSignOn() {}

  /** Gives a provider so long to answer. */
  public static SignOn within(SignOnSettings settings, Clock clock, Duration answers) {
    return new SignOn(settings, new Provider(settings, clock, answers), clock);
  }
}
