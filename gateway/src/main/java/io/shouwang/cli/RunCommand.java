package io.shouwang.cli;

import io.shouwang.Gateway;
import io.shouwang.PolicyFolder;
import io.shouwang.Rehearsal;
import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import io.shouwang.config.Settings;
import io.shouwang.host.Clock;
import io.shouwang.host.RealDisk;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the gateway and serves until it is told to stop. */
@Command(
    name = "run",
    description = "Start the gateway. SIGTERM stops it cleanly.",
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
  @Mixin private Folders folders = new Folders();

  @Option(
      names = "--no-rehearsal",
      description =
          "Don't rehearse a press once it serves: where it starts often and briefly. The first real"
              + " presses take longer.")
  private boolean noRehearsal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      new PolicyFolder(new RealDisk(), folders.config).finish();
    } catch (IOException e) {
      err.println(Trouble.of(e));
      return 1;
    }
    return switch (ConfigReader.read(folders.config, System.getenv())) {
      case ConfigReading.Refused refused -> {
        refused.problems().forEach(err::println);
        err.println(
            "the configuration in "
                + folders.config
                + " has "
                + refused.problems().size()
                + " mistakes; nothing was started");
        yield 1;
      }
      case ConfigReading.Accepted(Settings settings) -> serve(settings, out, err);
    };
  }

  private int serve(Settings settings, PrintWriter out, PrintWriter err) {
    CompletableFuture<@Nullable Void> asked = new CompletableFuture<>();
    CountDownLatch closed = new CountDownLatch(1);
    try (Gateway gateway = new Gateway(folders.config, settings, folders.data, Clock.SYSTEM)) {
      Runtime.getRuntime().addShutdownHook(stopper(asked, closed));
      out.println("ready " + gateway.urls());
      out.flush();
      if (!noRehearsal) {
        Rehearsal.start(settings, Clock.SYSTEM);
      }
      CompletableFuture.anyOf(asked, gateway.ended()).get();
      return 0;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      err.println("the gateway stops: " + (cause == null ? e : cause).getMessage());
      // Closing could wait for what hangs; the supervisor starts it again.
      Runtime.getRuntime().halt(1);
      return 1;
    } catch (IOException e) {
      err.println(Trouble.of(e));
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    } finally {
      closed.countDown();
    }
  }

  /**
   * On SIGTERM the serving thread closes everything, and nobody else does. Who was asked to stop
   * and did has succeeded: the exit code is 0, not the 143 that Java gives.
   */
  private static Thread stopper(CompletableFuture<@Nullable Void> asked, CountDownLatch closed) {
    return Thread.ofPlatform()
        .name("stop")
        .unstarted(() -> {
          if (closed.getCount() > 0 && asked.complete(null)) {
            try {
              closed.await();
              Runtime.getRuntime().halt(0);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
  }
}
