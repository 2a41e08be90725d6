package io.shouwang.ingest.mqtt;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import io.shouwang.host.Clock;
import io.shouwang.model.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An endpoint without sockets, on virtual time. */
final class House implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);

  final MockTicker ticker = Ticker.newMockTicker();
  final FakeIntake intake = new FakeIntake();
  final FakeMailbox mailbox = new FakeMailbox();
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final MqttEndpoint endpoint;
  private final List<Client> clients = new ArrayList<>();

  House() {
    this(MqttSettings.Limits.DEFAULT, List.of());
  }

  House(MqttSettings.Limits limits, List<Session> sessions) {
    Clock clock =
        new Clock() {
          @Override
          public Instant wall() {
            return START.plusNanos(nanos());
          }

          @Override
          public long nanos() {
            return ticker.nanoTime() - ticker.initialNanoTime();
          }
        };
    try {
      endpoint =
          MqttEndpoint.open(
              new MqttSettings(List.of(), 0, limits),
              (identity, secret) -> !identity.equals("nobody") && Arrays.equals(secret, SECRET),
              FakeDirectory::new,
              intake,
              mailbox,
              clock,
              sessions,
              registry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection that has said nothing yet. */
  Client opens(Version version) {
    EmbeddedChannel channel = EmbeddedChannel.builder().ticker(ticker).build();
    endpoint.initialize(channel);
    Client client = new Client(channel, version);
    clients.add(client);
    return client;
  }

  /** A client that is of no more interest. */
  void forget(Client client) {
    client.leavesNothingBehind();
    clients.remove(client);
  }

  /** A client that was let in. */
  Client connects(Version version, String name) {
    return connects(Wire.connect(version, name));
  }

  Client connects(Wire.Connect connect) {
    Client client = opens(connect.version);
    client.sends(connect.bytes());
    settle();
    client.isWelcome();
    return client;
  }

  /** Lets what is due happen, on every connection. */
  void settle() {
    for (int round = 0; round < 4; round++) {
      clients.forEach(Client::settle);
    }
  }

  void passes(Duration time) {
    ticker.advance(time.toNanos(), TimeUnit.NANOSECONDS);
    endpoint.passTime(Runnable::run);
    settle();
  }

  void acknowledges() {
    intake.acknowledge();
    settle();
  }

  double count(String name) {
    return registry.get(name).counters().stream().mapToDouble(counter -> counter.count()).sum();
  }

  double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  @Override
  public void close() {
    clients.forEach(Client::leavesNothingBehind);
    endpoint.close();
  }
}
