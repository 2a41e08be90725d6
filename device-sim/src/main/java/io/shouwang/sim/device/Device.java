package io.shouwang.sim.device;

import io.shouwang.sim.message.Down;
import io.shouwang.sim.message.Payloads;
import io.shouwang.sim.screen.Terminal;
import io.shouwang.sim.time.Clock;
import io.shouwang.sim.wire.Line;
import io.shouwang.sim.wire.Wire;
import io.shouwang.sim.wire.WireException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A simulated device, or a hub that speaks for others: sends each event, unchanged, until it is
 * acknowledged, and prints that and every {@code down} message. Thread-safe.
 */
public final class Device implements AutoCloseable {
  private final String speaker;
  private final Clock clock;
  private final Terminal terminal;
  private final Line line;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * A device that isn't connected yet.
   *
   * @param speaker the identity that connects: the device, or its hub
   */
  public Device(String speaker, Supplier<Wire> wires, Clock clock, Terminal terminal) {
    this.speaker = speaker;
    this.clock = clock;
    this.terminal = terminal;
    this.line = new Line(wires, Payloads.downTopic(speaker), this::heard, new Printed(), clock);
  }

  /** Keeps listening; for a thread of its own. */
  public void keepOpen() throws WireException, InterruptedException {
    line.keepOpen();
  }

  /**
   * Says one event and prints when it was acknowledged.
   *
   * @param device whose event it is: the speaker's own, or a device registered under it
   * @param words what happened, for people
   * @throws WireException when the gateway refuses, or {@code patience} is over
   */
  public void say(String device, String kind, byte[] payload, String words, Duration patience)
      throws WireException, InterruptedException {
    say(device, words);
    Line.Acknowledged done = line.send(Payloads.topic(device, kind), payload, patience);
    boolean connecting = done.took().minus(done.answered()).toMillis() > 0;
    say(
        device,
        "acknowledged in "
            + millis(done.answered())
            + " ms"
            + (connecting ? " (" + millis(done.took()) + " ms with connecting)" : "")
            + (done.attempts() == 1 ? "" : ", at attempt " + done.attempts()));
  }

  /** Says one reading and prints nothing unless it fails; for the telemetry nobody watches. */
  public void mention(String kind, byte[] payload, Duration patience)
      throws WireException, InterruptedException {
    line.send(Payloads.topic(speaker, kind), payload, patience);
  }

  /** Listens until the alert is closed or {@code wait} is over. */
  public void listen(Duration wait) throws InterruptedException {
    if (!closed.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
      terminal.line(clock.now(), speaker, "stops listening");
    }
  }

  private void heard(byte[] payload) {
    try {
      Down down = Down.read(payload);
      String device = down.device();
      say(device == null ? speaker : device, "hears: " + down.words());
      if (down.closed()) {
        closed.countDown();
      }
    } catch (IOException e) {
      say(speaker, "hears something it can't read (" + e.getMessage() + ")");
    }
  }

  private void say(String device, String text) {
    terminal.line(clock.now(), device, text);
  }

  private static String millis(Duration took) {
    return String.format(Locale.ROOT, "%.1f", took.toNanos() / 1e6);
  }

  @Override
  public void close() {
    line.close();
  }

  private final class Printed implements Line.Watcher {
    @Override
    public void lost(String why) {
      say(speaker, "connection lost: " + why);
    }

    @Override
    public void deaf(WireException why) {
      say(speaker, "can't listen, speaks all the same: " + why.getMessage());
    }

    @Override
    public void again(WireException why, Duration pause) {
      say(speaker, why.getMessage() + "; again in " + pause.toMillis() + " ms");
    }
  }
}
