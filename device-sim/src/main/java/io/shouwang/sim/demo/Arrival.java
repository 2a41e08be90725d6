package io.shouwang.sim.demo;

import io.shouwang.sim.time.Clock;
import io.shouwang.sim.wire.Endpoint;
import io.shouwang.sim.wire.Secrets;
import io.shouwang.sim.wire.WireException;
import io.shouwang.sim.wire.WireException.Trouble;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Waits for a gateway that is only just starting: its secrets file, then its port. Bounded. */
public final class Arrival {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final int KNOCK_MILLIS = 1_000;

  private final Clock clock;
  private final Duration patience;
  private final Consumer<String> says;

  /** Waits at most {@code patience} for each; {@code says} hears once what is waited for. */
  public Arrival(Clock clock, Duration patience, Consumer<String> says) {
    this.clock = clock;
    this.patience = patience;
    this.says = says;
  }

  private interface Attempt<T> {
    T get() throws IOException;
  }

  /** The secrets, as soon as the file knows all of {@code ids}. */
  public Secrets secrets(Path file, List<String> ids) throws IOException, InterruptedException {
    return await(
        "waits for the secrets in " + file,
        () -> {
          Secrets secrets = Secrets.read(file);
          for (String id : ids) {
            secrets.login(id);
          }
          return secrets;
        });
  }

  /** Returns when somebody listens at {@code endpoint}. */
  public void gateway(Endpoint endpoint) throws WireException, InterruptedException {
    try {
      await(
          "waits for the gateway at " + endpoint,
          () -> {
            try (Socket socket = new Socket()) {
              socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), KNOCK_MILLIS);
              return true;
            }
          });
    } catch (IOException e) {
      throw new WireException(
          Trouble.UNREACHABLE, "nobody listens at " + endpoint + " after " + patience, e);
    }
  }

  private <T> T await(String what, Attempt<T> attempt) throws IOException, InterruptedException {
    long end = clock.nanos() + patience.toNanos();
    boolean said = false;
    while (true) {
      try {
        return attempt.get();
      } catch (IOException e) {
        if (clock.nanos() >= end) {
          throw e;
        }
        if (!said) {
          says.accept(what);
          said = true;
        }
        clock.waitUntil(clock.nanos() + LOOK.toNanos());
      }
    }
  }
}
