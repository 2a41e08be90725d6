package io.shouwang.sim.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.sim.time.VirtualClock;
import io.shouwang.sim.wire.WireException.Trouble;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A line over wires that fail as told: each entry of {@code troubles} spoils one act. */
final class LineTest {
  private final VirtualClock clock = new VirtualClock();
  private final List<String> story = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final Deque<String> troubles = new ArrayDeque<>();
  private final CountDownLatch stands = new CountDownLatch(1);
  private int dropsAtOnce;
  private Runnable drop = () -> {};
  private final Line line =
      new Line(
          ScriptedWire::new,
          "down",
          payload -> heard.add(new String(payload, UTF_8)),
          new Line.Watcher() {
            @Override
            public void deaf(WireException why) {
              story.add("deaf");
            }

            @Override
            public void connected(boolean heard) {
              if (dropsAtOnce > 0) {
                dropsAtOnce--;
                drop.run();
              } else {
                stands.countDown();
              }
            }
          },
          clock);

  @Test
  void anEventWhoseAckWasLostIsResentUnchangedUntilAcknowledged() throws Exception {
    troubles.addAll(List.of("publish:LOST", "publish:LOST"));
    Line.Acknowledged done = send("{\"id\":\"e-1\",\"at\":7}", Duration.ofMinutes(1));
    assertEquals(3, done.attempts());
    String publish = "publish up {\"id\":\"e-1\",\"at\":7}";
    assertEquals(
        List.of(
            "connect",
            "subscribe down",
            publish,
            "close",
            "connect",
            "subscribe down",
            publish,
            "close",
            "connect",
            "subscribe down",
            publish),
        story);
  }

  @Test
  void theTimeUntilTheAcknowledgementCountsFromTheFirstAttempt() throws Exception {
    troubles.addAll(List.of("connect:UNREACHABLE", "publish:LOST"));
    assertEquals(
        Duration.ofMillis(200 + 400), send("x", Duration.ofMinutes(1)).took(), "both pauses");
  }

  /** Two clients of one name: without a pause each would throw the other out without end. */
  @Test
  void aConnectionThatDoesNotStandIsNotRepeatedAtOnce() throws Exception {
    dropsAtOnce = 5;
    Thread keeper =
        Thread.ofVirtual()
            .start(() -> {
              try {
                line.keepOpen();
              } catch (WireException | InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    assertTrue(stands.await(30, TimeUnit.SECONDS));
    line.close();
    keeper.interrupt();
    keeper.join();
    assertTrue(clock.nanos() >= Duration.ofMillis(400 + 1200 + 2800 + 5000 + 5000).toNanos());
  }

  @Test
  void oneConnectionServesManyEvents() throws Exception {
    send("1", Duration.ofSeconds(1));
    send("2", Duration.ofSeconds(1));
    assertEquals(List.of("connect", "subscribe down", "publish up 1", "publish up 2"), story);
  }

  @Test
  void aRefusalIsNotRepeated() {
    troubles.add("connect:REFUSED");
    WireException e = assertThrows(WireException.class, () -> send("x", Duration.ofMinutes(1)));
    assertEquals(Trouble.REFUSED, e.trouble());
    assertEquals(List.of("connect", "close"), story);
  }

  @Test
  void patienceEnds() {
    for (int i = 0; i < 100; i++) {
      troubles.add("connect:UNREACHABLE");
    }
    assertThrows(WireException.class, () -> send("x", Duration.ofSeconds(20)));
    assertTrue(clock.nanos() <= Duration.ofSeconds(20).toNanos());
    assertTrue(clock.nanos() >= Duration.ofSeconds(10).toNanos(), "it did try");
  }

  @Test
  void aDeviceThatMayNotListenSpeaksAllTheSame() throws Exception {
    troubles.add("subscribe:REFUSED");
    assertEquals(1, send("alarm", Duration.ofSeconds(1)).attempts());
    assertEquals(List.of("connect", "subscribe down", "deaf", "publish up alarm"), story);
  }

  @Test
  void aSubscriptionThatBreaksTheConnectionIsLeftOutTheNextTime() throws Exception {
    troubles.addAll(List.of("subscribe:LOST", "publish:LOST"));
    assertEquals(2, send("alarm", Duration.ofSeconds(9)).attempts());
    assertEquals(
        List.of(
            "connect",
            "subscribe down",
            "deaf",
            "publish up alarm",
            "close",
            "connect",
            "publish up alarm"),
        story);
  }

  @Test
  void aResponderThatMayNotListenIsRefused() {
    troubles.add("subscribe:REFUSED");
    assertThrows(WireException.class, () -> line.open(Duration.ofSeconds(1)));
  }

  @Test
  void whatArrivesIsHeard() throws Exception {
    line.open(Duration.ofSeconds(1));
    assertEquals(List.of("hello"), heard);
  }

  private Line.Acknowledged send(String payload, Duration patience) throws Exception {
    return line.send("up", payload.getBytes(UTF_8), patience);
  }

  private final class ScriptedWire implements Wire {
    private void act(String act, String words) throws WireException {
      story.add(words);
      @Nullable String next = troubles.peek();
      if (next != null && next.startsWith(act + ":")) {
        troubles.remove();
        throw new WireException(Trouble.valueOf(next.substring(act.length() + 1)), next);
      }
    }

    @Override
    public void connect(Listener listener) throws WireException {
      act("connect", "connect");
      drop = () -> listener.lost("thrown out");
      listener.arrived("down", "hello".getBytes(UTF_8));
    }

    @Override
    public void subscribe(String topic) throws WireException {
      act("subscribe", "subscribe " + topic);
    }

    @Override
    public void publish(String topic, byte[] payload) throws WireException {
      act("publish", "publish " + topic + " " + new String(payload, UTF_8));
    }

    @Override
    public void close() {
      story.add("close");
    }
  }
}
