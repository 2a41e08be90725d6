package io.shouwang.hostile;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A socket that speaks HTTP/1.1 as it is told to, right or wrong. One thread. */
final class Http implements Closeable {
  private static final int GENEROUS_MILLIS = 40_000;

  private final Socket socket;

  /**
   * What came back; status 0 if nothing did.
   *
   * @param raw everything, to the end of the connection
   */
  record Answer(int status, String raw) {
    String body() {
      int end = raw.indexOf("\r\n\r\n");
      return end < 0 ? "" : raw.substring(end + 4);
    }

    /** How many answers came: more than were asked for is a smuggled request. */
    int count() {
      return raw.split("HTTP/1\\.1 [1-5][0-9][0-9] ", -1).length - 1;
    }
  }

  private Http(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(GENEROUS_MILLIS);
  }

  static Http open(int port) throws IOException {
    return new Http(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  static String basic(String id, String secret) {
    byte[] pair = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
  }

  Http send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Http send(byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (SocketException e) {
      // It hung up; that is for the reader to find.
    }
    return this;
  }

  /** Sends a whole request and closes after its answer. */
  Answer request(String line, String... headers) throws IOException {
    StringBuilder head = new StringBuilder(line).append("\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    send(head.append("Connection: close\r\n\r\n").toString());
    return answer();
  }

  Answer post(String path, String body, String... headers) throws IOException {
    StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    head.append("Content-Type: application/json\r\nConnection: close\r\nContent-Length: ")
        .append(bytes.length)
        .append("\r\n\r\n");
    send(head.toString());
    send(bytes);
    return answer();
  }

  /** Reads to the end of the connection. */
  Answer answer() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      byte[] some = new byte[8_192];
      int read;
      while ((read = in.read(some)) >= 0) {
        all.write(some, 0, read);
      }
    } catch (SocketException e) {
      // A reset ends it too.
    }
    String raw = all.toString(StandardCharsets.UTF_8);
    int status = raw.startsWith("HTTP/1.1 ") ? Integer.parseInt(raw.substring(9, 12)) : 0;
    close();
    return new Answer(status, raw);
  }

  /** Reads one answer's head and leaves the connection open. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    int octet;
    while (head.indexOf("\r\n\r\n") < 0 && (octet = in.read()) >= 0) {
      head.append((char) octet);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
