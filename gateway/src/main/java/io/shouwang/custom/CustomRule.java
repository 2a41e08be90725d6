package io.shouwang.custom;

import dev.cel.runtime.CelEvaluationException;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Kind;
import io.shouwang.rules.Condition;
import io.shouwang.rules.Figure;
import io.shouwang.rules.Finding;
import io.shouwang.rules.Findings;
import io.shouwang.rules.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of an office's rules. Without a memory of its own: what it must remember, how the last events
 * went and since when it has held, are conditions of the home that ring nobody. Any thread.
 */
public final class CustomRule {
  private static final Logger LOG = LoggerFactory.getLogger(CustomRule.class);
  private static final String WAIT = "wait.";
  private static final String TALLY = "tally.";
  private static final String UNMARKED = "--------";
  private static final char YES = 'Y';
  private static final char NO = 'N';
  private static final char OF_DEVICE = '@';

  /** One line in the log for so many failures. */
  private static final int LOGGED_OF_FAILURES = 10_000;

  private final CustomSpec spec;
  private final Expression expression;
  private final AtomicLong failures = new AtomicLong();

  private CustomRule(CustomSpec spec, Expression expression) {
    this.spec = spec;
    this.expression = expression;
  }

  /**
   * Makes a rule of what was written.
   *
   * @param mistakes receives what is wrong with its expression
   * @return null if anything is
   */
  public static @Nullable CustomRule compile(CustomSpec spec, List<Mistake> mistakes) {
    Expression expression = Expression.compile(spec.when(), spec.every() == null, mistakes);
    return expression == null ? null : new CustomRule(spec, expression);
  }

  public CustomSpec spec() {
    return spec;
  }

  /** How often the expression could not be said true or false since the rule was loaded. */
  public long failures() {
    return failures.get();
  }

  /** An event of a kind it listens to. */
  void hear(Sight sight, Scene scene, DeviceId device, Findings findings) {
    settle(sight, scene, spec.name() + OF_DEVICE + device.value(), device, findings);
  }

  /** Time passed, and it looks by itself. */
  void look(Sight sight, Scene scene, Findings findings) {
    Duration every = spec.every();
    if (every != null) {
      findings.lookAt(sight.now().plus(every));
    }
    settle(sight, scene, spec.name(), null, findings);
  }

  /** Whether a remembered condition is this rule's. */
  boolean owns(String key) {
    int at = key.indexOf(OF_DEVICE);
    String name = plain(at < 0 ? key : key.substring(0, at));
    return name.equals(spec.name()) && (at >= 0) == (spec.every() == null);
  }

  private static String plain(String key) {
    return key.startsWith(WAIT)
        ? key.substring(WAIT.length())
        : key.startsWith(TALLY) ? key.substring(TALLY.length()) : key;
  }

  private void settle(
      Sight sight, Scene scene, String key, @Nullable DeviceId device, Findings findings) {
    Map<String, Object> values;
    boolean holds;
    try {
      values = scene.values(expression);
      holds = expression.holds(values);
    } catch (CelEvaluationException | RuntimeException | StackOverflowError | LinkageError e) {
      failed(e);
      return;
    }
    if (spec.of() > 1) {
      holds = tally(sight, key, device, holds, findings);
    }
    Optional<Condition> wait = sight.condition(CustomRules.NAME, WAIT + key);
    boolean held = sight.condition(CustomRules.NAME, key).isPresent();
    String figures = Scene.figures(expression, values);
    if (!holds) {
      if (held) {
        findings.gone(key, finding("gone", device, sight.now(), figures));
      }
      wait.ifPresent(_ -> findings.gone(WAIT + key, finding("gone", device, sight.now(), "")));
    } else if (!held && wait.isEmpty() && spec.dwell().isPositive()) {
      findings.remember(WAIT + key, finding("wait", device, sight.now(), ""));
      findings.lookAt(sight.now().plus(spec.dwell()));
    } else if (!held && wait.isPresent()) {
      ring(sight, wait.get(), figures, findings);
    } else if (!held) {
      rings(key, finding("holds", device, sight.now(), figures), findings);
    }
  }

  /** A look at what waits: nothing has said since that it no longer holds. */
  void waited(Sight sight, Scene scene, Condition condition, Findings findings) {
    boolean atEvents = spec.every() == null;
    if (atEvents && condition.key().startsWith(WAIT)) {
      ring(sight, condition, Scene.figures(expression, scene.values(expression)), findings);
    }
  }

  private void ring(Sight sight, Condition wait, String figures, Findings findings) {
    Instant due = wait.since().plus(spec.dwell());
    if (sight.now().isBefore(due)) {
      findings.lookAt(due);
      return;
    }
    String key = wait.key().substring(WAIT.length());
    int at = key.indexOf(OF_DEVICE);
    DeviceId device = at < 0 ? null : new DeviceId(key.substring(at + 1));
    findings.gone(wait.key(), finding("wait", device, wait.since(), ""));
    rings(key, finding("holds", device, wait.since(), figures), findings);
  }

  private void rings(String key, Finding finding, Findings findings) {
    findings.holds(new Kind(spec.name()), spec.severity(), key, finding);
  }

  /**
   * Enters the latest answer, and says whether enough of the last ones were yes. Each stands with a
   * mark of its event, so that one that comes twice counts once.
   */
  private boolean tally(
      Sight sight, String key, @Nullable DeviceId device, boolean holds, Findings findings) {
    String known = sight.condition(CustomRules.NAME, TALLY + key).map(Condition::code).orElse("");
    String mark = mark(sight.event());
    boolean isRepeated = !mark.equals(UNMARKED) && known.contains(mark);
    String all = isRepeated ? known : known + mark + (holds ? YES : NO);
    String last = all.substring(Math.max(0, all.length() - spec.of() * (mark.length() + 1)));
    long hits = last.chars().filter(c -> c == YES).count();
    if (hits == 0) {
      findings.gone(TALLY + key, finding("gone", device, sight.now(), ""));
    } else {
      findings.remember(TALLY + key, Finding.of(CustomRules.NAME, last, null, device, sight.now()));
    }
    return hits >= spec.hits();
  }

  /** Without an id or a time of its own, the same reading twice is two readings. */
  private static String mark(@Nullable DeviceEvent event) {
    return event == null || !event.isIdentified()
        ? UNMARKED
        : String.format("%08x", event.key().hashCode());
  }

  private Finding finding(String code, @Nullable DeviceId device, Instant since, String figures) {
    return Finding.of(
        CustomRules.NAME,
        code,
        null,
        device,
        since,
        new Figure("name", spec.name()),
        new Figure("message_zh", spec.zh()),
        new Figure("message_en", spec.en()),
        new Figure("values", figures.isEmpty() ? "-" : figures));
  }

  /** It says nothing then, neither that it holds nor that it doesn't. */
  private void failed(Throwable why) {
    long count = failures.incrementAndGet();
    if (count % LOGGED_OF_FAILURES == 1) {
      LOG.warn(
          "custom rule {} could not be decided, for the {}. time: {}",
          spec.name(),
          count,
          printable(String.valueOf(why.getMessage())));
    }
  }

  /** The message may quote a payload. */
  private static String printable(String message) {
    return message
        .substring(0, Math.min(message.length(), 200))
        .replaceAll("[^\\p{L}\\p{N}\\p{P}\\p{Sm} ]", "?");
  }
}
