package io.shouwang.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Debian's {@code mosquitto_pub} and {@code mosquitto_sub}. Two programs, so two connections: a
 * responder's second client has an id of its own; a device has one id only, so it stops listening
 * while it publishes, as a sleepy device does.
 */
final class MosquittoTools extends Client {
  private static final int GOODBYE_SECONDS = 3;
  private final Line line;
  private final Login login;
  private final String version;
  private final List<String> complaints = new ArrayList<>();
  private @Nullable Process listening;
  private @Nullable String topic;

  MosquittoTools(Line line, Login login, String version) {
    this.line = line;
    this.login = login;
    this.version = version;
  }

  private List<String> command(String program, String client, String topic) {
    List<String> command =
        new ArrayList<>(List.of(program, "-d", "-V", version, "-q", "1", "-h", "127.0.0.1", "-p"));
    command.add(Integer.toString(line.port()));
    command.addAll(List.of("-i", client, "-u", login.user(), "-P", login.secret(), "-t", topic));
    Certificate certificate = line.certificate();
    if (certificate != null) {
      command.addAll(List.of("--cafile", certificate.chain().toString()));
    }
    return command;
  }

  @Override
  void subscribe(String wanted) throws Exception {
    List<String> command = command("mosquitto_sub", login.client(), wanted);
    command.addAll(0, List.of("stdbuf", "-oL")); // it keeps what it says about itself in a buffer
    if (!login.clean()) {
      command.add("-c");
      if (version.equals("mqttv5")) {
        command.addAll(List.of("-x", "3600"));
      }
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    CountDownLatch granted = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() -> {
          try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String said = out.readLine(); said != null; said = out.readLine()) {
              if (said.startsWith("{")) {
                hear(said.getBytes(StandardCharsets.UTF_8));
              } else if (said.equals("Subscribed (mid: 1): 1")) {
                granted.countDown();
              } else {
                synchronized (complaints) {
                  complaints.add(said);
                }
              }
            }
          } catch (IOException e) {
            // The program was ended.
          } finally {
            ended.countDown();
            granted.countDown();
          }
        });
    if (!granted.await(GENEROUS_SECONDS, TimeUnit.SECONDS) || ended.getCount() == 0) {
      process.destroy();
      throw new Refused(complaints());
    }
    listening = process;
    topic = wanted;
  }

  private String complaints() {
    synchronized (complaints) {
      return String.join("\n", complaints);
    }
  }

  @Override
  void publish(String target, byte[] payload) throws Exception {
    boolean isDevice = target.startsWith("v1/devices/");
    String heardOn = isDevice ? topic : null;
    if (heardOn != null) {
      stopListening();
    }
    String client = isDevice || listening == null ? login.client() : login.client() + ".sends";
    List<String> command = command("mosquitto_pub", client, target);
    Path file = Files.createTempFile("payload", null);
    try {
      Files.write(file, payload);
      command.addAll(List.of("-f", file.toString()));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      if (!process.waitFor(GENEROUS_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean acknowledged = said.contains("received PUBACK (Mid: 1, RC:0)");
      if (process.waitFor() != 0 || !acknowledged) {
        throw new Refused(said);
      }
    } finally {
      Files.delete(file);
    }
    if (heardOn != null) {
      subscribe(heardOn);
    }
  }

  /** Asks and hears the answer on one connection: {@code mosquitto_rr}. */
  String request(String target, String answerTopic, String payload) throws Exception {
    List<String> command = command("mosquitto_rr", login.client(), target);
    command.remove("-d");
    command.addAll(List.of("-e", answerTopic, "-m", payload, "-W", "" + GENEROUS_SECONDS));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new Refused(said);
    }
    return said.strip();
  }

  private void stopListening() throws InterruptedException {
    Process process = listening;
    if (process != null) {
      process.destroy(); // SIGTERM: mosquitto_sub says goodbye
      // Its signal handler disconnects; one that comes in the middle of a packet may hang.
      if (!process.waitFor(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      listening = null;
    }
  }

  @Override
  void leave() throws InterruptedException {
    stopListening();
  }
}
