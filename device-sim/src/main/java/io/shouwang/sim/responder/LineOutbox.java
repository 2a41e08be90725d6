package io.shouwang.sim.responder;

import io.shouwang.sim.message.Reply;
import io.shouwang.sim.screen.Terminal;
import io.shouwang.sim.time.Clock;
import io.shouwang.sim.wire.Line;
import io.shouwang.sim.wire.WireException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;

/** Sends replies over a line, one after another, each until acknowledged. One thread of its own. */
public final class LineOutbox implements Outbox, AutoCloseable {
  private static final int REPLIES_WAITING_MAX = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final class Letter {
    final byte[] message;
    final String words;

    Letter(byte[] message, String words) {
      this.message = message;
      this.words = words;
    }
  }

  private final ArrayBlockingQueue<Letter> letters = new ArrayBlockingQueue<>(REPLIES_WAITING_MAX);
  private final String responder;
  private final Line line;
  private final Clock clock;
  private final Terminal terminal;
  private final Thread postman;

  public LineOutbox(String responder, Line line, Clock clock, Terminal terminal) {
    this.responder = responder;
    this.line = line;
    this.clock = clock;
    this.terminal = terminal;
    this.postman = Thread.ofVirtual().name("sim-postman").unstarted(this::work);
  }

  /** Begins to send. */
  public void start() {
    postman.start();
  }

  @Override
  public void post(byte[] message, String words) {
    if (!letters.offer(new Letter(message, words))) {
      say("NOT sent, " + REPLIES_WAITING_MAX + " replies wait already: " + words);
    }
  }

  private void work() {
    try {
      while (true) {
        Letter letter = letters.take();
        try {
          line.send(Reply.topic(responder), letter.message, PATIENCE);
          say("says: " + letter.words);
        } catch (WireException e) {
          say("could NOT say: " + letter.words + " (" + e.getMessage() + ")");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String text) {
    terminal.line(clock.now(), responder, text);
  }

  @Override
  public void close() {
    postman.interrupt();
  }
}
