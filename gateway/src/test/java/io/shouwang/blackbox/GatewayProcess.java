package io.shouwang.blackbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The real gateway in a process of its own, on free ports of this machine. Closing kills it if it
 * still runs. One thread.
 */
final class GatewayProcess implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final int LINES_KEPT = 2_000;
  private static final Pattern READY =
      Pattern.compile("ready mqtt://[^ ]+:(\\d+) (http://[^ ]+:\\d+)");

  /** Starts quickly and stays small: a test has two busy cores for all of it. */
  private static final List<String> FRUGAL =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx512m",
          "--enable-native-access=ALL-UNNAMED");

  private final Process process;
  private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Matcher> ready = new CompletableFuture<>();
  private final long startedNanos = System.nanoTime();
  private final Thread errorReader;

  /** The command line that has a JVM run the gateway, before its own arguments. */
  static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FRUGAL);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.shouwang.Main"));
    return command;
  }

  private GatewayProcess(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(Map.of("SHOUWANG_MQTT_PORT", "0", "SHOUWANG_HTTP_PORT", "0"));
    process = builder.start();
    errorReader = Thread.ofVirtual().start(() -> follow(process.errorReader(), errors::add));
    Thread.ofVirtual()
        .start(() -> {
          follow(process.inputReader(), this::heard);
          ready.completeExceptionally(new IOException("it ended without being ready"));
        });
  }

  /** Starts it; doesn't wait. The prefix is a command that runs the rest of its arguments. */
  static GatewayProcess launch(List<String> prefix, Path config, Path data) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(command());
    command.addAll(List.of("run", "--no-rehearsal"));
    command.addAll(List.of("--config", config.toString(), "--data", data.toString()));
    return new GatewayProcess(command);
  }

  /** Starts it and waits until it serves. */
  static GatewayProcess start(Path config, Path data) throws IOException {
    return launch(List.of(), config, data).awaitReady();
  }

  private interface Line {
    void heard(String line);
  }

  private static void follow(BufferedReader reader, Line line) {
    try (reader) {
      for (String next = reader.readLine(); next != null; next = reader.readLine()) {
        line.heard(next);
      }
    } catch (IOException e) {
      line.heard("(its output broke off: " + e.getMessage() + ")");
    }
  }

  private void heard(String line) {
    Matcher matcher = READY.matcher(line);
    if (matcher.find()) {
      ready.complete(matcher);
    }
  }

  GatewayProcess awaitReady() {
    try {
      ready.get(READY_WITHIN.toSeconds(), TimeUnit.SECONDS);
      return this;
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new AssertionError("the gateway did not get ready: " + e + "\n" + errors(), e);
    } catch (InterruptedException e) {
      close();
      throw new AssertionError("interrupted", e);
    }
  }

  private Matcher address() {
    return ready.join();
  }

  int mqttPort() {
    return Integer.parseInt(address().group(1));
  }

  URI http() {
    return URI.create(address().group(2));
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /** What it wrote to standard error, the latest part. */
  String errors() {
    List<String> lines = List.copyOf(errors);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_KEPT), lines.size()));
  }

  /** SIGKILL: no hook runs, nothing is flushed. Returns when it is gone. */
  void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(30));
  }

  /** Sends a signal by its name, like TERM. */
  void signal(String name) {
    Shell.run("kill", "-" + name, Long.toString(pid()));
  }

  /** Waits for its end; returns the exit code. */
  int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("it still runs after " + limit + "\n" + errors());
      }
      errorReader.join(Duration.ofSeconds(10));
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
