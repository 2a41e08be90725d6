package io.shouwang.engine;

import io.shouwang.alerts.Home;
import io.shouwang.model.HomeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides again what it is shown of a journal, batch by batch, and says where an engine, live or
 * recovered, is different (P7). For simulations, which live in another package.
 */
public final class EngineWitness {
  private final Replay replay;

  public EngineWitness(Replay.Worlds worlds) {
    replay = new Replay(worlds);
  }

  /** The records of a batch. */
  public static List<Decided> records(ByteBuffer body) {
    List<Decided> records = new ArrayList<>();
    BatchCodec.read(body, records::add);
    return records;
  }

  /** What is decided otherwise now than then; empty if nothing is. */
  public Optional<String> take(Decided record) {
    replay.take(record);
    return replay.differences().stream().findFirst().map(Object::toString);
  }

  public Home home(HomeId id) {
    return replay.state().home(id);
  }

  /** Where the engine's state differs from what the journal makes; empty if nowhere. */
  public Optional<String> difference(Engine engine) {
    State live = engine.state();
    State again = replay.state();
    if (!live.last().equals(again.last())) {
      return Optional.of("last input " + live.last() + ", by the journal " + again.last());
    }
    if (!live.registryHash().equals(again.registryHash())
        || !live.settingsHash().equals(again.settingsHash())) {
      return Optional.of("another registry or other settings than the journal's");
    }
    Set<HomeId> ids = new LinkedHashSet<>();
    live.allHomes().forEach(home -> ids.add(home.id()));
    again.allHomes().forEach(home -> ids.add(home.id()));
    for (HomeId id : ids) {
      if (!live.home(id).equals(again.home(id))) {
        return Optional.of("home\n  " + live.home(id) + "\nby the journal\n  " + again.home(id));
      }
    }
    if (!Set.copyOf(live.sessions()).equals(Set.copyOf(again.sessions()))) {
      return Optional.of("sessions " + live.sessions() + ", by the journal " + again.sessions());
    }
    return notes(live).equals(notes(again))
        ? Optional.empty()
        : Optional.of("notes " + notes(live) + ", by the journal " + notes(again));
  }

  private static Map<String, List<Notes.Note>> notes(State state) {
    Map<String, List<Notes.Note>> notes = new TreeMap<>();
    for (Notes.Note note : state.notes().all()) {
      notes.computeIfAbsent(note.alert().value(), _ -> new ArrayList<>()).add(note);
    }
    return notes;
  }
}
