package io.shouwang.sim;

import io.shouwang.sim.screen.Terminal;
import io.shouwang.sim.time.Clock;
import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * What the program finds around itself.
 *
 * @param home the folder that default paths such as {@code data/} start from
 * @param keys what a person types, or null when nobody sits there
 * @param interrupted opened when somebody asks the program to stop
 */
record Surroundings(
    Map<String, String> environment,
    Path home,
    Terminal terminal,
    Clock clock,
    @Nullable BufferedReader keys,
    CountDownLatch interrupted) {

  static Surroundings ofProcess() {
    boolean somebody = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, false, StandardCharsets.UTF_8);
    return new Surroundings(
        System.getenv(),
        Path.of(System.getProperty("shouwang.home", ".")),
        new Terminal(out, err, ZoneId.systemDefault()),
        Clock.system(),
        somebody
            ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            : null,
        new CountDownLatch(1));
  }
}
