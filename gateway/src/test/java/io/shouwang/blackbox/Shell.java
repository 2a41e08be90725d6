package io.shouwang.blackbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the system. */
final class Shell {
  private static final long SECONDS_MAX = 60;

  /** What came of it. */
  record Result(int exitCode, String output) {}

  private Shell() {}

  /** Runs a command, which must succeed; returns its output. */
  static String run(String... command) {
    Result result = tried(command);
    if (result.exitCode() != 0) {
      throw new AssertionError(
          String.join(" ", command) + " gave " + result.exitCode() + ": " + result.output());
    }
    return result.output();
  }

  /** Runs a command that may fail, or may not be there. */
  static Result tried(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(String.join(" ", command) + " doesn't end");
      }
      return new Result(process.exitValue(), output.strip());
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
