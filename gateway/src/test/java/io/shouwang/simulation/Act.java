package io.shouwang.simulation;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Something a client says, once; it may send it several times.
 *
 * @param kind of a device's event; {@code replies} for a responder's answer
 * @param events the payloads of the events in it, as the journal will hold them
 * @param isAlarm it must ring
 * @param isNamed it has an id, so a resend can be known
 * @param isReadable a reply that can't be read is refused, and not journalled
 */
record Act(
    String about,
    String kind,
    String payload,
    List<String> events,
    boolean isAlarm,
    boolean isNamed,
    boolean isReadable) {

  static Act event(String device, String kind, String payload, boolean isAlarm, boolean isNamed) {
    return new Act(device, kind, payload, List.of(payload), isAlarm, isNamed, true);
  }

  boolean isReply() {
    return kind.equals("replies");
  }

  String topic() {
    return isReply() ? "v1/responders/" + about + "/replies" : "v1/devices/" + about + "/" + kind;
  }

  byte[] bytes() {
    return payload.getBytes(StandardCharsets.UTF_8);
  }

  /** How the journal's records are known to be of this act. */
  List<String> marks() {
    return events.stream().map(event -> mark(about, kind, event)).toList();
  }

  static String mark(String about, String kind, String payload) {
    return about + " " + kind + " " + payload;
  }
}
