package io.shouwang.engine;

import io.shouwang.alerts.Fact;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Input;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A batch as lines for a person: for looking into a journal, not for programs. */
public final class JournalText {
  private JournalText() {}

  /** One line for each input, and one for each fact under it. */
  public static List<String> lines(long sequence, ByteBuffer body) {
    List<String> lines = new ArrayList<>();
    BatchCodec.read(
        body,
        decided -> {
          lines.add(
              sequence
                  + " "
                  + decided.stamp().number()
                  + " "
                  + decided.stamp().now()
                  + " "
                  + input(decided.input()));
          for (Fact fact : decided.facts()) {
            lines.add("    " + decided.home() + " " + printable(fact.toString()));
          }
        });
    return lines;
  }

  private static String input(Input input) {
    if (input instanceof Input.EventReceived(DeviceEvent event)) {
      return "event "
          + event.device()
          + " "
          + event.kind()
          + " "
          + printable(event.payload().toString());
    }
    return printable(input.toString());
  }

  /** What a device sent may hold anything, and a terminal obeys some of it. */
  private static String printable(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            safe.append(String.format("\\u%04x", c));
          } else {
            safe.appendCodePoint(c);
          }
        });
    return safe.toString();
  }
}
