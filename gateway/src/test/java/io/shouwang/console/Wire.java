package io.shouwang.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** HTTP/1.1 by hand, from any address of this machine's loopback network. */
final class Wire {
  private static final int GENEROUS_MILLIS = 60_000;

  private Wire() {}

  /** What came back; status 0 if nothing did. */
  record Answer(int status, String raw) {
    String body() {
      int end = raw.indexOf("\r\n\r\n");
      return end < 0 ? "" : raw.substring(end + 4);
    }
  }

  static Socket connect(String from, int port) throws IOException {
    Socket socket = new Socket();
    socket.setReuseAddress(true);
    socket.setSoTimeout(GENEROUS_MILLIS);
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    return socket;
  }

  static Answer ask(int port, String method, String path, String... headers) throws IOException {
    return askFrom("127.0.0.1", port, method, path, headers);
  }

  static Answer askFrom(String from, int port, String method, String path, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: x\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (method.equals("POST")) {
      head.append("Content-Length: 0\r\n");
    }
    return send(from, port, head.append("Connection: close\r\n\r\n").toString());
  }

  /** Presses a button of the page. */
  static Answer press(int port, String link, String answer, String once) throws IOException {
    String form = "once=" + once + "&answer=" + answer;
    return send(
        "127.0.0.1",
        port,
        "POST "
            + link
            + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + "Connection: close\r\nContent-Length: "
            + form.length()
            + "\r\n\r\n"
            + form);
  }

  private static Answer send(String from, int port, String request) throws IOException {
    try (Socket socket = connect(from, port)) {
      write(socket, request);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      try {
        socket.getInputStream().transferTo(all);
      } catch (SocketException e) {
        // A reset ends it, too.
      }
      String raw = all.toString(StandardCharsets.UTF_8);
      return new Answer(raw.startsWith("HTTP/1.1 ") ? status(raw) : 0, raw);
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (SocketException e) {
      // It hung up; that is for the reader to find.
    }
  }

  /** Asks on a connection that is kept; 0 if it isn't there any more. */
  static int kept(Socket socket, String path) throws IOException {
    write(socket, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    try {
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      int next;
      while (head.indexOf("\r\n\r\n") < 0 && (next = in.read()) >= 0) {
        head.append((char) next);
      }
      String raw = head.toString();
      if (!raw.startsWith("HTTP/1.1 ")) {
        return 0;
      }
      int length = Integer.parseInt(raw.replaceAll("(?s).*Content-Length: ([0-9]+).*", "$1"));
      in.readNBytes(length);
      return status(raw);
    } catch (SocketException e) {
      return 0;
    }
  }

  /** Whether the other side hangs up without a word. */
  static boolean isCut(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  static boolean isServed(Socket socket) throws IOException {
    return kept(socket, "/healthz") == 200;
  }

  private static int status(String raw) {
    return Integer.parseInt(raw.substring(9, 12));
  }
}
