package io.shouwang.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.host.Clock;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.webhook.WebhookSignature;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says outside that all is well, and says nothing when it isn't: whoever misses the beat rings. By
 * POST with a JSON body, signed as Standard Webhooks 1.0 says where there is a secret, or by a bare
 * GET, as watchers of scheduled jobs want it. No redirect is followed.
 *
 * <p>{@link #beat} belongs to one thread and never blocks.
 */
public final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int LOGGED_EACH = 100;

  /**
   * Where it goes.
   *
   * @param url may hold a secret of its own: it is never logged
   * @param signature null for none
   */
  public record Target(
      URI url, boolean post, Duration every, @Nullable WebhookSignature signature) {}

  private static final class Beating {
    final Target target;
    final String host;
    final AtomicBoolean busy = new AtomicBoolean();
    long nextNanos;
    long failed;

    Beating(Target target, long now) {
      this.target = target;
      this.host = String.valueOf(target.url().getHost());
      this.nextNanos = now;
    }
  }

  private final List<Beating> targets;
  private final String site;
  private final Clock clock;
  private final Executor threads;
  private final MeterRegistry meters;
  private final ObjectMapper json = new ObjectMapper();
  private final Http http = new Http(LIMIT, null);

  /**
   * @param site names this gateway to its receivers
   * @param threads lends one for each beat
   */
  public Heartbeat(
      List<Target> targets, String site, Clock clock, Executor threads, MeterRegistry meters) {
    this.targets = targets.stream().map(t -> new Beating(t, clock.nanos())).toList();
    this.site = site;
    this.clock = clock;
    this.threads = threads;
    this.meters = meters;
  }

  /**
   * Sends what is due; to be called about once a second.
   *
   * @param well whether all is well; if not, nothing goes out
   */
  public void beat(boolean well) {
    long now = clock.nanos();
    for (Beating beating : targets) {
      if (well && now - beating.nextNanos >= 0 && beating.busy.compareAndSet(false, true)) {
        beating.nextNanos = now + beating.target.every().toNanos();
        threads.execute(() -> send(beating));
      }
    }
  }

  private void send(Beating beating) {
    String outcome = "failed";
    try {
      Http.Reply reply = send(beating.target);
      outcome = reply.status() / 100 == 2 ? "sent" : "refused";
      ended(beating, outcome.equals("sent"), "status " + reply.status());
    } catch (Http.NoAnswer e) {
      outcome = "no_answer";
      ended(beating, false, String.valueOf(e.getMessage()));
    } finally {
      meters
          .counter("shouwang.heartbeat.sent", "host", beating.host, "outcome", outcome)
          .increment();
      beating.busy.set(false);
    }
  }

  private Http.Reply send(Target target) throws Http.NoAnswer {
    Instant now = clock.wall();
    String id = "beat-" + now.toEpochMilli();
    byte[] body = target.post() ? body(target, now) : new byte[0];
    Map<String, String> headers = new LinkedHashMap<>();
    if (target.post()) {
      headers.put("content-type", "application/json");
    }
    WebhookSignature signature = target.signature();
    if (signature != null) {
      headers.put("webhook-id", id);
      headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
      headers.put("webhook-signature", signature.sign(id, now, body));
    }
    return target.post() ? http.post(target.url(), headers, body) : http.get(target.url(), headers);
  }

  private byte[] body(Target target, Instant now) {
    return json.createObjectNode()
        .put("type", "heartbeat")
        .put("site", site)
        .put("at", now.toString())
        .put("every_s", target.every().toSeconds())
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The first failure is logged, and then each hundredth. */
  private static void ended(Beating beating, boolean sent, String how) {
    if (sent) {
      if (beating.failed > 0) {
        LOG.info("the heartbeat reaches {} again", beating.host);
      }
      beating.failed = 0;
    } else {
      if (beating.failed % LOGGED_EACH == 0) {
        LOG.warn("the heartbeat does not reach {}: {}", beating.host, how);
      }
      beating.failed++;
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
