package io.shouwang.config;

import io.shouwang.notify.webhook.WebhookSignature;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway says that it is unwell: {@code audit} and {@code heartbeat} of {@code
 * gateway.yaml}.
 *
 * @param site names this gateway to people and receivers
 * @param alarms how the duty desk is rung past the engine; empty if it can't be
 * @param beats where the heartbeat goes
 */
public record AuditConfig(String site, List<Line> alarms, Synthetic synthetic, List<Beat> beats) {
  public static final AuditConfig STANDARD =
      new AuditConfig(
          "shouwang", List.of(), new Synthetic(true, Duration.ofSeconds(60)), List.of());

  public AuditConfig {
    alarms = List.copyOf(alarms);
    beats = List.copyOf(beats);
  }

  /**
   * A channel of {@code channels.yaml} and who is reached by it.
   *
   * @param to in the channel's own form; empty where the channel has only one
   * @param language {@code zh} or {@code en}
   * @param line where it stands in the file
   */
  public record Line(String channel, String to, String language, int line) {}

  /** The synthetic alarm. */
  public record Synthetic(boolean enabled, Duration every) {}

  /**
   * A receiver of the heartbeat.
   *
   * @param post with a body; if not, a bare GET
   * @param signature null for none
   */
  public record Beat(URI url, boolean post, Duration every, @Nullable WebhookSignature signature) {}
}
