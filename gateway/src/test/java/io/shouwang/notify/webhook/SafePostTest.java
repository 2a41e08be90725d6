package io.shouwang.notify.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A receiver that means harm, or only answers in its own way. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SafePostTest {
  private final ServerSocket server;
  private final SafePost post = new SafePost((SSLSocketFactory) SSLSocketFactory.getDefault());

  SafePostTest() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  /** What the receiver does with a connection. */
  @FunctionalInterface
  private interface Receiver {
    void take(Socket socket) throws IOException;
  }

  private SafePost.Answer send(String scheme, int bodyBytes, Duration limit, Receiver receiver)
      throws IOException {
    Thread.ofVirtual()
        .start(() -> {
          try (Socket socket = server.accept()) {
            receiver.take(socket);
          } catch (IOException e) {
            // the sender has gone
          }
        });
    return post.send(
        URI.create(scheme + "://localhost:" + server.getLocalPort() + "/"),
        InetAddress.getLoopbackAddress(),
        Map.of(),
        new byte[bodyBytes],
        limit);
  }

  private SafePost.Answer answered(String answer) throws IOException {
    return send(
        "http",
        2,
        Duration.ofSeconds(30),
        socket -> {
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
          socket.getOutputStream().flush();
          hold(socket.getInputStream()); // and it keeps the connection
        });
  }

  private static void hold(InputStream in) throws IOException {
    while (in.read() >= 0) {
      // until the sender goes
    }
  }

  @Test
  void what_has_no_body_is_whole_at_its_head_though_the_connection_stays() throws IOException {
    assertEquals(204, answered("HTTP/1.1 204 No Content\r\n\r\n").status());
  }

  @Test
  void what_is_said_on_the_way_is_not_the_answer() throws IOException {
    SafePost.Answer answer =
        answered(
            "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    assertEquals(200, answer.status());
    assertEquals("ok", answer.body());
    assertThrows(IOException.class, () -> answered("HTTP/1.1 100 Continue\r\n\r\n".repeat(1_000)));
  }

  @Test
  void a_body_that_is_broken_or_too_long_takes_nothing_back() throws IOException {
    for (String bad :
        new String[] {
          "Content-Length: 99999999\r\n\r\n",
          "Content-Length: many\r\n\r\n",
          "Transfer-Encoding: chunked\r\n\r\nzz\r\n"
        }) {
      SafePost.Answer answer = answered("HTTP/1.1 200 OK\r\n" + bad);
      assertEquals(200, answer.status());
      assertEquals("", answer.body());
    }
  }

  @Test
  void a_handshake_that_drips_ends_with_the_time() {
    assertThrows(
        SocketTimeoutException.class,
        () ->
            send(
                "https",
                2,
                Duration.ofSeconds(2),
                socket -> {
                  OutputStream out = socket.getOutputStream();
                  // A record of 16 KiB, a byte whenever the sender has sent none for half a second.
                  out.write(new byte[] {22, 3, 3, 64, 0});
                  socket.setSoTimeout(500);
                  while (true) {
                    try {
                      if (socket.getInputStream().read() < 0) {
                        return;
                      }
                    } catch (SocketTimeoutException quiet) {
                      out.write(0);
                      out.flush();
                    }
                  }
                }));
  }

  @Test
  void a_body_that_nobody_reads_ends_with_the_time() {
    assertThrows(
        SocketTimeoutException.class,
        () ->
            send(
                "http",
                64 * 1024 * 1024,
                Duration.ofSeconds(2),
                socket -> {
                  InputStream in = server.accept().getInputStream(); // until the test closes
                  hold(in);
                }));
  }
}
