package io.shouwang.registry;

import io.shouwang.host.Clock;
import io.shouwang.host.LockTaken;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Role;
import io.shouwang.registry.Order.Outcome;
import io.shouwang.registry.Order.Wanted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Edits the registry while the gateway runs, on a thread of its own: orders that come within a
 * moment become one generation, checked against the whole, durable, and in force before an order
 * counts as done. {@link #submit}, {@link #find} and {@link #waiting} for any thread.
 */
public final class Registrar implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
  private static final int WAITING_MAX = 1_000;
  private static final int KEPT_MAX = 1_000;
  private static final int TOGETHER_MAX = 200;
  private static final long GATHER_MILLIS = 100;
  private static final long AGAIN_MILLIS = 500;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** So many generations of edits are read at a start before they are written out as files. */
  static final int FOLDED_AT = 500;

  /** Looking at all homes costs less than finding out which of so many are meant. */
  private static final int HOMES_MAX = 50_000;

  /** Puts generations in force. */
  public interface Force {
    /** The one in force. */
    Registry registry();

    /**
     * Has a generation made out of the one in force and puts it there; nobody else does so then.
     */
    void replace(Making making) throws IOException;
  }

  /** Makes the next generation. */
  @FunctionalInterface
  public interface Making {
    /** Durable on return; empty if it stays as it is. */
    Optional<Next> of(Registry now) throws IOException;
  }

  /**
   * A generation that is durable.
   *
   * @param homes that may be answered otherwise now; null if they can't be named
   */
  public record Next(Registry registry, @Nullable Set<HomeId> homes) {}

  /** An order that was taken in. */
  public record Ticket(long number, Order order, CompletableFuture<Outcome> outcome) {}

  private final RegistryFolder folder;
  private final Force force;
  private final Supplier<Set<Role>> roles;
  private final Clock clock;
  private final BlockingQueue<Ticket> queue = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Map<Long, Ticket> kept = new LinkedHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** What each order of a generation came to, until the generation is in force. */
  private final Map<Ticket, Outcome> came = new HashMap<>();

  private final Thread thread;
  private long numbers;

  /** Begins to work. */
  public Registrar(RegistryFolder folder, Force force, Supplier<Set<Role>> roles, Clock clock) {
    this.folder = folder;
    this.force = force;
    this.roles = roles;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("registrar").start(this::work);
  }

  /** Takes an order in; empty if too many wait. */
  public Optional<Ticket> submit(Order order) {
    synchronized (kept) {
      Ticket ticket = new Ticket(++numbers, order, new CompletableFuture<>());
      if (closing.getCount() == 0 || !queue.offer(ticket)) {
        return Optional.empty();
      }
      kept.put(ticket.number(), ticket);
      if (kept.size() > KEPT_MAX + WAITING_MAX) {
        kept.remove(kept.keySet().iterator().next());
      }
      return Optional.of(ticket);
    }
  }

  /** An order by its number, while it is remembered: the last thousand, until the next start. */
  public Optional<Ticket> find(long number) {
    synchronized (kept) {
      return Optional.ofNullable(kept.get(number));
    }
  }

  /** How many orders wait. */
  public int waiting() {
    return queue.size();
  }

  private void work() {
    try {
      while (closing.getCount() > 0) {
        Ticket first = queue.poll(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Ticket> together = new ArrayList<>(List.of(first));
          Ticket more;
          while (together.size() < TOGETHER_MAX
              && (more = queue.poll(GATHER_MILLIS, TimeUnit.MILLISECONDS)) != null) {
            together.add(more);
          }
          serve(together);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Ticket left = queue.poll(); left != null; left = queue.poll()) {
      left.outcome().complete(new Outcome.Failed("the gateway stops"));
    }
  }

  private void serve(List<Ticket> together) throws InterruptedException {
    long since = clock.nanos();
    while (true) {
      try {
        force.replace(now -> attempt(now, together));
        settle(together);
        foldIfDue();
        return;
      } catch (LockTaken importing) {
        boolean isOver = closing.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        if (isOver || clock.nanos() - since > PATIENCE_NANOS) {
          fail(together, "an import is running");
          return;
        }
      } catch (IOException | RuntimeException e) {
        LOG.error("an edit of the registry failed", e);
        fail(together, "the registry can't be written: the log says why");
        return;
      }
    }
  }

  private static void fail(List<Ticket> together, String why) {
    together.forEach(ticket -> ticket.outcome().complete(new Outcome.Failed(why)));
  }

  private void settle(List<Ticket> together) {
    for (Ticket ticket : together) {
      Outcome outcome = came.remove(ticket);
      ticket
          .outcome()
          .complete(outcome == null ? new Outcome.Failed("nothing came of it") : outcome);
    }
    came.clear();
  }

  /** All together; if they don't go together, one after the other. */
  private Optional<Next> attempt(Registry now, List<Ticket> together) throws IOException {
    came.clear();
    Registry at = now;
    Set<HomeId> homes = new HashSet<>();
    Step all = step(now, together);
    if (all.problems().isEmpty()) {
      at = all.registry();
      add(homes, all, now);
    } else if (together.size() == 1) {
      came.put(together.getFirst(), new Outcome.Refused(all.problems()));
    } else {
      for (Ticket ticket : together) {
        Step one = step(at, List.of(ticket));
        if (one.problems().isEmpty()) {
          add(homes, one, at);
          at = one.registry();
        } else {
          came.put(ticket, new Outcome.Refused(one.problems()));
        }
      }
    }
    return at == now
        ? Optional.empty()
        : Optional.of(new Next(at, homes.size() > HOMES_MAX ? null : homes));
  }

  private record Step(Registry registry, List<Change> changes, List<EntryProblem> problems) {}

  private Step step(Registry now, List<Ticket> tickets) throws IOException {
    Map<String, Entry> entries = new HashMap<>();
    Map<Ticket, List<Change>> changesOf = new LinkedHashMap<>();
    List<Change> changes = new ArrayList<>();
    for (Ticket ticket : tickets) {
      List<Change> own = new ArrayList<>();
      Entry outdated = null;
      for (Wanted wanted : ticket.order().wanted()) {
        Entry entry = wanted.entry();
        Entry before = entries.get(entry.toString());
        before = before == null ? now.entry(entry.section(), entry.id()) : before;
        if (!before.version().equals(wanted.version())) {
          outdated = before;
        } else if (!before.version().equals(entry.version())) {
          own.add(Change.of(clock.wall(), ticket.order().by(), before, entry));
        }
      }
      if (outdated != null) {
        came.put(ticket, new Outcome.Outdated(outdated));
      } else {
        changesOf.put(ticket, own);
        own.forEach(change -> entries.put(change.entry().toString(), change.entry()));
        changes.addAll(own);
      }
    }
    Registry next = now;
    if (!changes.isEmpty()) {
      RegistryFolder.Made made = folder.amend(now, changes, roles.get());
      if (made.registry() == null) {
        return new Step(now, List.of(), made.problems());
      }
      next = made.registry();
    }
    String hash = next.hash();
    changesOf.forEach((ticket, own) -> came.put(ticket, new Outcome.Done(hash, own)));
    return new Step(next, changes, List.of());
  }

  /** The homes of which rules may say something else now. */
  private static void add(Set<HomeId> homes, Step step, Registry before) {
    for (Change change : step.changes()) {
      String id = change.entry().id();
      Section section = change.entry().section();
      switch (section) {
        case HOMES -> homes.add(new HomeId(id));
        case ELDERS, DEVICES -> {
          for (Registry registry : List.of(before, step.registry())) {
            HomeId home = homeOf(registry, section, id);
            if (home != null) {
              homes.add(home);
            }
          }
        }
        case AREAS ->
            step.registry().homesIn(new AreaId(id)).limit(HOMES_MAX + 1L).forEach(homes::add);
        // These are asked when somebody is rung.
        case RESPONDERS,
            WAYS,
            SCHEDULES,
            EXCEPTIONS,
            ELDER_CONTACTS,
            HOME_CONTACTS,
            AREA_CONTACTS -> {}
      }
    }
  }

  private static @Nullable HomeId homeOf(Registry registry, Section section, String id) {
    if (section == Section.ELDERS) {
      Directory.Elder elder = registry.elder(new ElderId(id));
      return elder == null ? null : elder.home();
    }
    Directory.Placement placement = registry.placement(new DeviceId(id));
    return placement == null ? null : placement.home();
  }

  private void foldIfDue() throws IOException {
    if (folder.depth(force.registry().hash()) < FOLDED_AT) {
      return;
    }
    try {
      long since = clock.nanos();
      force.replace(now -> Optional.of(new Next(folder.fold(now), Set.of())));
      LOG.info(
          "{} generations of edits were written out as files in {} s",
          FOLDED_AT,
          TimeUnit.NANOSECONDS.toSeconds(clock.nanos() - since));
    } catch (LockTaken importing) {
      // The next edit tries again.
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "the edits of the registry can't be written out as files; they hold all the same", e);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
