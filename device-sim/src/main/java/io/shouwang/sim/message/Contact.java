package io.shouwang.sim.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A visit or a call, as a responder records it.
 *
 * @param means visit or call
 * @param result one word, or null
 */
public record Contact(String elder, String means, @Nullable String result, @Nullable String note) {

  /** The message on the contacts topic; resending it with the same id is one contact. */
  public byte[] message(String id, JsonNode at) {
    ObjectNode message = Payloads.event(id, at).put("elder", elder).put("means", means);
    if (result != null) {
      message.put("result", result);
    }
    if (note != null) {
      message.put("note", note);
    }
    return Payloads.bytes(message);
  }

  /** The topic contacts go to. */
  public static String topic(String responder) {
    return "v1/responders/" + responder + "/contacts";
  }
}
