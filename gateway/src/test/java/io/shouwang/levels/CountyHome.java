package io.shouwang.levels;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Home;
import io.shouwang.intake.EventReader;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Stamp;
import io.shouwang.wording.District;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** One home through the real core, and its alerts as the outside may see them. */
final class CountyHome implements AlertBook {
  final District district = new District();
  final Signed.Stopped clock = new Signed.Stopped();
  private final List<Consumer<Seen>> listeners = new CopyOnWriteArrayList<>();
  private final Map<Long, String> notes = new ConcurrentHashMap<>();
  private volatile Home home;
  private long number = 100;

  CountyHome() {
    this(District.HOME);
  }

  CountyHome(HomeId home) {
    this.home = Home.empty(home);
  }

  Answer take(Input input) {
    number++;
    Decision decision =
        Core.decide(District.world(district), home, input, new Stamp(number, clock.wall()));
    home = decision.home();
    if (input instanceof Input.ReplyReceived replied && replied.reply().note() != null) {
      notes.put(number, replied.reply().note());
    }
    if (!decision.facts().isEmpty()) {
      home.alerts().forEach(alert -> listeners.forEach(l -> l.accept(seen(alert))));
    }
    return decision.answer();
  }

  CountyHome says(String device, String kind, String payload) {
    DeviceEvent event =
        EventReader.readOne(
            new DeviceId(device),
            null,
            new Kind(kind),
            null,
            payload.getBytes(StandardCharsets.UTF_8));
    take(new Input.EventReceived(event));
    return this;
  }

  CountyHome press() {
    return says("sos-1", "sos", "{\"id\":\"p" + number + "\"}");
  }

  CountyHome replies(String by, Reply.Answer answer) {
    boolean ends = answer == Reply.Answer.DONE;
    Reply reply =
        new Reply(null, alert().id(), answer, null, ends ? "real" : null, ends ? "a note" : null);
    take(new Input.ReplyReceived(reply, new ResponderId(by), by.equals("operator"), "http"));
    return this;
  }

  /** Time passes, each deadline at its moment. */
  CountyHome passes(Duration time) {
    Instant end = clock.wall().plus(time);
    for (Instant due = home.deadline(); due != null && !due.isAfter(end); due = home.deadline()) {
      if (due.isAfter(clock.wall())) {
        clock.pass(Duration.between(clock.wall(), due));
      }
      take(new Input.TimePassed(home.id()));
    }
    clock.pass(Duration.between(clock.wall(), end));
    return this;
  }

  Alert alert() {
    return home.alerts().getLast();
  }

  Seen seen() {
    return seen(alert());
  }

  private Seen seen(Alert alert) {
    return new Seen(alert, home.fixes());
  }

  @Override
  public Optional<Seen> find(AlertId id) {
    return home.alert(id).map(this::seen);
  }

  @Override
  public List<Seen> open() {
    return home.alerts().stream().filter(Alert::isOpen).map(this::seen).toList();
  }

  @Override
  public List<Seen> closed() {
    return home.alerts().stream().filter(alert -> !alert.isOpen()).map(this::seen).toList();
  }

  @Override
  public Optional<String> note(AlertId alert, long entry) {
    return Optional.ofNullable(notes.get(entry));
  }

  @Override
  public AutoCloseable watch(Consumer<Seen> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
