package io.shouwang.levels;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Closing;
import io.shouwang.alerts.Counties;
import io.shouwang.alerts.Entry;
import io.shouwang.alerts.Fact;
import io.shouwang.levels.CloudEvent.Unreadable;
import io.shouwang.model.AlertId;
import io.shouwang.model.Identity;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.wording.AlertCard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a city does about a county's alert, as the city writes it and the county takes it in: {@code
 * io.shouwang.city.replied.v1} and {@code io.shouwang.city.reopened.v1}.
 */
final class Doings {
  static final String REPLIED = "io.shouwang.city.replied.v1";
  static final String REOPENED = "io.shouwang.city.reopened.v1";

  /** How such an answer came, in the county's timeline. */
  static final String CHANNEL = "city";

  /** A county's operator closes with a note; so does a city's desk whose system knows none. */
  private static final String NO_NOTE = "市级结案，未附说明";

  private static final int ETA_MAX = 60;

  private Doings() {}

  /** Whether an entry is the city's own doing, and still holds. */
  static boolean isToTell(Alert alert, Entry entry) {
    return switch (entry.fact()) {
      case Fact.Replied replied ->
          switch (replied.answer()) {
            // What was let go or has lapsed since would only confuse the county.
            case ACCEPT, ON_THE_WAY, ARRIVED -> alert.holdOf(replied.by()).isPresent();
            case DONE -> isEndOf(alert, replied);
            case DECLINE, SPOKE -> alert.isOpen();
            case WELL -> false;
          };
      case Fact.Reopened reopened -> alert.isOpen() && !reopened.channel().equals(COUNTY);
      case Fact.Raised _,
          Fact.CallTaken _,
          Fact.ExerciseBegan _,
          Fact.CallRang _,
          Fact.CallWent _,
          Fact.TroubleSeen _,
          Fact.FoundSilent _,
          Fact.Forwarded _,
          Fact.CountySeen _,
          Fact.EvidenceAdded _,
          Fact.Found _,
          Fact.Cleared _,
          Fact.RungReached _,
          Fact.DeskReached _,
          Fact.DeliveryStarted _,
          Fact.DeliveryEnded _,
          Fact.Held _,
          Fact.HoldEnded _,
          Fact.RingsOn _,
          Fact.Closed _,
          Fact.MergedFrom _,
          Fact.MergedInto _,
          Fact.Parted _,
          Fact.Hurried _,
          Fact.HandoverOffered _,
          Fact.HandoverEnded _ ->
          false;
    };
  }

  /** How a county's reopening is marked in our timeline. */
  private static final String COUNTY = Counties.ROLE.value();

  private static boolean isEndOf(Alert alert, Fact.Replied replied) {
    Closing closing = alert.closing();
    return closing != null && closing.by().equals(replied.by());
  }

  /** The numbers of the entries that the county must hear of. */
  static List<Long> toTell(Alert alert) {
    List<Long> numbers = new ArrayList<>();
    for (Entry entry : alert.timeline()) {
      if (isToTell(alert, entry)) {
        numbers.add(entry.stamp().number());
      }
    }
    return numbers;
  }

  /** One entry, written for the county by the city; empty if it no longer holds. */
  static Optional<CloudEvent> write(ResponderId self, Alert alert, long number, AlertBook book) {
    Optional<Fact.Forwarded> forwarded = Counties.latest(alert);
    if (forwarded.isEmpty()) {
      return Optional.empty();
    }
    for (Entry entry : alert.timeline()) {
      if (entry.stamp().number() == number && isToTell(alert, entry)) {
        ObjectNode data = CloudEvent.JSON.createObjectNode();
        book.note(alert.id(), number).ifPresent(note -> data.put("note", note));
        String type;
        if (entry.fact() instanceof Fact.Replied replied) {
          type = REPLIED;
          data.put("by", replied.by().value());
          data.put("reply", AlertCard.word(replied.answer()));
          if (replied.etaMin() != null) {
            data.put("eta_min", replied.etaMin());
          }
          if (replied.disposition() != null) {
            data.put("disposition", replied.disposition());
          }
        } else {
          type = REOPENED;
          data.put("by", ((Fact.Reopened) entry.fact()).by().value());
        }
        return Optional.of(
            new CloudEvent(
                alert.id() + "." + number,
                CloudEvent.sourceOf(self.value()),
                type,
                forwarded.get().its().value(),
                entry.stamp().now(),
                data));
      }
    }
    return Optional.empty();
  }

  /** Reads what the city did, as an answer by somebody who may close. */
  static Input read(LevelSettings.City city, CloudEvent event, Instant now) throws Unreadable {
    if (event.subject() == null || !Identity.isValid(event.subject())) {
      throw new Unreadable("subject must be the alert's id here");
    }
    AlertId alert = new AlertId(event.subject());
    ResponderId by = by(city, CloudEvent.text(event.data(), "by"));
    String id = replyId(event.id());
    String note = note(event);
    if (event.type().equals(REOPENED)) {
      return new Input.AlertReopened(alert, id, by, true, CHANNEL, note);
    }
    if (!event.type().equals(REPLIED)) {
      throw new Unreadable("type is none of a city's");
    }
    Reply.Answer answer = Standings.word(event.data(), "reply", Reply.Answer.values());
    boolean ends = answer == Reply.Answer.DONE;
    return new Input.ReplyReceived(
        new Reply(
            id,
            alert,
            answer,
            etaMin(event, now),
            CloudEvent.textIf(event.data(), "disposition"),
            ends && note == null ? NO_NOTE : note),
        by,
        true,
        CHANNEL);
  }

  /** The desk of the city by name, so that the timeline says who. */
  private static ResponderId by(LevelSettings.City city, String said) throws Unreadable {
    if (!Identity.isValid(said)) {
      throw new Unreadable("by must be 1 to 64 of A-Z a-z 0-9 _ -");
    }
    String name = city.id() + "-" + said;
    return name.length() <= Identity.LENGTH_MAX ? new ResponderId(name) : city.id();
  }

  private static String replyId(String id) throws Unreadable {
    if (id.length() > Reply.ID_LENGTH_MAX) {
      throw new Unreadable("id is longer than " + Reply.ID_LENGTH_MAX);
    }
    return id;
  }

  private static @Nullable String note(CloudEvent event) throws Unreadable {
    if (!event.data().has("note")) {
      return null;
    }
    String note = event.data().get("note").textValue();
    if (note == null || note.length() > Reply.NOTE_LENGTH_MAX) {
      throw new Unreadable("note must be a text of at most " + Reply.NOTE_LENGTH_MAX);
    }
    return note.isBlank() ? null : note;
  }

  /** What is left of it: it may have been under way for a while. */
  private static @Nullable Integer etaMin(CloudEvent event, Instant now) throws Unreadable {
    if (!event.data().has("eta_min")) {
      return null;
    }
    long said = CloudEvent.number(event.data(), "eta_min");
    long passed = Math.max(0, Duration.between(event.time(), now).toMinutes());
    return Math.clamp(said - passed, 1, ETA_MAX);
  }
}
