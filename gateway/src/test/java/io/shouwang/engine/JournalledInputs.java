package io.shouwang.engine;

import io.shouwang.alerts.Fact;
import io.shouwang.host.RealDisk;
import io.shouwang.journal.JournalReader;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Input;
import io.shouwang.model.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a journal on the real disk holds, read by nobody's help but the format's.
 *
 * @param raised ids of the alerts that were raised
 * @param acknowledged keys of the deliveries that their recipient acknowledged
 * @param unfinishedBytes of a batch at the end that isn't whole
 */
public record JournalledInputs(
    List<DeviceEvent> events, List<String> raised, Set<String> acknowledged, long unfinishedBytes) {

  /**
   * Reads all of it; the gateway may be dead or alive.
   *
   * @throws io.shouwang.journal.JournalCorrupt if something in the middle is damaged
   */
  public static JournalledInputs read(Path data) throws IOException {
    List<DeviceEvent> events = new ArrayList<>();
    List<String> raised = new ArrayList<>();
    Set<String> acknowledged = new HashSet<>();
    JournalReader reader = new JournalReader(new RealDisk(), data.resolve("journal"));
    JournalReader.End end =
        reader.read(
            reader.firstSequence().orElse(1),
            (sequence, body) ->
                BatchCodec.read(
                    body,
                    decided -> {
                      if (decided.input() instanceof Input.EventReceived(DeviceEvent event)) {
                        events.add(event);
                      }
                      if (decided.input()
                          instanceof
                          Input.DeliveryReported(DeliveryKey key, Outcome.Acknowledged _)) {
                        acknowledged.add(key.toString());
                      }
                      for (Fact fact : decided.facts()) {
                        if (fact instanceof Fact.Raised alert) {
                          raised.add(alert.alert().value());
                        }
                      }
                    }));
    return new JournalledInputs(events, raised, acknowledged, end.unfinished());
  }
}
