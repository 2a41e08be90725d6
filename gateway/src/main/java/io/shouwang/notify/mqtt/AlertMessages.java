package io.shouwang.notify.mqtt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Delivery;
import io.shouwang.host.Clock;
import io.shouwang.model.Directory;
import io.shouwang.model.Payload;
import io.shouwang.notify.AnswerLinks;
import io.shouwang.wording.AlertCard;
import io.shouwang.wording.Wording;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The contract's {@code alerts} messages, each in its responder's language. Any thread. */
public final class AlertMessages implements MqttChannel.Composer {
  private final Supplier<Directory> directory;
  private final AnswerLinks links;
  private final Clock clock;
  private final ZoneId zone;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * Messages about the people of a registry.
   *
   * @param directory the registry in force, asked anew each time
   * @param zone civil time in what a person reads
   */
  public AlertMessages(Supplier<Directory> directory, AnswerLinks links, Clock clock, ZoneId zone) {
    this.directory = directory;
    this.links = links;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public Optional<Payload> compose(AlertBook.Seen seen, Delivery delivery) {
    if (!(delivery.to() instanceof Delivery.ToResponder to)) {
      return Optional.empty();
    }
    Directory registry = directory.get();
    Alert alert = seen.alert();
    Wording wording = wording(registry.responder(to.responder()));
    Instant now = clock.wall();
    Map<String, Object> card =
        alert.isOpen()
            ? AlertCard.of(seen, registry, wording, now, zone)
            : AlertCard.brief(seen, registry, wording, now, zone);
    card.put("delivery", delivery.key().toString());
    card.put("cause", AlertCard.word(delivery.cause()));
    String link = links.link(delivery.key(), to.responder(), now.plus(AnswerLinks.LASTS));
    if (!link.isEmpty()) {
      card.put("link", link);
    }
    Instant deadline = alert.deadline();
    if (deadline != null && delivery.cause().isRing()) {
      card.put("reply_by", deadline.toString());
    }
    return Optional.of(payload(card));
  }

  private static Wording wording(Directory.@Nullable Responder responder) {
    return Wording.of(responder == null ? "zh" : responder.language());
  }

  private Payload payload(Map<String, Object> card) {
    try {
      return Payload.of(json.writeValueAsBytes(card));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a card of texts and numbers is always JSON", e);
    }
  }
}
