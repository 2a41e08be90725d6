package io.shouwang.sim.responder;

import io.shouwang.sim.message.Alert;
import io.shouwang.sim.message.Reply;
import io.shouwang.sim.screen.Terminal;
import io.shouwang.sim.time.Agenda;
import io.shouwang.sim.time.Clock;
import io.shouwang.sim.wire.Endpoint;
import io.shouwang.sim.wire.Line;
import io.shouwang.sim.wire.Login;
import io.shouwang.sim.wire.WireException;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A responder at work: its line to the gateway, its outbox and itself. Reconnects until closed; it
 * ends early only when the gateway refuses it.
 */
public final class Station implements AutoCloseable {
  private final String name;
  private final Clock clock;
  private final Terminal terminal;
  private final Line line;
  private final LineOutbox outbox;
  private final Responder responder;
  private final CompletableFuture<@Nullable Void> refused = new CompletableFuture<>();
  private final Thread keeper;

  public Station(
      Login login,
      Endpoint endpoint,
      Function<Alert, Script> scripts,
      Agenda agenda,
      Clock clock,
      Terminal terminal) {
    this.name = login.identity();
    this.clock = clock;
    this.terminal = terminal;
    this.line =
        new Line(
            () -> endpoint.wire(login), Reply.alertsTopic(name), this::heard, new Printed(), clock);
    this.outbox = new LineOutbox(name, line, clock, terminal);
    this.responder = new Responder(name, scripts, outbox, agenda, clock, terminal);
    this.keeper = Thread.ofVirtual().name("sim-keeper").unstarted(this::keep);
  }

  /** Begins to connect, to listen and to answer. */
  public void start() {
    outbox.start();
    keeper.start();
  }

  private void heard(byte[] payload) {
    responder.heard(payload);
  }

  private void keep() {
    try {
      line.keepOpen();
    } catch (WireException e) {
      refused.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads answers line by line until the input ends. */
  public void typeFrom(BufferedReader keys) {
    try {
      for (String typed = keys.readLine(); typed != null; typed = keys.readLine()) {
        if (!typed.isBlank()) {
          type(typed);
        }
      }
    } catch (IOException e) {
      say("the keys can't be read any more (" + e.getMessage() + ")");
    }
  }

  private void type(String typed) {
    try {
      responder.typed(Keys.read(typed));
    } catch (IllegalArgumentException e) {
      terminal.plain(e.getMessage() + "\n" + Keys.HELP);
    }
  }

  /**
   * Waits until {@code interrupted} opens.
   *
   * @throws WireException when the gateway refuses this responder
   */
  public void awaitEnd(CountDownLatch interrupted) throws WireException, InterruptedException {
    Thread waiting =
        Thread.ofVirtual()
            .name("sim-interrupted")
            .start(() -> {
              try {
                interrupted.await();
                refused.complete(null);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    try {
      refused.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WireException why) {
        throw why;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      waiting.interrupt();
    }
  }

  private void say(String text) {
    terminal.line(clock.now(), name, text);
  }

  @Override
  public void close() {
    keeper.interrupt();
    outbox.close();
    line.close();
  }

  private final class Printed implements Line.Watcher {
    @Override
    public void connected(boolean heard) {
      say("waits for alerts");
    }

    @Override
    public void lost(String why) {
      say("connection lost: " + why);
    }

    @Override
    public void again(WireException why, Duration pause) {
      say(why.getMessage() + "; again in " + pause.toMillis() + " ms");
    }
  }
}
