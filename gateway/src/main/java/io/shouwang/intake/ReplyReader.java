package io.shouwang.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.shouwang.model.AlertId;
import io.shouwang.model.Identity;
import io.shouwang.model.Reply;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a responder's answer, as the device contract says. Pure; never throws. */
public final class ReplyReader {
  public static final int PAYLOAD_BYTES_MAX = 16 * 1024;
  public static final int DISPOSITION_LENGTH_MAX = 64;

  /** A longer time to arrive is read as this: ten days, far past any cap. */
  public static final int ETA_MIN_MAX = 14_400;

  /** RFC 3339 has four digits for a year; Java reads nine, which no journal can hold. */
  private static final int YEAR_MIN = 1970;

  private static final int YEAR_MAX = 9999;

  private ReplyReader() {}

  /** A reply, or why there is none. */
  public sealed interface Result {
    record Read(Reply reply) implements Result {}

    /**
     * No reply.
     *
     * @param why for the sender and the log; holds nothing of what was sent
     */
    record Unreadable(String why) implements Result {}
  }

  public static Result read(byte[] payload) {
    return read(payload, null);
  }

  /**
   * Reads a reply whose alert is named by other means, such as a path.
   *
   * @param alertOf the alert it is about if the payload doesn't say; if both say, they must agree
   */
  public static Result read(byte[] payload, @Nullable AlertId alertOf) {
    if (payload.length > PAYLOAD_BYTES_MAX) {
      return new Result.Unreadable("longer than 16 KiB");
    }
    try (JsonParser parser = Json.parser(payload)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new Result.Unreadable("not a JSON object");
      }
      Draft draft = new Draft();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        draft.take(name, parser);
        parser.finishToken();
      }
      if (parser.nextToken() != null) {
        return new Result.Unreadable("more than one JSON object");
      }
      return draft.reply(alertOf);
    } catch (IOException e) {
      return new Result.Unreadable("not JSON");
    }
  }

  private static final class Draft {
    private @Nullable String id;
    private @Nullable String alert;
    private @Nullable String answer;
    private @Nullable Integer etaMin;
    private @Nullable String disposition;
    private @Nullable String note;
    private @Nullable Instant passedAt;
    private @Nullable String wrong;

    void take(String name, JsonParser parser) throws IOException {
      switch (name) {
        case "id" -> id = text(name, parser, Reply.ID_LENGTH_MAX);
        case "alert" -> alert = text(name, parser, Identity.LENGTH_MAX);
        case "reply" -> answer = text(name, parser, 16);
        case "eta_min" -> etaMin = minutes(parser);
        case "disposition" -> disposition = text(name, parser, DISPOSITION_LENGTH_MAX);
        case "note" -> note = text(name, parser, Reply.NOTE_LENGTH_MAX);
        case "passed_at" -> passedAt = time(name, text(name, parser, Identity.LENGTH_MAX));
        default -> parser.skipChildren();
      }
    }

    private @Nullable String text(String name, JsonParser parser, int lengthMax)
        throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return null;
      }
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        parser.skipChildren();
        wrong = name + " must be a string";
        return null;
      }
      String text = Utf8.whole(parser.getText());
      if (text.length() > lengthMax) {
        wrong = name + " must have at most " + lengthMax + " characters";
        return null;
      }
      return text.isEmpty() ? null : text;
    }

    private @Nullable Instant time(String name, @Nullable String text) {
      if (text == null) {
        return null;
      }
      try {
        OffsetDateTime at = OffsetDateTime.parse(text);
        if (at.getYear() < YEAR_MIN || at.getYear() > YEAR_MAX) {
          wrong = name + " must lie in the years " + YEAR_MIN + " to " + YEAR_MAX;
          return null;
        }
        return at.toInstant().truncatedTo(ChronoUnit.MILLIS);
      } catch (DateTimeException e) {
        wrong = name + " must be RFC 3339 with an offset";
        return null;
      }
    }

    private @Nullable Integer minutes(JsonParser parser) throws IOException {
      JsonToken token = parser.currentToken();
      if (token == JsonToken.VALUE_NULL) {
        return null;
      }
      if (!token.isNumeric()) {
        parser.skipChildren();
        wrong = "eta_min must be a number";
        return null;
      }
      double minutes = parser.getDoubleValue();
      if (minutes < 0) {
        wrong = "eta_min must not be negative";
        return null;
      }
      return (int) Math.ceil(Math.min(minutes, ETA_MIN_MAX));
    }

    Result reply(@Nullable AlertId alertOf) {
      if (wrong != null) {
        return new Result.Unreadable(wrong);
      }
      AlertId about = alertOf;
      if (alert != null) {
        if (!Identity.isValid(alert)) {
          return new Result.Unreadable("alert must be 1 to 64 of A-Z a-z 0-9 _ -");
        }
        about = new AlertId(alert);
      }
      if (about == null) {
        return new Result.Unreadable("alert is missing");
      }
      if (alertOf != null && !alertOf.equals(about)) {
        return new Result.Unreadable("alert must be the one of the path");
      }
      Reply.Answer meant = answer == null ? null : answer(answer);
      if (meant == null) {
        return new Result.Unreadable("reply must be accept, decline, spoke, arrived or done");
      }
      return new Result.Read(new Reply(id, about, meant, etaMin, disposition, note, passedAt));
    }

    private static Reply.@Nullable Answer answer(String word) {
      for (Reply.Answer answer : Reply.Answer.values()) {
        if (answer.name().toLowerCase(Locale.ROOT).equals(word)) {
          return answer;
        }
      }
      return null;
    }
  }
}
