package io.shouwang.console;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.Keys;

/** The page in Chromium at one seat, measured from within. For one thread at a time. */
final class ConsolesPage implements AutoCloseable {
  private static final long BETWEEN_KEYS_NANOS = 500_000_000L;
  private final Browser browser;

  ConsolesPage(int port, String cookie) {
    browser = new Browser("http://127.0.0.1:" + port, "zh-CN", 1440, 900);
    browser.sit(cookie);
    browser.until("return document.querySelectorAll('.row').length > 10");
  }

  /** From now on notes when each row was drawn, what blocked the page, and how fast keys work. */
  void begin() {
    browser.run(
        """
        window.drawn = {}; window.long = []; window.keys = [];
        const known = new Set([...document.querySelectorAll('.row')].map((row) => row.alertId));
        new MutationObserver(() => {
          const fresh = [...document.querySelectorAll('.row')].map((row) => row.alertId)
            .filter((id) => id && !known.has(id));
          fresh.forEach((id) => known.add(id));
          if (fresh.length > 0) requestAnimationFrame(() => setTimeout(() => {
            const at = performance.timeOrigin + performance.now();
            fresh.forEach((id) => { window.drawn[id] = at; });
          }));
        }).observe(document.querySelector('alert-queue'), { childList: true, subtree: true });
        new PerformanceObserver((list) => list.getEntries()
          .forEach((one) => window.long.push(one.duration))).observe({ type: 'longtask' });
        new PerformanceObserver((list) => list.getEntries()
          .filter((one) => one.name === 'keydown')
          .forEach((one) => window.keys.push(one.duration)))
          .observe({ type: 'event', durationThreshold: 16 });
        """);
  }

  /** Somebody goes down and up the queue by key, and opens an alert now and then. */
  int useUntil(BooleanSupplier over) {
    int pressed = 0;
    while (!over.getAsBoolean()) {
      browser.press(pressed % 6 == 5 ? Keys.ENTER : pressed % 6 < 3 ? "j" : "k");
      pressed++;
      LockSupport.parkNanos(BETWEEN_KEYS_NANOS);
    }
    browser.run("window.pressed = " + pressed);
    return pressed;
  }

  /** When each alert's row was drawn, in milliseconds of the day's clock. */
  Map<String, Double> drawnMillis() {
    Map<String, Double> drawn = new HashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(browser.run("return window.drawn")))
        .forEach((alert, at) -> drawn.put((String) alert, ((Number) at).doubleValue()));
    return drawn;
  }

  private double[] sorted(String list) {
    return ((List<?>) Objects.requireNonNull(browser.run("return " + list)))
        .stream().mapToDouble(each -> ((Number) each).doubleValue()).sorted().toArray();
  }

  /** In words: what blocked the page, and how soon a key showed. */
  String usable() {
    double[] blocked = sorted("window.long");
    double[] keys = sorted("window.keys");
    double pressed =
        ((Number) Objects.requireNonNull(browser.run("return window.pressed"))).doubleValue();
    // What is faster than 16 ms the browser doesn't tell: it stands before all others.
    int untold = Math.max(0, (int) pressed - keys.length);
    int at = (int) Math.ceil(0.95 * pressed) - 1 - untold;
    return String.format(
        Locale.ROOT,
        "the page: %d tasks over 50 ms, longest %.0f ms; of %.0f keys 95 %% showed within %s ms,"
            + " all within %.0f ms; %s rows",
        blocked.length,
        blocked.length == 0 ? 0 : blocked[blocked.length - 1],
        pressed,
        at < 0 ? "16" : String.format(Locale.ROOT, "%.0f", keys[Math.min(at, keys.length - 1)]),
        keys.length == 0 ? 16 : keys[keys.length - 1],
        browser.run("return document.querySelectorAll('.row').length"));
  }

  @Override
  public void close() {
    browser.close();
  }
}
