package io.shouwang.notify.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A mail server that says what it is told to: a reply for each command, or one of {@link #HANG},
 * {@link #DROP}, {@link #DRIP}. Accepts all where it was told nothing.
 */
final class MailFake implements AutoCloseable {
  static final String HANG = "hang";
  static final String DROP = "drop";
  static final String DRIP = "drip";

  /** What it says, by the first word of a command; {@code greeting}, {@code line}, {@code dot}. */
  final Map<String, String> says = new ConcurrentHashMap<>();

  final List<String> heard = new CopyOnWriteArrayList<>();

  /** Of what it heard, the commands. */
  final List<String> commands = new CopyOnWriteArrayList<>();

  private final ServerSocket socket;
  private final @Nullable SSLContext tls;
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<Socket> lines = new CopyOnWriteArrayList<>();

  /**
   * Begins to listen.
   *
   * @param tls what STARTTLS leads to; null if it offers none
   */
  MailFake(@Nullable SSLContext tls) throws IOException {
    this.tls = tls;
    socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread.startVirtualThread(() -> {
      try {
        while (true) {
          Socket line = socket.accept();
          lines.add(line);
          Thread.startVirtualThread(() -> serve(line));
        }
      } catch (IOException e) {
        heard.add("closed");
      }
    });
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve(Socket line) {
    try (line) {
      if (say(line, "greeting", "220 fake ESMTP")) {
        talk(line, tls != null);
      }
    } catch (IOException e) {
      heard.add("broken");
    }
  }

  private void talk(Socket line, boolean mayStart) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.UTF_8));
    boolean inData = false;
    for (String said = in.readLine(); said != null; said = in.readLine()) {
      heard.add(said);
      if (inData) {
        inData = !said.equals(".");
        if (says.containsKey("line") && !say(line, "line", "")) {
          return;
        }
        if (!inData && !say(line, "dot", "250 2.0.0 taken")) {
          return;
        }
        continue;
      }
      commands.add(said);
      String word = said.split("[ :]", 2)[0];
      inData = word.equals("DATA") && !says.containsKey("DATA");
      boolean goesOn =
          say(
              line,
              word,
              switch (word) {
                case "EHLO" ->
                    "250-fake\r\n" + (mayStart ? "250-STARTTLS\r\n" : "") + "250 AUTH PLAIN LOGIN";
                case "STARTTLS" -> "220 go ahead";
                case "DATA" -> "354 go on";
                case "AUTH" -> "235 2.7.0 welcome";
                case "QUIT" -> "221 bye";
                default -> "250 2.1.0 fine";
              });
      if (!goesOn) {
        return;
      }
      if (word.equals("STARTTLS") && tls != null) {
        SSLSocket secure =
            (SSLSocket) tls.getSocketFactory().createSocket(line, null, line.getPort(), true);
        secure.setUseClientMode(false);
        talk(secure, false);
        return;
      }
    }
  }

  /** Whether the line is still there. */
  private boolean say(Socket line, String word, String standard) throws IOException {
    String reply = says.getOrDefault(word, standard);
    OutputStream out = line.getOutputStream();
    switch (reply) {
      case DROP -> {
        return false;
      }
      case HANG -> {
        await();
        return false;
      }
      case DRIP -> {
        // Each byte within any limit for one read; the reply never ends.
        while (over.getCount() > 0) {
          out.write("2".getBytes(StandardCharsets.US_ASCII));
          out.flush();
        }
        return false;
      }
      default -> out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
    out.flush();
    return true;
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    over.countDown();
    socket.close();
    for (Socket line : lines) {
      line.close();
    }
  }
}
