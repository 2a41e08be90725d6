package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Effect;
import io.shouwang.model.Directory.Way;
import io.shouwang.model.Outcome;
import io.shouwang.model.Payload;
import io.shouwang.model.Reply;
import io.shouwang.notify.ChannelPlan;
import io.shouwang.notify.Outcomes;
import io.shouwang.notify.ProviderChannel;
import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Notice.Purpose;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel whose providers do what providers do, on virtual time over the real engine. */
final class ProviderChannelTest {
  private static final Verdict OK = new Verdict.Accepted("id-1");
  private static final Verdict SERVER_ERROR = refused(Failure.BROKEN);
  private static final Verdict TOO_MANY = refused(Failure.BUSY);
  private static final Verdict HANGS = refused(Failure.TIMED_OUT);
  private static final Verdict ERROR_INSIDE = refused(Failure.REFUSED);
  private static final Verdict WRONG_KEY = refused(Failure.MISCONFIGURED);

  private EngineFixture at;
  private final List<String> sent = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();

  private static Verdict refused(Failure failure) {
    return new Verdict.Refused(failure, "said so");
  }

  /** Says what was scripted, then the last of it again and again. */
  private final class Scripted implements Provider {
    private final String name;
    private final Queue<Verdict> script;
    private final List<Quota> quotas;

    Scripted(String name, List<Quota> quotas, Verdict... script) {
      this.name = name;
      this.quotas = quotas;
      this.script = new ArrayDeque<>(Arrays.asList(script));
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Audience audience() {
      return Audience.PERSON;
    }

    @Override
    public List<Quota> quotas() {
      return quotas;
    }

    @Override
    public Verdict submit(Notice notice) {
      sent.add(name + " " + notice.key());
      return script.size() > 1 ? script.remove() : script.element();
    }

    @Override
    public void close() {}
  }

  private Scripted says(String name, Verdict... script) {
    return new Scripted(name, List.of(), script);
  }

  @BeforeEach
  void open() throws IOException {
    at = EngineFixture.fresh();
  }

  @AfterEach
  void close() throws IOException {
    at.close();
  }

  /** What happens while a channel waits to try again. */
  private Runnable meanwhile = () -> {};

  private ProviderChannel channel(@Nullable Duration reportWithin, Provider... providers) {
    ChannelPlan plan = new ChannelPlan("mqtt", List.of(), reportWithin, 2, 0.5);
    return new ProviderChannel(
        plan,
        List.of(providers),
        new ProviderChannel.Tools(
            at.engine.alerts(),
            delivery -> Optional.of(new Way("mqtt", "+86138", Duration.ZERO, true)),
            (seen, delivery, way, provider) -> Optional.of(notice(delivery, way)),
            new Outcomes(at.engine, at.engine.time()),
            at.engine.time(),
            pause -> {
              pauses.add(pause);
              meanwhile.run();
            },
            Runnable::run,
            new SimpleMeterRegistry()));
  }

  private static Notice notice(Delivery delivery, Way way) {
    return new Notice(
        delivery.key().toString(),
        way.address(),
        Purpose.RING,
        true,
        false,
        "zh",
        "t",
        "t",
        "",
        "",
        Map.of(),
        Payload.of(new byte[0]));
  }

  /** The first ring of a press to the daughter. */
  private Effect ring() throws IOException {
    at.event("demo-sos-001", "sos", "{}");
    return at.effects.stream()
        .filter(effect -> effect.delivery().to().toString().contains("demo-daughter"))
        .findFirst()
        .orElseThrow();
  }

  private @Nullable Outcome outcome(Effect effect) throws IOException {
    at.settle();
    Alert alert = at.engine.alerts().find(effect.alert()).orElseThrow().alert();
    return alert.delivery(effect.delivery().key().number()).orElseThrow().outcome();
  }

  @Test
  void who_answers_by_another_way_meanwhile_gets_no_further_attempt() throws IOException {
    Effect ring = ring();
    Alert alert = at.engine.alerts().find(ring.alert()).orElseThrow().alert();
    meanwhile =
        () -> {
          try {
            at.reply("demo-daughter", alert, Reply.Answer.ACCEPT, 8, null);
            at.settle();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    channel(null, says("a", SERVER_ERROR, OK)).deliver(ring);
    assertEquals(1, sent.size(), "her phone stays quiet");
    assertEquals(new Outcome.Superseded(), outcome(ring));
  }

  @Test
  void what_is_taken_on_is_sent_under_the_providers_id() throws IOException {
    Effect ring = ring();
    channel(null, says("a", OK)).deliver(ring);
    assertEquals(new Outcome.Sent("id-1"), outcome(ring));
    assertEquals(List.of("a " + ring.delivery().key()), sent);
  }

  @Test
  void an_error_that_may_pass_goes_to_the_other_provider_at_once() throws IOException {
    for (Verdict first : List.of(SERVER_ERROR, TOO_MANY, HANGS)) {
      sent.clear();
      Effect ring = ring();
      channel(null, says("a", first), says("b", OK)).deliver(ring);
      assertInstanceOf(Outcome.Sent.class, outcome(ring));
      assertEquals(2, sent.size(), "once each, under one key: " + sent);
      assertEquals(List.of(), pauses, "nobody waits while there is another");
      close();
      open();
    }
  }

  @Test
  void all_down_is_tried_again_within_seconds_and_then_given_up_for_the_next_way()
      throws IOException {
    Effect ring = ring();
    channel(null, says("a", SERVER_ERROR), says("b", HANGS)).deliver(ring);
    assertEquals(8, sent.size(), "four rounds");
    assertEquals(
        List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)), pauses);
    Outcome.GaveUp gaveUp = assertInstanceOf(Outcome.GaveUp.class, outcome(ring));
    assertTrue(gaveUp.reason().contains("b: timed_out"), gaveUp.reason());
  }

  @Test
  void all_down_but_one_gets_through() throws IOException {
    Effect ring = ring();
    channel(
            null,
            says("a", SERVER_ERROR),
            says("b", WRONG_KEY),
            says("c", ERROR_INSIDE),
            says("d", TOO_MANY, TOO_MANY, OK))
        .deliver(ring);
    assertInstanceOf(Outcome.Sent.class, outcome(ring));
    assertEquals(8, sent.size(), "three rounds over those whose failure may pass: " + sent);
  }

  @Test
  void an_error_that_stays_is_not_repeated_and_a_wrong_account_is_shown() throws IOException {
    Effect ring = ring();
    ProviderChannel channel = channel(null, says("a", WRONG_KEY), says("b", ERROR_INSIDE));
    channel.deliver(ring);
    assertEquals(2, sent.size());
    assertInstanceOf(Outcome.GaveUp.class, outcome(ring));
    assertEquals(List.of("a: misconfigured (said so)"), channel.troubles());
  }

  @Test
  void accepted_and_dropped_counts_as_lost_when_no_report_comes() throws IOException {
    Effect ring = ring();
    ProviderChannel channel = channel(Duration.ofSeconds(60), says("a", OK));
    channel.deliver(ring);
    assertEquals(new Outcome.Sent("id-1"), outcome(ring));
    at.clock.advance(Duration.ofSeconds(59));
    channel.tend();
    assertEquals(new Outcome.Sent("id-1"), outcome(ring), "it still has a second");
    at.clock.advance(Duration.ofSeconds(1));
    channel.tend();
    assertInstanceOf(Outcome.GaveUp.class, outcome(ring));
  }

  @Test
  void what_was_reported_is_not_lost() throws IOException {
    Effect ring = ring();
    ProviderChannel channel = channel(Duration.ofSeconds(60), says("a", OK));
    channel.deliver(ring);
    assertEquals(new Outcome.Sent("id-1"), outcome(ring));
    channel.reported(ring.delivery().key());
    at.clock.advance(Duration.ofMinutes(5));
    channel.tend();
    assertEquals(new Outcome.Sent("id-1"), outcome(ring));
  }

  @Test
  void a_first_ring_is_never_held_back_and_follow_ups_are() throws IOException {
    Quota used = new Quota(1, Duration.ofHours(1), true);
    ProviderChannel channel = channel(null, new Scripted("a", List.of(used), OK));
    Effect first = ring();
    channel.deliver(first);
    assertInstanceOf(Outcome.Sent.class, outcome(first));
    at.effects.clear();
    at.advance(Duration.ofSeconds(31));
    at.event("demo-sos-001", "sos", "{\"id\":\"again\"}");
    Effect again =
        at.effects.stream()
            .filter(effect -> effect.delivery().to().toString().contains("demo-daughter"))
            .findFirst()
            .orElseThrow();
    channel.deliver(again);
    assertInstanceOf(Outcome.HeldBack.class, outcome(again));
    at.effects.clear();
    at.event("demo-smoke-001", "smoke", "{\"state\":\"alarm\"}");
    Effect other =
        at.effects.stream()
            .filter(effect -> effect.delivery().to().toString().contains("demo-daughter"))
            .findFirst()
            .orElseThrow();
    channel.deliver(other);
    assertInstanceOf(Outcome.Sent.class, outcome(other), "another alert's first ring");
  }

  @Test
  void whoever_answered_meanwhile_is_not_sent_to() throws IOException {
    Effect ring = ring();
    Alert alert = at.engine.alerts().find(ring.alert()).orElseThrow().alert();
    at.reply("demo-desk", alert, io.shouwang.model.Reply.Answer.DONE, null, "seen to");
    channel(null, says("a", OK)).deliver(ring);
    assertEquals(List.of(), sent);
  }

  /** The daughter's ring after another press; the one before is at least 31 seconds ago. */
  private Effect pressAgain(String id) throws IOException {
    at.effects.clear();
    at.advance(Duration.ofSeconds(31));
    at.event("demo-sos-001", "sos", "{\"id\":\"" + id + "\"}");
    return at.effects.stream()
        .filter(effect -> effect.delivery().to().toString().contains("demo-daughter"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_follow_up_goes_by_the_provider_that_has_room_left() throws IOException {
    Quota one = new Quota(1, Duration.ofHours(1), true);
    ProviderChannel channel = channel(null, new Scripted("a", List.of(one), OK), says("b", OK));
    channel.deliver(ring());
    Effect again = pressAgain("again");
    channel.deliver(again);
    assertInstanceOf(Outcome.Sent.class, outcome(again));
    assertEquals("b " + again.delivery().key(), sent.getLast());
  }

  @Test
  void what_was_not_taken_on_uses_no_quota_up() throws IOException {
    Quota one = new Quota(1, Duration.ofHours(1), true);
    ProviderChannel channel =
        channel(
            null,
            new Scripted(
                "a", List.of(one), SERVER_ERROR, SERVER_ERROR, SERVER_ERROR, SERVER_ERROR, OK));
    Effect first = ring();
    channel.deliver(first);
    assertInstanceOf(Outcome.GaveUp.class, outcome(first));
    Effect again = pressAgain("again");
    channel.deliver(again);
    assertInstanceOf(Outcome.Sent.class, outcome(again));
  }

  @Test
  void what_the_last_run_sent_counts_after_a_start() throws IOException {
    Quota one = new Quota(1, Duration.ofHours(1), true);
    Effect first = ring();
    channel(null, new Scripted("a", List.of(one), OK)).deliver(first);
    assertInstanceOf(Outcome.Sent.class, outcome(first));
    Effect again = pressAgain("again");
    channel(null, new Scripted("a", List.of(one), OK)).deliver(again);
    assertInstanceOf(Outcome.HeldBack.class, outcome(again));
  }

  @Test
  void a_provider_that_throws_is_one_that_failed() throws IOException {
    Provider broken =
        new Provider() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public Audience audience() {
            return Audience.PERSON;
          }

          @Override
          public List<Quota> quotas() {
            return List.of();
          }

          @Override
          public Verdict submit(Notice notice) {
            throw new IllegalStateException("https://provider.invalid/?key=secret");
          }

          @Override
          public void close() {}
        };
    Effect ring = ring();
    channel(null, broken, says("b", OK)).deliver(ring);
    assertInstanceOf(Outcome.Sent.class, outcome(ring));
  }

  @Test
  void who_asks_for_ten_minutes_is_not_asked_again_for_this_message() throws IOException {
    Verdict later = new Verdict.Refused(Failure.BUSY, "silenced", Duration.ofMinutes(10));
    Effect ring = ring();
    channel(null, says("a", later)).deliver(ring);
    assertInstanceOf(Outcome.GaveUp.class, outcome(ring), "the next way, at once");
    assertEquals(1, sent.size());
    assertEquals(List.of(), pauses);
  }

  @Test
  void a_pause_is_as_long_as_the_provider_asks() throws IOException {
    Verdict later = new Verdict.Refused(Failure.BUSY, "crowded", Duration.ofSeconds(5));
    Effect ring = ring();
    channel(null, says("a", later, OK)).deliver(ring);
    assertInstanceOf(Outcome.Sent.class, outcome(ring));
    assertEquals(List.of(Duration.ofSeconds(5)), pauses);
  }

  @Test
  void who_hangs_again_and_again_is_asked_last_for_a_while() throws IOException {
    ProviderChannel channel = channel(null, says("a", HANGS, HANGS, HANGS, OK), says("b", OK));
    channel.deliver(ring());
    channel.deliver(alarm("demo-smoke-001", "smoke"));
    channel.deliver(pressAgain("2"));
    assertEquals(6, sent.size(), "three times a first, then b: " + sent);
    sent.clear();
    Effect gas = alarm("demo-smoke-001", "gas");
    channel.deliver(gas);
    assertEquals(List.of("b " + gas.delivery().key()), sent);
  }

  private Effect alarm(String device, String kind) throws IOException {
    at.effects.clear();
    at.event(device, kind, "{\"state\":\"alarm\"}");
    return at.effects.stream()
        .filter(effect -> effect.delivery().to().toString().contains("demo-daughter"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatever_a_provider_does_the_next_rung_rings_in_its_second_and_not_before()
      throws IOException {
    for (Verdict does : List.of(SERVER_ERROR, TOO_MANY, HANGS, ERROR_INSIDE, WRONG_KEY, OK)) {
      Effect ring = ring();
      ProviderChannel channel = channel(Duration.ofSeconds(20), says("a", does), says("b", does));
      channel.deliver(ring);
      at.settle();
      at.effects.clear();
      at.advance(Duration.ofSeconds(59));
      channel.tend(); // what was taken on and dropped is known by now
      at.settle();
      assertEquals(0, ringsOfTheNextRung(), does + ": too early");
      at.advance(Duration.ofSeconds(1));
      assertEquals(1, ringsOfTheNextRung(), does + ": too late, or twice");
      assertInstanceOf(Outcome.GaveUp.class, outcome(ring), "" + does);
      close();
      open();
    }
  }

  private long ringsOfTheNextRung() {
    return at.effects.stream()
        .filter(effect -> effect.delivery().to().toString().contains("demo-service"))
        .filter(effect -> effect.delivery().cause().isRing())
        .count();
  }
}
