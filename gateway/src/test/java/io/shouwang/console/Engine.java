package io.shouwang.console;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.CareBook;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Home;
import io.shouwang.engine.Decided;
import io.shouwang.figures.Books;
import io.shouwang.figures.Figures;
import io.shouwang.figures.LoadLog;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.journal.TestReceipts;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.CareContact;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Stamp;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.Protection;
import io.shouwang.rules.ProtectionBook;
import io.shouwang.wording.District;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An engine of the tests: the real core, decided at once; its disk and its room can be shut. */
final class Engine implements AlertBook, CareBook, Intake {
  final District district = new District();
  final List<Submission> taken = new CopyOnWriteArrayList<>();
  private final Map<HomeId, Home> homes = new LinkedHashMap<>();
  private final List<Consumer<Seen>> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private final Map<Long, String> notes = new HashMap<>();
  private final Figures figures = new Figures(1 << 20);
  private final LoadLog load = new LoadLog(1_000);
  private Instant now = Instant.parse("2026-11-22T06:00:00Z");
  private long number;
  private boolean full;
  private boolean diskStands;

  @Override
  public Optional<String> note(AlertId alert, long number) {
    return Optional.ofNullable(notes.get(number));
  }

  @Override
  public synchronized Care of(HomeId id) {
    Home home = homes.getOrDefault(id, Home.empty(id));
    return new Care(home.modes(), home.contacts());
  }

  @Override
  public Optional<String> note(CareContact contact) {
    for (Submission submission : taken) {
      if (submission.input() instanceof Input.ContactRecorded recorded
          && recorded.report().id() != null
          && Core.contactKey(recorded, 0) == contact.key()) {
        return Optional.ofNullable(recorded.report().note());
      }
    }
    return Optional.empty();
  }

  @Override
  public LimitsBook limits() {
    return District.world(district).rules().limits();
  }

  /** What is told by numbers. */
  Books figures() {
    return figures.with((area, since, topmost) -> {
      synchronized (load) {
        return load.of(district, area, since, topmost);
      }
    });
  }

  private void count(Stamp stamp, Input input, HomeId id, Decision decision) {
    boolean changed = !decision.facts().isEmpty() || decision.heard() != null;
    figures.synced(
        new Decided(stamp, input, changed ? id : null, decision.heard(), decision.facts()),
        stamp.now().toEpochMilli());
    synchronized (load) {
      decision.facts().forEach(fact -> load.take(stamp.now(), id, fact, district));
    }
  }

  /** What protects whom. */
  ProtectionBook protection() {
    return this::protectionOf;
  }

  private synchronized Protection protectionOf(HomeId home) {
    Home known = homes.getOrDefault(home, Home.empty(home));
    return Protection.of(home, district, LimitsBook.STANDARD, known.senses(), now);
  }

  synchronized void setNow(String time) {
    now = Instant.parse(time);
  }

  synchronized Instant now() {
    return now;
  }

  synchronized void fill() {
    full = true;
  }

  void empty() {
    List<Runnable> woken;
    synchronized (this) {
      full = false;
      woken = List.copyOf(waiting);
      waiting.clear();
    }
    woken.forEach(Runnable::run);
  }

  synchronized int waiting() {
    return waiting.size();
  }

  synchronized void stopDisk() {
    diskStands = true;
  }

  @Override
  public boolean offer(Submission submission) {
    Answer answer;
    long mine;
    List<Seen> changed;
    synchronized (this) {
      if (full) {
        return false;
      }
      taken.add(submission);
      if (diskStands) {
        return true;
      }
      mine = ++number;
      keepNote(mine, submission.input());
      HomeId id = homeOf(submission.input());
      Home before = homes.getOrDefault(id, Home.empty(id));
      Decision decision =
          Core.decide(District.world(district), before, submission.input(), new Stamp(mine, now));
      homes.put(id, decision.home());
      count(new Stamp(mine, now), submission.input(), id, decision);
      answer = decision.answer();
      changed =
          decision.home().alerts().stream()
              .filter(alert -> before.alert(alert.id()).filter(alert::equals).isEmpty())
              .map(alert -> new Seen(alert, decision.home().fixes()))
              .toList();
    }
    changed.forEach(seen -> listeners.forEach(listener -> listener.accept(seen)));
    submission.acknowledgement().synced(TestReceipts.of(mine), mine, answer);
    return true;
  }

  private void keepNote(long mine, Input input) {
    String note =
        switch (input) {
          case Input.ReplyReceived received -> received.reply().note();
          case Input.AlertReopened reopened -> reopened.note();
          case Input.CallReported call -> call.number();
          default -> null;
        };
    if (note != null) {
      notes.put(mine, note);
    }
  }

  private HomeId homeOf(Input input) {
    return switch (input) {
      case Input.EventReceived(DeviceEvent event) -> Core.homeOf(district, event);
      case Input.CallReceived call -> call.home();
      case Input.CallReported report -> report.home();
      case Input.ReplyReceived reply ->
          find(reply.reply().alert()).map(seen -> seen.alert().home()).orElse(District.HOME);
      case Input.ContactRecorded recorded ->
          Objects.requireNonNull(district.elder(recorded.report().elder())).home();
      case Input.ModeChanged changed -> changed.home();
      case Input.TimePassed passed -> passed.home();
      case Input.DeliveryReported reported ->
          find(reported.key().alert()).orElseThrow().alert().home();
      case Input.ExerciseOrdered ordered -> ordered.home();
      case Input.AlertReopened reopened -> find(reopened.alert()).orElseThrow().alert().home();
      case Input.AlertsMerged merged -> find(merged.into()).orElseThrow().alert().home();
      case Input.LadderHurried hurried -> find(hurried.alert()).orElseThrow().alert().home();
      case Input.HandoverAsked asked -> find(asked.alert()).orElseThrow().alert().home();
      case Input.TroubleNoticed _ -> HomeId.GATEWAY;
      case Input.FoundByAudit found -> found.home();
      case Input.IncidentNoticed noticed -> HomeId.ofArea(noticed.area());
      case Input.SessionKept _,
          Input.SessionDropped _,
          Input.Started _,
          Input.RegistryActivated _,
          Input.AlertForwarded _,
          Input.CountyHeard _,
          Input.SettingsActivated _ ->
          throw new AssertionError("the console never says this: " + input);
    };
  }

  /** A change that the listeners hear. */
  void tell(Seen seen) {
    listeners.forEach(listener -> listener.accept(seen));
  }

  /** An input from elsewhere than the console. */
  void happens(Input input) {
    offer(new Submission(input, Lane.ALARM, 0, (_, _, _) -> {}));
  }

  @Override
  public void whenRoom(Lane lane, Runnable wake) {
    synchronized (this) {
      if (full) {
        waiting.add(wake);
        return;
      }
    }
    wake.run();
  }

  @Override
  public synchronized Optional<Seen> find(AlertId id) {
    return all().stream().filter(seen -> seen.alert().id().equals(id)).findFirst();
  }

  @Override
  public synchronized List<Seen> open() {
    return all().stream().filter(seen -> seen.alert().isOpen()).toList();
  }

  @Override
  public synchronized List<Seen> closed() {
    return all().stream().filter(seen -> !seen.alert().isOpen()).toList();
  }

  private List<Seen> all() {
    List<Seen> all = new ArrayList<>();
    for (Home home : homes.values()) {
      for (Alert alert : home.alerts()) {
        all.add(new Seen(alert, home.fixes()));
      }
    }
    return all;
  }

  @Override
  public AutoCloseable watch(Consumer<Seen> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
