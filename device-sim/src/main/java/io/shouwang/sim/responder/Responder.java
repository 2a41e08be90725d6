package io.shouwang.sim.responder;

import io.shouwang.sim.message.Alert;
import io.shouwang.sim.message.Reply;
import io.shouwang.sim.screen.AlertCard;
import io.shouwang.sim.screen.Terminal;
import io.shouwang.sim.time.Agenda;
import io.shouwang.sim.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A responder: shows each ring once, answers by a script, or by what a person types. The same
 * {@code delivery} twice is one ring. Thread-safe.
 */
public final class Responder {
  /** More than anybody reads; the oldest are forgotten first. */
  private static final int REMEMBERED_MAX = 10_000;

  /** An alert as this responder knows it. */
  private static final class Known {
    final int number;
    final String id;
    boolean closed;

    Known(int number, String id) {
      this.number = number;
      this.id = id;
    }
  }

  private final String name;
  private final Function<Alert, Script> scripts;
  private final Outbox outbox;
  private final Agenda agenda;
  private final Clock clock;
  private final Terminal terminal;
  private final Set<String> deliveries = new LinkedHashSet<>();
  private final Map<String, Known> alerts = new LinkedHashMap<>();
  private int lastNumber;

  /**
   * A responder who has heard nothing yet.
   *
   * @param scripts what to answer to an alert that rings for the first time
   */
  public Responder(
      String name,
      Function<Alert, Script> scripts,
      Outbox outbox,
      Agenda agenda,
      Clock clock,
      Terminal terminal) {
    this.name = name;
    this.scripts = scripts;
    this.outbox = outbox;
    this.agenda = agenda;
    this.clock = clock;
    this.terminal = terminal;
  }

  /** Takes a message of the alerts topic. */
  public synchronized void heard(byte[] payload) {
    Alert alert;
    try {
      alert = Alert.read(payload);
    } catch (IOException e) {
      say("a message that can't be read (" + e.getMessage() + ")");
      return;
    }
    String delivery = alert.delivery();
    if (delivery != null && !remember(delivery)) {
      return;
    }
    @Nullable Known before = alerts.get(alert.id());
    Known known = before == null ? new Known(++lastNumber, alert.id()) : before;
    known.closed = alert.closed();
    alerts.put(alert.id(), known);
    forget(alerts.keySet());
    AlertCard.print(terminal, clock.now(), name, known.number, alert);
    if (before == null && !known.closed) {
      for (Script.Step step : scripts.apply(alert).steps()) {
        agenda.after(step.after(), () -> answerUnlessClosed(known, step.reply()));
      }
    }
  }

  /** Answers what a person typed. */
  public synchronized void typed(Keys.Typed typed) {
    List<Known> open = new ArrayList<>(alerts.values());
    Collections.reverse(open);
    Known chosen =
        open.stream()
            .filter(
                known -> typed.number() == null ? !known.closed : known.number == typed.number())
            .findFirst()
            .orElse(null);
    if (chosen == null) {
      say(typed.number() == null ? "no open alert to answer" : "no alert [" + typed.number() + "]");
    } else {
      answer(chosen, typed.reply());
    }
  }

  private synchronized void answerUnlessClosed(Known known, Reply reply) {
    if (!known.closed) {
      answer(known, reply);
    }
  }

  private void answer(Known known, Reply reply) {
    String id = UUID.randomUUID().toString();
    outbox.post(reply.message(id, known.id), "[" + known.number + "] " + reply.words());
  }

  private boolean remember(String delivery) {
    boolean fresh = deliveries.add(delivery);
    forget(deliveries);
    return fresh;
  }

  private static void forget(Set<String> oldestFirst) {
    if (oldestFirst.size() > REMEMBERED_MAX) {
      var oldest = oldestFirst.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private void say(String text) {
    terminal.line(clock.now(), name, text);
  }
}
