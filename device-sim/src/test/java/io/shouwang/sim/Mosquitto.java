package io.shouwang.sim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Debian's mosquitto on a free loopback port, with the contract's topics allowed to each identity
 * and everything to {@code gateway}, whom the tests play.
 */
public final class Mosquitto {
  private static final String ACL =
      """
      pattern write v1/devices/%u/+
      pattern read v1/devices/%u/down
      pattern read v1/responders/%u/alerts
      pattern write v1/responders/%u/replies
      user gateway
      topic readwrite #
      """;

  private final Path folder;
  private final int port;
  private @Nullable Process process;

  private Mosquitto(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * A broker that isn't started yet.
   *
   * @param secrets the password of each identity
   * @param tls PEM files of a certificate and its key, or null for a plain listener
   */
  public static Mosquitto prepared(Path folder, Map<String, String> secrets, @Nullable Pem tls)
      throws IOException, InterruptedException {
    Path passwords = folder.resolve("passwords");
    List<String> lines = new ArrayList<>();
    secrets.forEach((id, secret) -> lines.add(id + ":" + secret));
    Files.write(passwords, lines);
    Process hashing = start("mosquitto_passwd", "-U", passwords.toString());
    if (hashing.waitFor() != 0) {
      throw new IOException("mosquitto_passwd failed");
    }
    Mosquitto broker = new Mosquitto(folder, freePort());
    Files.writeString(folder.resolve("acl"), ACL);
    Files.writeString(
        folder.resolve("mosquitto.conf"),
        """
        user root
        listener %d 127.0.0.1
        allow_anonymous false
        password_file %s
        acl_file %s
        log_dest stderr
        %s\
        """
            .formatted(
                broker.port,
                passwords,
                folder.resolve("acl"),
                tls == null
                    ? ""
                    : "certfile %s%nkeyfile %s%n".formatted(tls.certificate(), tls.key())));
    return broker;
  }

  /** A certificate and its key. */
  public record Pem(Path certificate, Path key) {}

  /** Starts, or starts again on the same port; returns when it listens. */
  public Mosquitto start() throws IOException {
    Process started = start("mosquitto", "-v", "-c", folder.resolve("mosquitto.conf").toString());
    process = started;
    BufferedReader log = started.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.append(line).append('\n');
      if (line.contains("running")) {
        Thread.ofVirtual().start(() -> drain(log));
        return this;
      }
    }
    throw new IOException("mosquitto did not start:\n" + said);
  }

  private static void drain(BufferedReader log) {
    try {
      log.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      LoggerFactory.getLogger(Mosquitto.class).debug("killed, and its log with it", e);
    }
  }

  private static Process start(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    Path sbin = Path.of("/usr/sbin", program);
    command.add(Files.isExecutable(sbin) ? sbin.toString() : program);
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(
          program + " is missing; these tests need it: apt-get install -y mosquitto", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public int port() {
    return port;
  }

  /** Ends the process without a word to its clients. */
  public void kill() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      running.waitFor(10, TimeUnit.SECONDS);
    }
  }
}
