package io.shouwang.levels;

import io.shouwang.alerts.AlertBook;
import io.shouwang.host.Clock;
import io.shouwang.model.AlertId;
import io.shouwang.model.Payload;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.webhook.WebhookSignature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Requests as another gateway makes them, and what they need around them. */
final class Signed {
  static final WebhookSignature SIGNATURE =
      WebhookSignature.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();
  static final WebhookSignature OTHER =
      WebhookSignature.of("whsec_" + "A".repeat(32)).orElseThrow();

  private Signed() {}

  static Callback.Request request(WebhookSignature by, Instant at, String type, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return new Callback.Request(
        "POST",
        Map.of(),
        Map.of(
            "content-type",
            type,
            "webhook-id",
            "m1",
            "webhook-timestamp",
            Long.toString(at.getEpochSecond()),
            "webhook-signature",
            by.sign("m1", at, body)),
        Payload.of(body));
  }

  /** A clock that stands where it is put. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread moves it
  static final class Stopped implements Clock {
    private volatile Instant now = Instant.parse("2026-03-02T08:00:00Z");
    private volatile long nanos;

    @Override
    public Instant wall() {
      return now;
    }

    @Override
    public long nanos() {
      return nanos;
    }

    void pass(Duration time) {
      now = now.plus(time);
      nanos = nanos + time.toNanos();
    }
  }

  /** No alert at all. */
  static final AlertBook EMPTY =
      new AlertBook() {
        @Override
        public Optional<Seen> find(AlertId id) {
          return Optional.empty();
        }

        @Override
        public List<Seen> open() {
          return List.of();
        }

        @Override
        public List<Seen> closed() {
          return List.of();
        }

        @Override
        public Optional<String> note(AlertId alert, long number) {
          return Optional.empty();
        }

        @Override
        public AutoCloseable watch(Consumer<Seen> listener) {
          return () -> {};
        }
      };
}
