package io.shouwang.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.shouwang.model.CareContact;
import io.shouwang.model.ContactReport;
import io.shouwang.model.ElderId;
import io.shouwang.model.Identity;
import io.shouwang.model.Reply;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads what somebody says about a visit or a call, as the contract says. Pure; never throws. */
public final class ContactReader {
  public static final int PAYLOAD_BYTES_MAX = ReplyReader.PAYLOAD_BYTES_MAX;

  private ContactReader() {}

  /** A report, or why there is none. */
  public sealed interface Result {
    record Read(ContactReport report) implements Result {}

    /**
     * No report.
     *
     * @param why for the sender and the log; holds nothing of what was sent
     */
    record Unreadable(String why) implements Result {}
  }

  /**
   * Reads a report.
   *
   * @param elderOf the elder that the path names; null if the payload must say. If both say, they
   *     must agree
   */
  public static Result read(byte[] payload, @Nullable ElderId elderOf) {
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
      return draft.report(elderOf);
    } catch (IOException e) {
      return new Result.Unreadable("not JSON");
    }
  }

  private static final class Draft {
    private @Nullable String id;
    private @Nullable String elder;
    private @Nullable String means;
    private @Nullable Instant at;
    private @Nullable String result;
    private @Nullable String note;
    private @Nullable String wrong;

    void take(String name, JsonParser parser) throws IOException {
      switch (name) {
        case "id" -> id = text(name, parser, Reply.ID_LENGTH_MAX);
        case "elder" -> elder = text(name, parser, Identity.LENGTH_MAX);
        case "means" -> means = text(name, parser, 16);
        case "at" -> at = time(parser);
        case "result" -> result = text(name, parser, Identity.LENGTH_MAX);
        case "note" -> note = text(name, parser, Reply.NOTE_LENGTH_MAX);
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

    private @Nullable Instant time(JsonParser parser) throws IOException {
      JsonToken token = parser.currentToken();
      if (token == JsonToken.VALUE_NULL) {
        return null;
      }
      boolean isScalar = token.isScalarValue();
      Instant said =
          isScalar ? SignalReader.instant(new Fields.Value(token, parser.getText())) : null;
      if (!isScalar) {
        parser.skipChildren();
      }
      if (said == null) {
        wrong = "at must be RFC 3339 with an offset, or epoch milliseconds";
      }
      return said;
    }

    Result report(@Nullable ElderId elderOf) {
      if (wrong != null) {
        return new Result.Unreadable(wrong);
      }
      ElderId about = elderOf;
      if (elder != null) {
        if (!Identity.isValid(elder)) {
          return new Result.Unreadable("elder must be 1 to 64 of A-Z a-z 0-9 _ -");
        }
        about = new ElderId(elder);
      }
      if (about == null) {
        return new Result.Unreadable("elder is missing");
      }
      if (elderOf != null && !elderOf.equals(about)) {
        return new Result.Unreadable("elder must be the one of the path");
      }
      CareContact.Means how = means == null ? null : means(means);
      if (how == null) {
        return new Result.Unreadable("means must be visit or call");
      }
      String word = result == null ? CareContact.REACHED : result;
      if (!Identity.isValid(word)) {
        return new Result.Unreadable("result must be one word: well, no_answer, not_home, ...");
      }
      return new Result.Read(new ContactReport(id, about, how, at, word, note));
    }

    /** "I'm well" is the elder's own to say, by a device. */
    private static CareContact.@Nullable Means means(String word) {
      return switch (word) {
        case "visit" -> CareContact.Means.VISIT;
        case "call" -> CareContact.Means.CALL;
        default -> null;
      };
    }
  }
}
