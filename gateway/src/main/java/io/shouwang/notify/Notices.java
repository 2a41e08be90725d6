package io.shouwang.notify;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Hold;
import io.shouwang.alerts.Subject;
import io.shouwang.host.Clock;
import io.shouwang.model.Directory;
import io.shouwang.model.Directory.Way;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Payload;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.notify.mqtt.MqttChannel;
import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Notice.Field;
import io.shouwang.notify.provider.Notice.Purpose;
import io.shouwang.notify.provider.Provider;
import io.shouwang.wording.Wording;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Words a message for whoever reads it: a person who was asked learns who and where; a group learns
 * that somebody is needed, and near which building (P8). Any thread.
 */
public final class Notices implements ProviderChannel.Composer {
  private static final int ALERT_LETTERS = 6;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final AlertBook alerts;
  private final Supplier<Directory> directory;
  private final MqttChannel.Composer messages;
  private final AnswerLinks links;
  private final Clock clock;
  private final ZoneId zone;

  /**
   * Words for the people of a registry.
   *
   * @param messages gives the contract's {@code alerts} message, for systems
   */
  public Notices(
      AlertBook alerts,
      Supplier<Directory> directory,
      MqttChannel.Composer messages,
      AnswerLinks links,
      Clock clock,
      ZoneId zone) {
    this.alerts = alerts;
    this.directory = directory;
    this.messages = messages;
    this.links = links;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public Optional<Notice> compose(
      AlertBook.Seen seen, Delivery delivery, Way way, Provider provider) {
    if (!(delivery.to() instanceof Delivery.ToResponder to)) {
      return Optional.empty();
    }
    boolean ring = delivery.cause().isRing();
    if (ring && !seen.alert().isOpen()) {
      return Optional.empty();
    }
    Directory registry = directory.get();
    Directory.Responder responder = registry.responder(to.responder());
    Wording wording = Wording.of(responder == null ? "zh" : responder.language());
    Audience audience = provider.audience();
    Payload json =
        audience == Audience.SYSTEM
            ? messages.compose(seen, delivery).orElse(Payload.of(new byte[0]))
            : Payload.of(new byte[0]);
    Words words = new Words(seen.alert(), to, delivery, registry, wording, audience);
    return Optional.of(
        new Notice(
            delivery.key().toString(),
            way.address(),
            ring ? Purpose.RING : Purpose.NEWS,
            seen.alert().isAlarmClass(),
            seen.alert().marks().exercise(),
            wording.language(),
            words.title(),
            words.text(),
            words.field(Field.LINK),
            words.field(Field.CODE),
            words.fields,
            json));
  }

  /** The parts of one message. */
  private final class Words {
    private final Alert alert;
    private final Delivery.ToResponder to;
    private final Delivery delivery;
    private final Directory registry;
    private final Wording wording;
    private final Audience audience;
    final Map<Field, String> fields = new EnumMap<>(Field.class);

    Words(
        Alert alert,
        Delivery.ToResponder to,
        Delivery delivery,
        Directory registry,
        Wording wording,
        Audience audience) {
      this.alert = alert;
      this.to = to;
      this.delivery = delivery;
      this.registry = registry;
      this.wording = wording;
      this.audience = audience;
      fill();
    }

    private void fill() {
      boolean isPerson = audience != Audience.GROUP;
      Directory.Home home = registry.home(alert.home());
      fields.put(Field.KIND, exercise() + wording.kind(alert.kind()));
      fields.put(Field.ALERT, number(alert));
      fields.put(Field.TIME, TIME.format(alert.raisedAt().atZone(zone)));
      fields.put(Field.PLACE, home == null ? "" : place(home, isPerson));
      fields.put(Field.COMING, coming(isPerson));
      if (isPerson) {
        String name = elderName();
        fields.put(Field.ELDER, name);
        fields.put(Field.ELDER_MASKED, masked(name));
        fields.put(Field.WHY, wording.why(alert, zone));
        fields.put(Field.CODE, hasOthers() ? ReplyCode.of(alert.id(), to.responder()) : "");
        // From the delivery's own time: a second attempt must be the same message to a provider
        // that drops what it had already.
        Instant expiresAt = delivery.startedAt().plus(AnswerLinks.LASTS);
        String link = links.link(delivery.key(), to.responder(), expiresAt);
        fields.put(Field.LINK, link);
        fields.put(Field.LINK_TOKEN, link.substring(link.lastIndexOf('/') + 1));
      }
      fields.values().removeIf(String::isEmpty);
    }

    /** At the front of every text, and of the kind where a provider's template has the words. */
    private String exercise() {
      return alert.marks().exercise() ? wording.notice("exercise") : "";
    }

    String field(Field field) {
      return fields.getOrDefault(field, "");
    }

    String title() {
      return wording.notice("title", gaps());
    }

    String text() {
      if (to.role().equals(Role.ELDER) && delivery.cause().isRing()) {
        return wording.notice("elder", gaps());
      }
      if (audience == Audience.GROUP) {
        return wording.notice(delivery.cause().isRing() ? "group.ring" : "group.news", gaps());
      }
      StringJoiner text = new StringJoiner("\n");
      if (!delivery.cause().isRing()) {
        return wording.notice(alert.isOpen() ? "person.coming" : "person.ended", gaps());
      }
      text.add(wording.notice("person.ring", gaps()));
      if (!field(Field.COMING).isEmpty()) {
        text.add(field(Field.COMING));
      }
      text.add(
          wording.notice(
              field(Field.CODE).isEmpty() ? "person.reply" : "person.reply.code", gaps()));
      if (!field(Field.LINK).isEmpty()) {
        text.add(field(Field.LINK));
      }
      return text.toString();
    }

    private Object[] gaps() {
      return new Object[] {
        "exercise", exercise(),
        "kind", wording.kind(alert.kind()),
        "elder", field(Field.ELDER),
        "place", field(Field.PLACE),
        "time", field(Field.TIME),
        "why", field(Field.WHY),
        "alert", field(Field.ALERT),
        "coming", field(Field.COMING),
        "code", field(Field.CODE),
        "state", wording.state(alert.state())
      };
    }

    private String elderName() {
      ElderId about =
          alert.subject() instanceof Subject.OfElder(ElderId elder)
              ? elder
              : alert.elders().size() == 1 ? alert.elders().iterator().next() : null;
      Directory.@Nullable Elder card = about == null ? null : registry.elder(about);
      return card == null ? "" : card.name();
    }

    private String place(Directory.Home home, boolean isPerson) {
      if (isPerson) {
        return home.address();
      }
      if (!home.building().isEmpty()) {
        return home.building();
      }
      Directory.Home area = registry.home(HomeId.ofArea(home.area()));
      return area == null ? home.area().value() : area.address();
    }

    /** Who is coming; a group hears how many, and no names. */
    private String coming(boolean isPerson) {
      StringJoiner coming = new StringJoiner("; ");
      for (Hold hold : alert.holds()) {
        Instant etaAt = hold.etaAt();
        long minutes =
            etaAt == null
                ? 0
                : Math.max(0, Math.ceilDiv(Duration.between(clock.wall(), etaAt).toSeconds(), 60));
        String who =
            isPerson
                ? wording.inHand(hold.responder(), hold.role(), registry)
                : wording.role(hold.role());
        coming.add(
            wording.notice(
                etaAt == null ? "coming.there" : "coming", "who", who, "minutes", minutes));
      }
      return coming.toString();
    }

    /** Whether a bare "1" could mean another alert. */
    private boolean hasOthers() {
      return alerts.open().stream()
          .map(AlertBook.Seen::alert)
          .anyMatch(
              other -> !other.id().equals(alert.id()) && other.asked(to.responder()).isPresent());
    }
  }

  /** An alert's number as people say it. */
  static String number(Alert alert) {
    String id = alert.id().value();
    return id.substring(0, Math.min(ALERT_LETTERS, id.length())).toUpperCase(Locale.ROOT);
  }

  /** The first character and two stars: 林**. */
  static String masked(String name) {
    return name.isEmpty() ? "" : name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
  }

  /** A message that tries a channel, or proves an address with a code. */
  public static Notice trial(Wording wording, Purpose purpose, String address, String code) {
    String title = wording.notice("title.test");
    String text =
        purpose == Purpose.VERIFY ? wording.notice("verify", "code", code) : wording.notice("test");
    return new Notice(
        "test." + new BigInteger(96, new SecureRandom()).toString(Character.MAX_RADIX),
        address,
        purpose,
        false,
        true,
        wording.language(),
        title,
        text,
        "",
        code,
        trialFields(title, code),
        Payload.of(new byte[0]));
  }

  /** Something for each part that a template may ask for, or a good template would look wrong. */
  private static Map<Field, String> trialFields(String title, String code) {
    Map<Field, String> fields = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      fields.put(
          field,
          switch (field) {
            case KIND, ELDER, ELDER_MASKED, PLACE, WHY, ALERT, COMING -> title;
            case TIME -> TIME.format(LocalTime.MIDNIGHT);
            case CODE -> code;
            case LINK -> "";
            case LINK_TOKEN -> "test";
          });
    }
    fields.values().removeIf(String::isEmpty);
    return fields;
  }

  /** The responder that a delivery is for. */
  static Optional<ResponderId> responder(Delivery delivery) {
    return delivery.to() instanceof Delivery.ToResponder to
        ? Optional.of(to.responder())
        : Optional.empty();
  }
}
