package io.shouwang.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Home;
import io.shouwang.engine.Baseline;
import io.shouwang.engine.Decided;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The auditor's books beside a home that is decided, for tests of other packages. */
public final class SecondBooks {
  private final Reckoning reckoning = new Reckoning(Baseline.NONE);

  public void take(Decided record) {
    reckoning.take(record);
  }

  /** What they say is wrong. */
  public List<Finding> look(Instant now, Duration slack) {
    return reckoning.look(now, slack, _ -> true);
  }

  /** Fails if they say anything else than the home. Who never reports an expiry is not asked. */
  public void check(Instant now, Duration slack, Home home) {
    assertEquals(
        List.of(),
        look(now, slack).stream().filter(f -> f.what() != Finding.What.UNPERFORMED).toList(),
        "TheAuditIsQuiet");
    Set<?> open =
        home.alerts().stream().filter(Alert::isOpen).map(Alert::id).collect(Collectors.toSet());
    assertEquals(open, reckoning.open());
  }
}
