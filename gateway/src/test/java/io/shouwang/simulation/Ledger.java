package io.shouwang.simulation;

import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.World;
import io.shouwang.engine.Decided;
import io.shouwang.engine.EngineWitness;
import io.shouwang.journal.Archive;
import io.shouwang.journal.ArchiveInfo;
import io.shouwang.journal.JournalReader;
import io.shouwang.journal.PlatterTail;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.EventKey;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.rules.Evidence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that ever reached the platter, read from the platter itself, and what follows from it: what
 * may be acknowledged, shown and rung. Checks of the journal against itself happen as it grows.
 */
final class Ledger {
  /** A message that was decided. */
  record Message(Delivery.Recipient to, Delivery.Cause cause, Instant expiresAt) {}

  private final World world;
  private final PlatterTail tail;
  private final List<byte[]> bodies = new ArrayList<>();
  private final Map<String, Integer> events = new HashMap<>();
  private final Map<String, EventKey> keys = new HashMap<>();
  private final Map<EventKey, List<Instant>> evidence = new HashMap<>();
  private final Map<EventKey, Boolean> named = new HashMap<>();
  private final Set<String> replies = new HashSet<>();
  private final Map<DeliveryKey, Message> messages = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private final Set<String> causes = new HashSet<>();
  private final Set<HomeId> touched = new LinkedHashSet<>();
  private final EngineWitness witness;
  private int alerts;

  Ledger(SimulatedDisk disk, Path journal, World world, Mutant mutant) {
    this.world = world;
    this.tail = new PlatterTail(disk, journal);
    this.witness = new EngineWitness((registry, _) -> District.world(registry, mutant));
  }

  long lastSequence() {
    return tail.sequence();
  }

  int alerts() {
    return alerts;
  }

  byte[] body(long sequence) {
    return bodies.get((int) sequence - 1);
  }

  EngineWitness witness() {
    return witness;
  }

  /** Takes in what has reached the platter since; returns the homes it is about. */
  Set<HomeId> read() throws IOException {
    touched.clear();
    tail.read((sequence, body) -> {
      byte[] copy = new byte[body.remaining()];
      body.get(copy);
      bodies.add(copy);
      for (Decided record : EngineWitness.records(ByteBuffer.wrap(copy))) {
        take(record);
      }
    });
    return touched;
  }

  private void take(Decided record) {
    witness
        .take(record)
        .ifPresent(difference -> {
          throw new Broken("ReplayEqualsLive", difference);
        });
    switch (record.input()) {
      case Input.EventReceived(DeviceEvent event) -> {
        String mark =
            Act.mark(event.device().value(), event.kind().value(), event.payload().toString());
        events.merge(mark, 1, Integer::sum);
        keys.put(mark, event.key());
        named.put(event.key(), event.id() != null);
      }
      case Input.ReplyReceived(var reply, var by, _, _) -> replies.add(mark(by.value(), reply));
      default -> {}
    }
    if (record.home() != null) {
      touched.add(record.home());
    }
    for (Fact fact : record.facts()) {
      take(record, fact);
    }
  }

  private static String mark(String by, Reply reply) {
    return by + " " + reply.id();
  }

  private void take(Decided record, Fact fact) {
    switch (fact) {
      case Fact.Raised raised -> {
        alerts++;
        if (raised.evidence() != null) {
          rang(raised.evidence(), record.stamp().now());
        }
      }
      case Fact.EvidenceAdded added -> rang(added.evidence(), record.stamp().now());
      case Fact.Undecided undecided ->
          throw new Broken("EveryInputIsDecided", undecided.error() + " at " + record.input());
      case Fact.DeliveryStarted started -> {
        DeliveryKey key = new DeliveryKey(started.alert(), started.number());
        if (messages.put(key, new Message(started.to(), started.cause(), started.expiresAt()))
            != null) {
          throw new Broken("SameDeliveryKeySameRing", key + " was given away twice");
        }
        if (started.to() instanceof Delivery.ToDevice to) {
          told.add(to.mailbox() + " " + started.alert() + " " + started.cause());
        }
        String cause =
            started.alert() + " " + started.to() + " " + started.cause() + " " + record.stamp();
        if (!causes.add(cause)) {
          throw new Broken("SameDeliveryKeySameRing", "a second key for " + cause);
        }
      }
      case Fact.DeliveryEnded ended when ended.outcome() instanceof Outcome.Expired -> {
        Message message = messages.get(new DeliveryKey(ended.alert(), ended.number()));
        if (message == null || message.expiresAt().isAfter(record.stamp().now())) {
          throw new Broken("NoRingExpiresEarly", ended + " at " + record.stamp() + ": " + message);
        }
      }
      default -> {}
    }
  }

  private void rang(Evidence what, Instant at) {
    List<Instant> times = evidence.computeIfAbsent(what.event(), _ -> new ArrayList<>());
    Duration window = world.rules().settings().sameEventWindow();
    boolean wide = window.compareTo(Duration.ofDays(7)) < 0;
    Duration promised = wide ? Duration.ofDays(7) : window;
    if (named.getOrDefault(what.event(), false)
        && !times.isEmpty()
        && times.getLast().plus(promised).isAfter(at)) {
      throw new Broken(
          "ResentIsOneAlert", what.kind() + " of " + what.device() + " counted twice: " + times);
    }
    times.add(at);
  }

  /** Makes the last batch as if it had never been written; for a mutant. */
  void forgetLast() {
    if (!bodies.isEmpty() && tail.isLastErasable()) {
      tail.forgetLast(bodies.getLast().length);
    }
  }

  /** What a restart finds is what was there: in the journal, or distilled into the archive. */
  void checkAgainst(SimulatedDisk disk, Path data) throws IOException {
    JournalReader reader = new JournalReader(disk, data.resolve("journal"));
    long first = reader.firstSequence().orElse(1);
    long last =
        reader
            .read(
                first,
                (sequence, body) -> {
                  boolean same =
                      sequence <= bodies.size()
                          && ByteBuffer.wrap(body(sequence)).equals(body.slice());
                  if (!same) {
                    throw new Broken("AcknowledgedIsDurable", "batch " + sequence + " is another");
                  }
                })
            .lastSequence();
    if (last != lastSequence()) {
      throw new Broken(
          "AcknowledgedIsDurable",
          "batch " + lastSequence() + " was on the platter; the journal ends at " + last);
    }
    Map<Long, Decided> archived = new HashMap<>();
    Archive archive = new Archive(disk, data.resolve("archive"));
    for (ArchiveInfo file : archive.list()) {
      archive.read(
          file.file(),
          (_, body) ->
              EngineWitness.records(body.slice())
                  .forEach(record -> archived.put(record.stamp().number(), record)));
    }
    for (long sequence = 1; sequence < first; sequence++) {
      for (Decided record : EngineWitness.records(ByteBuffer.wrap(body(sequence)))) {
        boolean kept =
            record.input() instanceof Input.ReplyReceived
                || record.facts().stream().anyMatch(Fact.OfAlert.class::isInstance);
        if (kept && !record.equals(archived.get(record.stamp().number()))) {
          throw new Broken("AcknowledgedIsDurable", "distilled away: " + record);
        }
      }
    }
  }

  /** Whether all that an act said is on the platter. */
  boolean holds(Act act) {
    return act.isReply()
        ? replies.contains(act.about() + " " + act.events().getFirst())
        : act.marks().stream().allMatch(events::containsKey);
  }

  /** When an act counted as an alarm, each time; empty if it didn't. */
  List<Instant> ringsOf(Act act) {
    EventKey key = keys.get(act.marks().getFirst());
    return key == null ? List.of() : evidence.getOrDefault(key, List.of());
  }

  /** Whether it counted twice within the time in which a redelivery is known as one. */
  boolean ringsWithinTenMinutes(Act act) {
    List<Instant> times = ringsOf(act);
    for (int i = 1; i < times.size(); i++) {
      if (times.get(i - 1).plus(Duration.ofMinutes(10)).isAfter(times.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** A message that may be sent; null if none with this key was made durable. */
  @Nullable Message message(DeliveryKey key) {
    return messages.get(key);
  }

  boolean hasTold(String mailbox, String alert, Delivery.Cause cause) {
    return told.contains(mailbox + " " + alert + " " + cause);
  }
}
