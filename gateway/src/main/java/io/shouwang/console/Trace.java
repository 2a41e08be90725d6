package io.shouwang.console;

import io.shouwang.accounts.Actor;
import io.shouwang.accounts.AuditEntry;
import io.shouwang.accounts.AuditLog;
import io.shouwang.host.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one request leaves in the record. Looks are handed over as they are noted; a change is
 * written, and waited for, before its answer goes out. Lives as long as the request, on its thread.
 */
final class Trace {
  private static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();
  private static final int WHOSE_LENGTH = 3_500;

  private final AuditLog log;
  private final Clock clock;
  private final Caller caller;
  private final Actor actor;
  private final Route route;
  private final boolean changes;
  private final List<Noted> noted = new ArrayList<>();
  private boolean recorded;

  private record Noted(String who, String what, List<String> whose, String note) {}

  Trace(AuditLog log, Clock clock, Caller caller, Route route, String address) {
    this.log = log;
    this.clock = clock;
    this.caller = caller;
    this.actor = actor(caller, address);
    this.route = route;
    this.changes = route.changes();
  }

  /** Who speaks, for the record. */
  static Actor actor(Caller caller, String address) {
    String area =
        caller instanceof Caller.OfOperator operator ? operator.operator().area().value() : "";
    return new Actor(caller.name(), area, address);
  }

  /** The one of the request that this thread answers; null outside of one. */
  static @Nullable Trace current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  Caller caller() {
    return caller;
  }

  /** Answers the request. */
  void answer(Answer answer) throws Exception {
    ScopedValue.where(CURRENT, this)
        .call(() -> {
          answer.run();
          return true;
        });
  }

  /** What is done while the trace is the current one. */
  interface Answer {
    void run() throws Exception;
  }

  /** What the route does stands in the record already, in one transaction with what it did. */
  static void isRecorded() {
    Trace trace = current();
    if (trace != null) {
      trace.recorded = true;
    }
  }

  void note(String who, String what, List<String> whose, String result, String note) {
    if (changes) {
      noted.add(new Noted(who, what, whose, note));
    } else {
      entries(who, what, whose, result, note).forEach(log::look);
    }
  }

  /** The answer is known and not sent yet. */
  void end(int status) {
    String result = Integer.toString(status);
    if (!changes) {
      boolean isRefused = status == 403 && isSomebody();
      if (isRefused) {
        entries(actor.who(), route.name(), List.of(), result, "").forEach(log::look);
      }
      return;
    }
    if (recorded || (noted.isEmpty() && !isSomebody())) {
      return;
    }
    Set<String> whose = new LinkedHashSet<>();
    noted.forEach(one -> whose.addAll(one.whose()));
    Noted first =
        noted.isEmpty() ? new Noted(actor.who(), route.name(), List.of(), "") : noted.getFirst();
    for (AuditEntry entry :
        entries(first.who(), first.what(), List.copyOf(whose), result, said())) {
      boolean _ = log.change(entry); // if the database is late, the entry waits and the answer not
    }
  }

  /** What was said first of what was done: a look before it says nothing. */
  private String said() {
    return noted.stream().map(Noted::note).filter(note -> !note.isEmpty()).findFirst().orElse("");
  }

  /** Devices say things all day long, and the journal has it all. */
  private boolean isSomebody() {
    return caller instanceof Caller.OfOperator || caller instanceof Caller.OfResponder;
  }

  /** More ids than one entry holds make several. */
  private List<AuditEntry> entries(
      String who, String what, List<String> whose, String result, String note) {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (String id : whose) {
      if (!text.isEmpty() && text.length() + id.length() > WHOSE_LENGTH) {
        texts.add(text.toString());
        text.setLength(0);
      }
      text.append(text.isEmpty() ? "" : ",").append(id);
    }
    texts.add(text.toString());
    return texts.stream()
        .map(ids ->
            new AuditEntry(
                clock.wall(), who, actor.area(), what, ids, actor.address(), result, note))
        .toList();
  }
}
