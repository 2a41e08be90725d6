package io.shouwang.console;

import io.shouwang.model.ResponderId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Shifts that somebody would like to give away. Until one is taken, whoever offers it is on call;
 * so they live in memory alone, and after a restart are offered again. Any thread.
 */
final class ShiftOffers {
  private static final int OFFERS_MAX = 1_000;
  private static final int OFFERS_EACH_MAX = 10;
  private static final int ID_BYTES = 8;

  private final SecureRandom random = new SecureRandom();
  private final List<Offer> offers = new ArrayList<>();

  /**
   * One shift.
   *
   * @param by who is on call in it, and offers it
   */
  record Offer(String id, String schedule, Instant from, Instant to, ResponderId by) {}

  /** Offers a shift; empty if too many are offered, by them or by all. The same again is one. */
  synchronized Optional<Offer> offer(
      String schedule, Instant from, Instant to, ResponderId by, Instant now) {
    forget(now);
    Optional<Offer> same =
        offers.stream()
            .filter(one ->
                one.by().equals(by)
                    && one.schedule().equals(schedule)
                    && one.from().isBefore(to)
                    && from.isBefore(one.to()))
            .findFirst();
    if (same.isPresent()) {
      return same;
    }
    long own = offers.stream().filter(one -> one.by().equals(by)).count();
    if (own >= OFFERS_EACH_MAX || offers.size() >= OFFERS_MAX) {
      return Optional.empty();
    }
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    Offer made = new Offer(HexFormat.of().formatHex(id), schedule, from, to, by);
    offers.add(made);
    return Optional.of(made);
  }

  synchronized List<Offer> all(Instant now) {
    forget(now);
    return List.copyOf(offers);
  }

  synchronized List<Offer> of(String schedule, Instant now) {
    return all(now).stream().filter(one -> one.schedule().equals(schedule)).toList();
  }

  synchronized Optional<Offer> find(String id, Instant now) {
    return all(now).stream().filter(one -> one.id().equals(id)).findFirst();
  }

  /** Takes it away, for one alone; false if somebody else did before. */
  synchronized boolean remove(Offer offer) {
    return offers.remove(offer);
  }

  /** It was taken away, and nothing came of it. */
  synchronized void restore(Offer offer) {
    if (!offers.contains(offer)) {
      offers.add(offer);
    }
  }

  private void forget(Instant now) {
    offers.removeIf(offer -> !offer.to().isAfter(now));
  }
}
