package io.shouwang.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.Alert;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel through providers: tries them in their order, again with growing pauses while the
 * failure may pass, holds back what is beyond a cap, and takes for lost what nobody reports on.
 * Several messages are under way at a time, never more than {@link #UNDER_WAY_MAX}.
 */
public final class ProviderChannel implements Channel {
  static final int UNDER_WAY_MAX = 64;

  /** Pauses between two rounds over all providers: short, since the next way waits. */
  static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

  private static final Logger LOG = LoggerFactory.getLogger(ProviderChannel.class);
  private static final Duration HOUR = Duration.ofHours(1);

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

  private final ChannelPlan plan;
  private final List<Provider> providers;
  private final Tools tools;
  private final Allowance allowance;
  private final Semaphore room = new Semaphore(UNDER_WAY_MAX);
  private final Map<DeliveryKey, Boolean> underWay = new ConcurrentHashMap<>();
  private final Map<DeliveryKey, Instant> unreported = new ConcurrentHashMap<>();
  private final Map<String, String> troubles = new ConcurrentHashMap<>();

  /**
   * @param providers opened, in the plan's order; closed by their owner
   */
  public ProviderChannel(ChannelPlan plan, List<Provider> providers, Tools tools) {
    this.plan = plan;
    this.providers = List.copyOf(providers);
    this.tools = tools;
    this.allowance = new Allowance(tools.clock());
    awaitReports();
  }

  /** What the last run handed over and nobody reported on yet. */
  private void awaitReports() {
    Duration within = plan.reportWithin();
    if (within == null) {
      return;
    }
    Instant until = tools.clock().wall().plus(within);
    for (AlertBook.Seen seen : tools.alerts().open()) {
      for (Delivery delivery : seen.alert().deliveries()) {
        if (delivery.channel().equals(plan.name()) && delivery.outcome() instanceof Outcome.Sent) {
          unreported.put(delivery.key(), until);
        }
      }
    }
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
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      underWay.remove(key);
      return;
    }
    tools
        .threads()
        .execute(() -> {
          try {
            attempt(effect);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing: it goes out again after the start
          } catch (RuntimeException e) {
            LOG.error("channel {} failed on {}", plan.name(), key, e);
            report(key, new Outcome.GaveUp("channel failed"), "failed");
          } finally {
            underWay.remove(key);
            room.release();
          }
        });
  }

  private void attempt(Effect effect) throws InterruptedException {
    Delivery delivery = effect.delivery();
    Optional<Way> way = tools.ways().of(delivery);
    if (way.isEmpty()) {
      report(delivery.key(), new Outcome.GaveUp("no address for " + plan.name()), "no_address");
      return;
    }
    String last = "";
    for (int round = 0; round <= PAUSES.size(); round++) {
      boolean mayPass = false;
      for (Provider provider : providers) {
        AlertBook.Seen seen = current(delivery).orElse(null);
        if (seen == null) {
          return; // answered, replaced or closed meanwhile
        }
        if (!delivery.expiresAt().isAfter(tools.clock().wall())) {
          report(delivery.key(), new Outcome.Expired(), "expired");
          return;
        }
        Optional<String> held = heldBack(seen.alert(), delivery, way.get(), provider);
        if (held.isPresent()) {
          report(delivery.key(), new Outcome.HeldBack(held.get()), "held_back");
          return;
        }
        Optional<Notice> notice = tools.composer().compose(seen, delivery, way.get(), provider);
        if (notice.isEmpty()) {
          report(delivery.key(), new Outcome.Superseded(), "nothing_to_say");
          return;
        }
        Verdict verdict = provider.submit(notice.get());
        if (isDone(delivery.key(), provider, verdict)) {
          return;
        }
        Verdict.Refused refused = (Verdict.Refused) verdict;
        mayPass |= refused.failure().isPassing();
        last = words(provider, refused);
      }
      if (!mayPass) {
        break;
      }
      if (round < PAUSES.size()) {
        tools.pause().of(PAUSES.get(round));
      }
    }
    report(delivery.key(), new Outcome.GaveUp(last), "gave_up");
  }

  /** Whether the provider took it; if not, what that says of the provider is remembered. */
  private boolean isDone(DeliveryKey key, Provider provider, Verdict verdict) {
    count(
        provider.name(),
        switch (verdict) {
          case Verdict.Accepted _ -> "accepted";
          case Verdict.Delivered _ -> "delivered";
          case Verdict.Refused refused -> word(refused.failure());
        });
    switch (verdict) {
      case Verdict.Accepted(String providerId) -> {
        troubles.remove(provider.name());
        Duration within = plan.reportWithin();
        if (within != null) {
          unreported.put(key, tools.clock().wall().plus(within));
        }
        tools.outcomes().report(key, new Outcome.Sent(providerId.isEmpty() ? null : providerId));
        return true;
      }
      case Verdict.Delivered _ -> {
        troubles.remove(provider.name());
        tools.outcomes().report(key, new Outcome.Acknowledged());
        return true;
      }
      case Verdict.Refused refused -> {
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

  private static String word(Failure failure) {
    return failure.name().toLowerCase(Locale.ROOT);
  }

  private static String words(Provider provider, Verdict.Refused refused) {
    String detail = refused.detail().isEmpty() ? "" : " (" + refused.detail() + ")";
    return provider.name() + ": " + word(refused.failure()) + detail;
  }

  /**
   * Why a message must wait: an exercise beyond its share, a follow-up beyond this person's cap. A
   * first ring of what is real never does: if a quota says no, the provider is asked all the same.
   */
  private Optional<String> heldBack(Alert alert, Delivery delivery, Way way, Provider provider) {
    boolean exercise = alert.marks().exercise();
    boolean first = delivery.cause().isRing() && isFirst(alert, delivery);
    double share = exercise ? plan.exerciseShare() : 1;
    boolean hasRoom = allowance.take(provider.name(), way.address(), provider.quotas(), share);
    if (exercise && !hasRoom) {
      return Optional.of("an exercise may use " + Math.round(100 * share) + " % of the quota");
    }
    if (first) {
      return Optional.empty();
    }
    if (!hasRoom) {
      return Optional.of("the quota of " + provider.name() + " is used up");
    }
    Quota cap = new Quota(plan.followUpsPerHour(), HOUR, true);
    return allowance.take("follow-ups", way.address(), List.of(cap), 1)
        ? Optional.empty()
        : Optional.of(plan.followUpsPerHour() + " follow-ups within an hour");
  }

  private static boolean isFirst(Alert alert, Delivery delivery) {
    return alert.deliveries().stream()
        .filter(other -> other.key().number() < delivery.key().number())
        .noneMatch(other ->
            other.cause().isRing()
                && other.channel().equals(delivery.channel())
                && other.to().equals(delivery.to()));
  }

  /** The alert as it stands, if the delivery is still under way in it. */
  private Optional<AlertBook.Seen> current(Delivery delivery) {
    return tools
        .alerts()
        .find(delivery.key().alert())
        .filter(seen ->
            seen.alert().delivery(delivery.key().number()).map(Delivery::isUnderWay).orElse(false));
  }

  /** Somebody reported on a message: it is not lost. Any thread. */
  public void reported(DeliveryKey key) {
    unreported.remove(key);
  }

  @Override
  public void tend() {
    Instant now = tools.clock().wall();
    unreported.forEach((key, until) -> {
      if (!until.isAfter(now) && unreported.remove(key, until)) {
        report(key, new Outcome.GaveUp("dropped: taken on, and never reported"), "dropped");
      }
    });
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
