package io.shouwang.notify.mqtt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Counties;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Entry;
import io.shouwang.alerts.Fact;
import io.shouwang.host.Clock;
import io.shouwang.model.Directory;
import io.shouwang.model.Payload;
import io.shouwang.notify.AnswerLinks;
import io.shouwang.wording.AlertCard;
import io.shouwang.wording.Wording;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The contract's {@code alerts} messages, each in its responder's language. Any thread. */
public final class AlertMessages implements MqttChannel.Composer {
  private final AlertBook book;
  private final Supplier<Directory> directory;
  private final AnswerLinks links;
  private final Clock clock;
  private final ZoneId zone;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * Messages about the people of a registry.
   *
   * @param book where what a county said of a person is kept
   * @param directory the registry in force, asked anew each time
   * @param zone civil time in what a person reads
   */
  public AlertMessages(
      AlertBook book, Supplier<Directory> directory, AnswerLinks links, Clock clock, ZoneId zone) {
    this.book = book;
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
    Counties.latest(alert)
        .filter(_ -> alert.isOpen())
        .ifPresent(said -> card.put("forwarded", forwarded(alert, said)));
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

  /** Which alert of which county it is; who it is about, once the county said so. */
  private Map<String, Object> forwarded(Alert alert, Fact.Forwarded said) {
    Map<String, Object> forwarded = new LinkedHashMap<>();
    forwarded.put("county", said.county().value());
    forwarded.put("alert", said.its().value());
    forwarded.put("standing", AlertCard.word(said.standing()));
    for (Entry entry : alert.timeline().reversed()) {
      if (entry.fact() instanceof Fact.Forwarded each && each.withPerson()) {
        Optional<String> person = book.note(alert.id(), entry.stamp().number());
        if (person.isPresent()) {
          forwarded.put("person", new RawValue(person.get()));
          break;
        }
      }
    }
    return forwarded;
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
