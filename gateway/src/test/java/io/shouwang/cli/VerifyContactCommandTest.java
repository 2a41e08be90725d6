package io.shouwang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.shouwang.config.ConfigCheck;
import io.shouwang.engine.ManualClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An operator proves addresses at a terminal, by a real provider over HTTP. */
final class VerifyContactCommandTest {
  private static final Pattern CODE = Pattern.compile("[0-9]{6}");

  @TempDir private Path config;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T17:00:00Z"));
  private final StringWriter out = new StringWriter();
  private final Queue<Supplier<String>> typed = new ArrayDeque<>();
  private HttpServer server;
  private volatile String code = "";
  private volatile int status = 200;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          Matcher found = CODE.matcher(body);
          code = found.find() ? found.group() : "";
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    Path from = Path.of("..", "config");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = config.resolve(from.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    Files.createFile(
        config.resolve("hook.secret"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(config.resolve("hook.secret"), "whsec_" + "A".repeat(32));
    Files.writeString(
        config.resolve("channels.yaml"),
        """
        channels:
          hook:
            providers:
              - type: webhook
                url: http://127.0.0.1:%d/
                allow_plain: true
                allow_internal: [127.0.0.0/8]
                secrets_file: hook.secret
        """
            .formatted(server.getAddress().getPort()));
    Files.writeString(ways(), "responder,channel,address,after,verified\ndemo-grid,hook,,,\n");
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private Path ways() {
    return config.resolve("registry/ways.csv");
  }

  private int run(String... arguments) {
    BufferedReader in =
        new BufferedReader(new StringReader("")) {
          @Override
          public @Nullable String readLine() {
            Supplier<String> next = typed.poll();
            return next == null ? null : next.get();
          }
        };
    CommandLine command = new CommandLine(new VerifyContactCommand(in, clock));
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
    String[] all =
        Stream.concat(Stream.of("--config", config.toString()), Stream.of(arguments))
            .toArray(String[]::new);
    return command.execute(all);
  }

  @Test
  void the_code_that_arrived_verifies_the_row_with_todays_civil_date() throws IOException {
    typed.add(() -> "000000".equals(code) ? "111111" : "000000");
    typed.add(() -> " " + code + " ");
    assertEquals(0, run("--responder", "demo-grid"), out.toString());
    assertEquals(
        "responder,channel,address,after,verified\ndemo-grid,hook,,,2026-03-02\n",
        Files.readString(ways()));
    assertTrue(out.toString().contains("gateway import"), out.toString());
    assertFalse(out.toString().contains(code), "only who got it knows it");
  }

  @Test
  void three_wrong_ones_an_old_one_and_an_end_verify_nothing() throws IOException {
    String before = Files.readString(ways());
    typed.addAll(List.of(() -> "x", () -> "", () -> "12345"));
    assertEquals(1, run("--responder", "demo-grid"));
    typed.add(() -> {
      clock.advance(VerifyContactCommand.LASTS.plus(Duration.ofSeconds(1)));
      return code;
    });
    assertEquals(1, run("--responder", "demo-grid"));
    assertEquals(1, run("--responder", "demo-grid"), "the terminal was closed");
    assertEquals(before, Files.readString(ways()));
  }

  @Test
  void what_the_provider_refuses_is_said_and_nothing_is_asked() throws IOException {
    status = 403;
    typed.add(() -> "never");
    assertEquals(1, run("--responder", "demo-grid"));
    assertEquals(1, typed.size());
    assertTrue(out.toString().contains("hook: refused, misconfigured: HTTP 403"), out.toString());
  }

  @Test
  void mistakes_are_said_before_anything_is_sent() throws IOException {
    assertEquals(2, run());
    assertEquals(1, run("--responder", "nobody"));
    assertEquals(1, run("--responder", "demo-daughter"), "she has no row");
    assertEquals(1, run("--responder", "demo-grid", "--channel", "sms"));
    Files.writeString(ways(), "responder,channel\ndemo-grid,hook\n");
    assertEquals(1, run("--responder", "demo-grid"), "no column to write into");
    assertEquals("", code);
  }

  @Test
  void the_list_says_by_role_on_whom_nobody_can_count() {
    assertEquals(0, run("--list"));
    assertEquals("grid_worker: 1\n  demo-grid\n", out.toString());
  }

  @Test
  void check_config_warns_of_them_and_of_channels_that_do_not_match() throws IOException {
    Files.writeString(
        ways(), "responder,channel,address,after,verified\ndemo-grid,hoook,,,\ndemo-son,mqtt,,,\n");
    StringWriter said = new StringWriter();
    int result = ConfigCheck.run(config, new PrintWriter(said, true));
    assertEquals(0, result, said.toString());
    for (String warning :
        List.of(
            "ways.csv:2 channel \"hoook\" is not set up in channels.yaml",
            "channels.yaml sets up hook, and nobody is reached by it",
            "none of their ways is verified for 1 who are rung as grid_worker (demo-grid)")) {
      assertTrue(
          said.toString().contains("warning: ") && said.toString().contains(warning),
          said.toString());
    }
  }
}
