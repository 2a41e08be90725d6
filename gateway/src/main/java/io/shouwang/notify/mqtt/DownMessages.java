package io.shouwang.notify.mqtt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Hold;
import io.shouwang.host.Clock;
import io.shouwang.model.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The contract's {@code down} messages to the wearer's device (P5). Any thread. */
public final class DownMessages implements MqttChannel.Composer {
  private final Clock clock;
  private final ObjectMapper json = new ObjectMapper();

  public DownMessages(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Payload> compose(AlertBook.Seen seen, Delivery delivery) {
    Alert alert = seen.alert();
    ObjectNode message = json.createObjectNode();
    switch (delivery.cause()) {
      case TELL_RECEIVED ->
          message.put("type", "received").put("at", delivery.startedAt().toString());
      case TELL_ACCEPTED -> {
        if (alert.holds().isEmpty()) {
          return Optional.empty(); // nobody is coming any more
        }
        Hold latest = alert.holds().getLast();
        message.put("type", "accepted").put("by", latest.relation());
        Instant etaAt = latest.etaAt();
        if (etaAt != null) {
          long seconds = Math.max(0, Duration.between(clock.wall(), etaAt).toSeconds());
          message.put("eta_min", Math.ceilDiv(seconds, 60));
        }
      }
      case TELL_CLOSED -> message.put("type", "closed");
      case RUNG, DESK, PRESSED_AGAIN, REOPENED, LAPSED, HANDED, CLAIMED, COMING, ENDED -> {
        return Optional.empty();
      }
    }
    message.put("alert", alert.id().value());
    if (delivery.to() instanceof Delivery.ToDevice to && !to.device().equals(to.mailbox())) {
      message.put("device", to.device().value());
    }
    return Optional.of(Payload.of(message.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
