package io.shouwang.sim.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A responder's answer to an alert.
 *
 * @param etaMinutes when they will be there; for an accept
 * @param disposition how it ended; for a done
 */
public record Reply(
    Word word, @Nullable Integer etaMinutes, @Nullable String disposition, @Nullable String note) {
  /** The contract's five words. */
  public enum Word {
    ACCEPT,
    DECLINE,
    SPOKE,
    ARRIVED,
    DONE;

    /** As it is written in messages and scripts. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** "I come, in so many minutes." */
  public static Reply accept(int etaMinutes) {
    return new Reply(Word.ACCEPT, etaMinutes, null, null);
  }

  /** "It is over", with how it ended. */
  public static Reply done(String disposition) {
    return new Reply(Word.DONE, null, disposition, null);
  }

  /** A word that needs no more. */
  public static Reply plain(Word word) {
    return new Reply(word, null, null, null);
  }

  /** The message on the replies topic; resending it with the same id is one reply. */
  public byte[] message(String id, String alert) {
    ObjectNode message = Payloads.JSON.createObjectNode();
    message.put("id", id).put("alert", alert).put("reply", word.text());
    if (etaMinutes != null) {
      message.put("eta_min", etaMinutes);
    }
    if (disposition != null) {
      message.put("disposition", disposition);
    }
    if (note != null) {
      message.put("note", note);
    }
    return Payloads.bytes(message);
  }

  /** As a person would say it. */
  public String words() {
    return switch (word) {
      case ACCEPT -> etaMinutes == null ? "I'm coming" : "I'm coming, " + etaMinutes + " min";
      case DECLINE -> "I can't come";
      case SPOKE -> "I reached them by phone";
      case ARRIVED -> "I'm there";
      case DONE -> disposition == null ? "done" : "done: " + disposition;
    };
  }

  /** The topic replies go to. */
  public static String topic(String responder) {
    return "v1/responders/" + responder + "/replies";
  }

  /** The topic alerts come from. */
  public static String alertsTopic(String responder) {
    return "v1/responders/" + responder + "/alerts";
  }
}
