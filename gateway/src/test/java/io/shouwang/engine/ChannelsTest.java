package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Asked;
import io.shouwang.alerts.Effect;
import io.shouwang.model.Directory.Way;
import io.shouwang.model.Payload;
import io.shouwang.model.ResponderId;
import io.shouwang.notify.AnswerDesk;
import io.shouwang.notify.ChannelPlan;
import io.shouwang.notify.ChannelPlans;
import io.shouwang.notify.Channels;
import io.shouwang.notify.Outcomes;
import io.shouwang.notify.ProviderChannel;
import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.provider.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Channels as they are wired: what a provider works with, and how its names come back. */
final class ChannelsTest {
  private final List<ProviderKind.Surroundings> opened = new ArrayList<>();

  private static final class Numbering implements Provider {
    private int number;

    @Override
    public String name() {
      return "provider-a";
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
      return new Verdict.Accepted("n-" + ++number);
    }

    @Override
    public void close() {}
  }

  private Provider open(ProviderKind.Surroundings surroundings) {
    opened.add(surroundings);
    return new Numbering();
  }

  @Test
  void providers_sign_by_the_machines_clock_and_report_by_their_own_names() throws IOException {
    try (EngineFixture at = EngineFixture.fresh()) {
      ManualClock civil = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
      Outcomes outcomes = new Outcomes(at.engine, at.engine.time());
      AnswerDesk desk =
          new AnswerDesk(
              at.engine.alerts(),
              EngineFixture.WORLD::directory,
              at.engine,
              outcomes,
              at.engine.time(),
              new SimpleMeterRegistry());
      ChannelPlan plan =
          new ChannelPlan(
              "mqtt",
              List.of(
                  new ChannelPlan.ProviderPlan(
                      "provider-a", this::open, Duration.ofSeconds(5), null)),
              Duration.ofSeconds(60),
              20,
              0.5);
      try (Channels channels =
          new Channels(
              new ChannelPlans(null, List.of(plan)),
              desk,
              new ProviderChannel.Tools(
                  at.engine.alerts(),
                  _ -> Optional.of(new Way("mqtt", "x", Duration.ZERO, true)),
                  (_, delivery, way, _) ->
                      Optional.of(
                          new Notice(
                              delivery.key().toString(),
                              way.address(),
                              Notice.Purpose.RING,
                              true,
                              false,
                              "zh",
                              "",
                              "",
                              "",
                              "",
                              Map.of(),
                              Payload.of(new byte[0]))),
                  outcomes,
                  at.engine.time(),
                  _ -> {},
                  Runnable::run,
                  new SimpleMeterRegistry()),
              civil)) {
        assertSame(civil, opened.getFirst().clock());
        at.event("demo-sos-001", "sos", "{}");
        Effect ring =
            at.effects.stream()
                .filter(effect -> effect.delivery().to().toString().contains("demo-daughter"))
                .findFirst()
                .orElseThrow();
        channels.all().getFirst().deliver(ring);
        at.settle();
        for (Reception.Progress progress :
            List.of(Reception.Progress.DELIVERED, Reception.Progress.SEEN)) {
          opened
              .getFirst()
              .reception()
              .reported(new Reception.Report("provider-a", null, "n-1", progress, null, ""));
          at.settle();
        }
        Alert alert = at.engine.alerts().find(ring.alert()).orElseThrow().alert();
        assertEquals(
            Asked.Reached.SEEN,
            alert.asked(new ResponderId("demo-daughter")).orElseThrow().reached());
        at.clock.advance(Duration.ofMinutes(5));
        channels.all().getFirst().tend();
        at.settle();
        alert = at.engine.alerts().find(ring.alert()).orElseThrow().alert();
        assertEquals(
            Asked.Reached.SEEN,
            alert.asked(new ResponderId("demo-daughter")).orElseThrow().reached(),
            "reported, so not dropped");
      }
    }
  }
}
