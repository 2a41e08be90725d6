package io.shouwang.notify.smpp;

import io.shouwang.notify.provider.Failure;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a message went, as a deliver_sm tells it: by the fields receipted_message_id and
 * message_state, else in the customary text (SMPP 3.4, appendix B).
 *
 * @param taggedId by the field; null if it isn't there
 * @param textId by the text; null if it says none
 * @param state the word that stands behind "stat:" in the text, or the same for the field's number
 * @param error the network's own code; empty if there is none
 */
record DeliveryReceipt(
    @Nullable String taggedId, @Nullable String textId, String state, String error) {
  private static final Pattern ID = Pattern.compile("\\bid:\\s*([^\\s]{1,65})");
  private static final Pattern STATE =
      Pattern.compile("\\bstat:\\s*([A-Za-z]{1,12})", Pattern.CASE_INSENSITIVE);
  private static final Pattern ERROR =
      Pattern.compile("\\berr:\\s*([0-9A-Za-z]{1,8})", Pattern.CASE_INSENSITIVE);

  /** How far a message came. */
  enum Stage {
    ARRIVED,
    LOST,
    /** Nothing final. */
    UNDER_WAY
  }

  /**
   * Reads a receipt.
   *
   * @param tagged the field receipted_message_id; null if it isn't there
   * @param messageState the field message_state; null if it isn't there
   * @return empty if it names no message
   */
  static Optional<DeliveryReceipt> read(
      @Nullable String tagged, @Nullable Integer messageState, String text) {
    // What the phone's owner wrote may follow behind text:, and says nothing about the message.
    int own = text.toLowerCase(Locale.ROOT).indexOf("text:");
    String head = own < 0 ? text : text.substring(0, own);
    String textId = group(ID, head);
    String taggedId = tagged == null || tagged.isBlank() ? null : tagged.strip();
    if (taggedId == null && textId == null) {
      return Optional.empty();
    }
    String state = messageState == null ? null : word(messageState);
    if (state == null) {
      String word = group(STATE, head);
      state = word == null ? "" : word.toUpperCase(Locale.ROOT);
    }
    String error = group(ERROR, head);
    return Optional.of(new DeliveryReceipt(taggedId, textId, state, error == null ? "" : error));
  }

  private static @Nullable String group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : null;
  }

  /** SMPP 3.4, 5.2.28. */
  private static @Nullable String word(int state) {
    return switch (state) {
      case 1 -> "ENROUTE";
      case 2 -> "DELIVRD";
      case 3 -> "EXPIRED";
      case 4 -> "DELETED";
      case 5 -> "UNDELIV";
      case 6 -> "ACCEPTD";
      case 7 -> "UNKNOWN";
      case 8 -> "REJECTD";
      default -> null;
    };
  }

  Stage stage() {
    return switch (state) {
      case "DELIVRD" -> Stage.ARRIVED;
      case "EXPIRED", "DELETED", "UNDELIV", "UNKNOWN", "REJECTD", "FAILED" -> Stage.LOST;
      default -> Stage.UNDER_WAY;
    };
  }

  /** Why it is lost. */
  Failure failure() {
    return state.equals("REJECTD") ? Failure.REFUSED : Failure.DROPPED;
  }

  /** For a person. */
  String words() {
    return "stat " + state + (error.isEmpty() ? "" : ", err " + error);
  }
}
