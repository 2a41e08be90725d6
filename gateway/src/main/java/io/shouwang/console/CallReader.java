package io.shouwang.console;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.shouwang.intake.Utf8;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads what an operator says about somebody who called. */
final class CallReader {
  static final int PAYLOAD_BYTES_MAX = 16 * 1024;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              new JsonFactoryBuilder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxStringLength(PAYLOAD_BYTES_MAX)
                          .maxNumberLength(64)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CallReader() {}

  /**
   * The input.
   *
   * @throws Problem 400 when a field is missing or wrong
   */
  static Input.CallReceived read(byte[] body, ResponderId by) {
    JsonNode json = json(body);
    String elder = text(json, "elder", Identity.LENGTH_MAX);
    String kind = text(json, "kind", Identity.LENGTH_MAX);
    return new Input.CallReceived(
        identity("id", required(json, "id")),
        kind == null ? Kind.SOS : new Kind(identity("kind", kind)),
        new HomeId(identity("home", required(json, "home"))),
        elder == null ? null : new ElderId(identity("elder", elder)),
        by,
        text(json, "note", Reply.NOTE_LENGTH_MAX));
  }

  /**
   * A body that must be a JSON object.
   *
   * @throws Problem 400 when it isn't
   */
  static JsonNode json(byte[] body) {
    JsonNode json;
    try {
      json = Utf8.isText(body) ? MAPPER.readTree(body) : null;
    } catch (IOException e) {
      json = null;
    }
    if (json == null || !json.isObject()) {
      throw Problem.badRequest("the body must be a JSON object");
    }
    return json;
  }

  private static String required(JsonNode json, String name) {
    return required(json, name, Identity.LENGTH_MAX);
  }

  static String required(JsonNode json, String name, int lengthMax) {
    String text = text(json, name, lengthMax);
    if (text == null) {
      throw Problem.badRequest(name + " is missing");
    }
    return text;
  }

  static @Nullable String text(JsonNode json, String name, int lengthMax) {
    JsonNode value = json.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || value.textValue().length() > lengthMax) {
      throw Problem.badRequest(name + " must be a string of at most " + lengthMax + " characters");
    }
    return Utf8.whole(value.textValue());
  }

  /**
   * Lines and words; nothing that moves a cursor, ends a text for a database, or is half a sign.
   */
  static String prose(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .replace('\t', ' ')
        .codePoints()
        .filter(c ->
            c == '\n'
                || (!Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE))
        .forEach(clean::appendCodePoint);
    return clean.toString().strip();
  }

  static String identity(String name, String text) {
    if (!Identity.isValid(text)) {
      throw Problem.badRequest(name + " must be 1 to 64 of A-Z a-z 0-9 _ -");
    }
    return text;
  }
}
