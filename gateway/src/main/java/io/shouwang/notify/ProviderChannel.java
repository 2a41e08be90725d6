package io.shouwang.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Effect;
import io.shouwang.host.Clock;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.Directory.Way;
import io.shouwang.model.Outcome;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel through providers: tries them in their order, those last that fail lately or have no
 * quota left; again with growing pauses while the failure may pass; holds back what is beyond a
 * cap, and takes for lost what nobody reports on. Never blocks whoever delivers: what can't go yet
 * waits in a {@link Line}, first rings before the rest.
 */
public final class ProviderChannel implements Channel {
  static final int WAITING_MAX = 50_000;

  /** Pauses between two rounds over all providers: short, since the next way waits. */
  static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

  /** Who asks for more time than this is not asked again for the same message. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(ProviderChannel.class);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String FOLLOW_UPS = "follow-ups";

  /** Puts a message into words; empty when there is nothing left to say. */
  @FunctionalInterface
  public interface Composer {
    Optional<Notice> compose(AlertBook.Seen alert, Delivery delivery, Way way, Provider provider);
  }

  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  /**
   * What it works with.
   *
   * @param threads lends a thread for each message, which may block
   * @param ways how a delivery's recipient is reached, as the registry in force says
   */
  public record Tools(
      AlertBook alerts,
      WayOf ways,
      Composer composer,
      Outcomes outcomes,
      Clock clock,
      Pause pause,
      Executor threads,
      MeterRegistry meters) {}

  /** Finds the address of a delivery. */
  @FunctionalInterface
  public interface WayOf {
    Optional<Way> of(Delivery delivery);
  }

  /** Hears under which name a provider took a message. */
  @FunctionalInterface
  public interface Taken {
    void by(String provider, String providerId, DeliveryKey key);
  }

  private final ChannelPlan plan;
  private final List<Provider> providers;
  private final Tools tools;
  private final Taken taken;
  private final Allowance allowance;
  private final Rests rests;
  private final Line line = new Line(WAITING_MAX);
  private final AtomicBoolean overflowed = new AtomicBoolean();
  private final Map<DeliveryKey, Boolean> underWay = new ConcurrentHashMap<>();
  private final Unreported unreported;
  private final Map<String, String> troubles = new ConcurrentHashMap<>();

  /**
   * @param providers opened, in the plan's order; closed by their owner
   */
  public ProviderChannel(ChannelPlan plan, List<Provider> providers, Tools tools) {
    this(plan, providers, tools, (_, _, _) -> {});
  }

  /**
   * @param providers opened, in the plan's order; closed by their owner
   * @param taken hears of each message before its outcome is reported
   */
  public ProviderChannel(ChannelPlan plan, List<Provider> providers, Tools tools, Taken taken) {
    this.plan = plan;
    this.providers = List.copyOf(providers);
    this.tools = tools;
    this.taken = taken;
    this.allowance = new Allowance(tools.clock());
    this.rests = new Rests(tools.clock());
    this.unreported = new Unreported(tools.alerts(), tools.clock(), plan.reportWithin());
    recall();
  }

  /**
   * What the last run sent: it counts towards the quotas, or a start would give a drill what an
   * alarm needs; and what nobody reported on yet is waited for.
   */
  private void recall() {
    Instant now = tools.clock().wall();
    List<Recalled> sent = new ArrayList<>();
    for (AlertBook.Seen seen : all()) {
      for (Delivery delivery : seen.alert().deliveries()) {
        if (delivery.channel().equals(plan.name()) && delivery.outcome() != null) {
          boolean isSent = delivery.outcome() instanceof Outcome.Sent;
          if (isSent && seen.alert().isOpen()) {
            unreported.taken(delivery.key());
          }
          if (isSent
              || delivery.outcome() instanceof Outcome.Acknowledged
              || delivery.outcome() instanceof Outcome.Seen) {
            sent.add(new Recalled(delivery, new Errand(seen.alert(), delivery).isFirst()));
          }
        }
      }
    }
    sent.sort(Comparator.comparing((Recalled one) -> one.delivery().startedAt()));
    for (Recalled one : sent) {
      String address = tools.ways().of(one.delivery()).map(Way::address).orElse("");
      Duration ago = Duration.between(one.delivery().startedAt(), now);
      // Which of them took it isn't on record: each is taken to have.
      providers.forEach(each -> allowance.recall(each.name(), address, each.quotas(), ago));
      if (!one.first()) {
        allowance.recall(FOLLOW_UPS, address, List.of(followUps()), ago);
      }
    }
  }

  private record Recalled(Delivery delivery, boolean first) {}

  private List<AlertBook.Seen> all() {
    return Stream.concat(tools.alerts().open().stream(), tools.alerts().closed().stream()).toList();
  }

  private Quota followUps() {
    return new Quota(plan.followUpsPerHour(), HOUR, true);
  }

  @Override
  public String name() {
    return plan.name();
  }

  /** What is wrong with its providers, as they said it last; empty if nothing is. */
  public List<String> troubles() {
    return List.copyOf(troubles.values());
  }

  @Override
  public void deliver(Effect effect) {
    DeliveryKey key = effect.delivery().key();
    if (underWay.putIfAbsent(key, true) != null) {
      return; // handed over twice by a queue that overflowed: it is on its way
    }
    boolean first =
        tools
            .alerts()
            .find(key.alert())
            .map(seen -> new Errand(seen.alert(), effect.delivery()).mustGo())
            .orElse(false);
    if (!line.offer(effect, first)) {
      underWay.remove(key);
      overflowed.set(true); // it is under way in the state: taken up again when there is room
    }
    work();
  }

  private void work() {
    for (Line.Turn turn = line.next(); turn != null; turn = line.next()) {
      Line.Turn now = turn;
      try {
        tools.threads().execute(() -> take(now));
      } catch (RejectedExecutionException e) {
        done(now); // closing: it goes out again after the start
      }
    }
  }

  private void done(Line.Turn turn) {
    underWay.remove(turn.effect().delivery().key());
    line.left(turn);
  }

  private void take(Line.Turn turn) {
    DeliveryKey key = turn.effect().delivery().key();
    try {
      attempt(turn.effect().delivery());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing: it goes out again after the start
    } catch (RuntimeException e) {
      LOG.error("channel {} failed on {}: {}", plan.name(), key, where(e));
      report(key, new Outcome.GaveUp("channel failed"), "failed");
    } finally {
      done(turn);
      work();
    }
  }

  /** Without the exception's words: they may hold an address with its key, or a person's number. */
  private static String where(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    return e.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  /** What is settled about a message before its first attempt. */
  private record Sending(Delivery delivery, Way way, boolean first, boolean exercise) {}

  private void attempt(Delivery delivery) throws InterruptedException {
    AlertBook.Seen begun = current(delivery).orElse(null);
    if (begun == null) {
      return; // answered, replaced or closed meanwhile
    }
    Optional<Way> way = tools.ways().of(delivery);
    if (way.isEmpty()) {
      report(delivery.key(), new Outcome.GaveUp("no address for " + plan.name()), "no_address");
      return;
    }
    boolean first = new Errand(begun.alert(), delivery).isFirst();
    boolean exercise = begun.alert().marks().exercise();
    if (!first && !allowance.take(FOLLOW_UPS, way.get().address(), List.of(followUps()), 1)) {
      hold(delivery, plan.followUpsPerHour() + " follow-ups within an hour");
      return;
    }
    rounds(new Sending(delivery, way.get(), first, exercise));
  }

  private void rounds(Sending sending) throws InterruptedException {
    Set<Provider> left = new LinkedHashSet<>(providers);
    // Where all fail lately the next way should not wait for more of the same.
    boolean once =
        left.stream().allMatch(each -> rests.isResting(Rests.place(each, sending.way())));
    String last = "";
    for (int round = 0; round <= PAUSES.size(); round++) {
      Round made = round(sending, left);
      if (made.over()) {
        return;
      }
      if (made.asked() == 0 && round == 0) {
        hold(sending.delivery(), made.words());
        return;
      }
      last = made.asked() == 0 ? last : made.words();
      if (once || left.isEmpty() || round == PAUSES.size()) {
        break;
      }
      Duration pause = PAUSES.get(round);
      tools.pause().of(pause.compareTo(made.longer()) > 0 ? pause : made.longer());
    }
    report(sending.delivery().key(), new Outcome.GaveUp(last), "gave_up");
  }

  /**
   * What a round over the providers came to.
   *
   * @param over nothing more is to be done
   * @param asked how many were asked
   * @param words of the last refusal
   * @param longer the longest pause that one of them asked for
   */
  private record Round(boolean over, int asked, String words, Duration longer) {
    static final Round OVER = new Round(true, 0, "", Duration.ZERO);
  }

  /**
   * @param left who may be asked again; whose failure won't pass is taken out
   */
  private Round round(Sending sending, Set<Provider> left) throws InterruptedException {
    Delivery delivery = sending.delivery();
    String address = sending.way().address();
    double share = sending.exercise() ? plan.exerciseShare() : 1;
    int asked = 0;
    String words = "";
    Duration longer = Duration.ZERO;
    for (Provider provider : inOrder(left, sending.way(), share)) {
      AlertBook.Seen seen = current(delivery).orElse(null);
      if (seen == null) {
        return Round.OVER; // answered, replaced or closed meanwhile
      }
      if (!delivery.expiresAt().isAfter(tools.clock().wall())) {
        report(delivery.key(), new Outcome.Expired(), "expired");
        return Round.OVER;
      }
      boolean hasRoom = allowance.take(provider.name(), address, provider.quotas(), share);
      if (!hasRoom && !new Errand(seen.alert(), delivery).mustGo()) {
        words =
            sending.exercise()
                ? "an exercise may use " + Math.round(100 * share) + " % of the quota"
                : "the quota of " + provider.name() + " is used up";
        continue;
      }
      asked++;
      Verdict verdict = submit(seen, sending, provider);
      if (verdict == null) {
        report(delivery.key(), new Outcome.Superseded(), "nothing_to_say");
        return Round.OVER;
      }
      if (isDone(delivery.key(), provider, sending.way(), verdict)) {
        return Round.OVER;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("closing");
      }
      Verdict.Refused refused = (Verdict.Refused) verdict;
      if (hasRoom && refused.failure() != Failure.TIMED_OUT) {
        allowance.giveBack(provider.name(), address, provider.quotas());
      }
      words = words(provider, refused);
      Duration after = refused.retryAfter() == null ? Duration.ZERO : refused.retryAfter();
      if (!refused.failure().isPassing() || after.compareTo(PATIENCE) > 0) {
        left.remove(provider);
      } else {
        longer = after.compareTo(longer) > 0 ? after : longer;
      }
    }
    return new Round(false, asked, words, longer);
  }

  /** As planned, but those that rest or have no room come after those that don't. */
  private List<Provider> inOrder(Set<Provider> left, Way way, double share) {
    return left.stream()
        .sorted(
            Comparator.comparing((Provider each) ->
                rests.isResting(Rests.place(each, way))
                    || !allowance.has(each.name(), way.address(), each.quotas(), share)))
        .toList();
  }

  /** One attempt; null if there is nothing left to say. A provider that throws has failed. */
  private @Nullable Verdict submit(AlertBook.Seen seen, Sending sending, Provider provider) {
    try {
      Optional<Notice> notice =
          tools.composer().compose(seen, sending.delivery(), sending.way(), provider);
      return notice.isEmpty() ? null : provider.submit(notice.get());
    } catch (RuntimeException e) {
      LOG.error(
          "provider {} failed on {}: {}", provider.name(), sending.delivery().key(), where(e));
      return new Verdict.Refused(Failure.REFUSED, e.getClass().getSimpleName());
    }
  }

  /** Whether the provider took it; if not, what that says of the provider is remembered. */
  private boolean isDone(DeliveryKey key, Provider provider, Way way, Verdict verdict) {
    count(
        provider.name(),
        switch (verdict) {
          case Verdict.Accepted _ -> "accepted";
          case Verdict.Delivered _ -> "delivered";
          case Verdict.Refused refused -> word(refused.failure());
        });
    switch (verdict) {
      case Verdict.Accepted(String providerId) -> {
        worked(provider, way);
        unreported.taken(key);
        if (!providerId.isEmpty()) {
          taken.by(provider.name(), providerId, key);
        }
        tools.outcomes().report(key, new Outcome.Sent(providerId.isEmpty() ? null : providerId));
        return true;
      }
      case Verdict.Delivered(String providerId) -> {
        worked(provider, way);
        if (!providerId.isEmpty()) {
          taken.by(provider.name(), providerId, key);
        }
        tools.outcomes().report(key, new Outcome.Acknowledged());
        return true;
      }
      case Verdict.Refused refused -> {
        if (refused.failure().isPassing()) {
          rests.failed(Rests.place(provider, way), refused);
        } else {
          rests.worked(Rests.place(provider, way));
        }
        if (refused.failure() == Failure.MISCONFIGURED) {
          String what = words(provider, refused);
          if (!what.equals(troubles.put(provider.name(), what))) {
            LOG.error("channel {} sends nothing by {}", plan.name(), what);
          }
        }
        return false;
      }
    }
  }

  private void worked(Provider provider, Way way) {
    troubles.remove(provider.name());
    rests.worked(Rests.place(provider, way));
  }

  private static String word(Failure failure) {
    return failure.name().toLowerCase(Locale.ROOT);
  }

  private static String words(Provider provider, Verdict.Refused refused) {
    String detail = refused.detail().isEmpty() ? "" : " (" + refused.detail() + ")";
    return provider.name() + ": " + word(refused.failure()) + detail;
  }

  /** The alert as it stands, if the delivery is still under way in it and not answered. */
  private Optional<AlertBook.Seen> current(Delivery delivery) {
    Optional<AlertBook.Seen> seen =
        tools
            .alerts()
            .find(delivery.key().alert())
            .filter(found -> new Errand(found.alert(), delivery).isUnderWay());
    if (seen.isPresent() && new Errand(seen.get().alert(), delivery).isAnswered()) {
      report(delivery.key(), new Outcome.Superseded(), "answered");
      return Optional.empty();
    }
    return seen;
  }

  /** Somebody reported on a message: it is not lost. Any thread. */
  public void reported(DeliveryKey key) {
    unreported.reported(key);
  }

  @Override
  public void tend() {
    for (DeliveryKey lost : unreported.lost()) {
      report(lost, new Outcome.GaveUp("dropped: taken on, and never reported"), "dropped");
    }
    if (overflowed.getAndSet(false)) {
      for (AlertBook.Seen seen : all()) {
        seen.alert().deliveries().stream()
            .filter(each -> each.isUnderWay() && each.channel().equals(plan.name()))
            .forEach(each -> deliver(new Effect(seen.alert().id(), each)));
      }
    }
  }

  private void hold(Delivery delivery, String why) {
    report(delivery.key(), new Outcome.HeldBack(why), "held_back");
  }

  private void report(DeliveryKey key, Outcome outcome, String word) {
    count("", word);
    tools.outcomes().report(key, outcome);
  }

  private void count(String provider, String word) {
    tools
        .meters()
        .counter(
            "shouwang.channel.outcomes",
            "channel",
            plan.name(),
            "provider",
            provider,
            "outcome",
            word)
        .increment();
  }
}
