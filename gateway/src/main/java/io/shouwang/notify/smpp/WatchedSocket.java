package io.shouwang.notify.smpp;

import io.shouwang.host.Clock;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jsmpp.SMPPConstant;
import org.jsmpp.session.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The line to the centre. Hands on whole PDUs only, and none beyond {@link #PDU_BYTES_MAX}: the
 * library believes every length it reads, and a time-out in the middle of a PDU would make it read
 * the rest as another one. One thread reads.
 */
final class WatchedSocket implements Connection {
  /** A message_payload of 64 KiB and everything around it. */
  static final int PDU_BYTES_MAX = 68 * 1024;

  private static final int HEADER_BYTES = 16;

  private final Socket socket;
  private final Clock clock;
  private final InputStream in;
  private final OutputStream out;
  private volatile long heardNanos;
  private volatile int bindStatus;

  private WatchedSocket(Socket socket, Clock clock) throws IOException {
    this.socket = socket;
    this.clock = clock;
    this.heardNanos = clock.nanos();
    this.in = new Whole(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /**
   * Connects.
   *
   * @param tls null for a plain line; else the centre must prove that it is the host
   */
  static WatchedSocket open(
      String host, int port, @Nullable SSLSocketFactory tls, Duration limit, Clock clock)
      throws IOException {
    int millis = Math.toIntExact(limit.toMillis());
    Socket plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(host, port), millis);
      plain.setTcpNoDelay(true);
      plain.setKeepAlive(true);
      if (tls == null) {
        return new WatchedSocket(plain, clock);
      }
      SSLSocket secure = (SSLSocket) tls.createSocket(plain, host, port, true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      secure.setSoTimeout(millis);
      secure.startHandshake();
      return new WatchedSocket(secure, clock);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  /** When the centre last said something, by the clock that never goes back. */
  long heardNanos() {
    return heardNanos;
  }

  /**
   * The status of the answer to our bind; 0 if there was none. The library forgets it when the
   * centre closes the line right behind it, as many do.
   */
  int bindStatus() {
    return bindStatus;
  }

  /** PDU after PDU, each only when it is whole. */
  private final class Whole extends InputStream {
    private final InputStream from;
    private ByteBuffer pdu = ByteBuffer.allocate(0);

    Whole(InputStream from) {
      this.from = from;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!pdu.hasRemaining() && !next()) {
        return -1;
      }
      int some = Math.min(length, pdu.remaining());
      pdu.get(target, offset, some);
      return some;
    }

    private boolean next() throws IOException {
      int first = from.read(); // the only place where a time-out means that nothing was said
      if (first < 0) {
        return false;
      }
      try {
        byte[] rest = fully(new byte[4], 1);
        int length = ByteBuffer.wrap(rest).put(0, (byte) first).getInt(0);
        if (length < HEADER_BYTES || length > PDU_BYTES_MAX) {
          throw new IOException("a PDU of " + length + " bytes");
        }
        byte[] whole = new byte[length];
        ByteBuffer.wrap(whole).putInt(length);
        pdu = ByteBuffer.wrap(fully(whole, 4));
        heardNanos = clock.nanos();
        if (pdu.getInt(4) == SMPPConstant.CID_BIND_TRANSCEIVER_RESP) {
          bindStatus = pdu.getInt(8);
        }
        return true;
      } catch (SocketTimeoutException e) {
        throw new IOException("the peer stopped in the middle of a PDU", e);
      }
    }

    private byte[] fully(byte[] target, int offset) throws IOException {
      int wanted = target.length - offset;
      if (from.readNBytes(target, offset, wanted) < wanted) {
        throw new EOFException("the peer closed in the middle of a PDU");
      }
      return target;
    }
  }

  @Override
  public boolean isOpen() {
    return !socket.isClosed();
  }

  @Override
  public InetAddress getInetAddress() {
    return socket.getInetAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return socket.getLocalAddress();
  }

  @Override
  public int getPort() {
    return socket.getPort();
  }

  @Override
  public int getLocalPort() {
    return socket.getLocalPort();
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public void setSoTimeout(int timeout) throws IOException {
    socket.setSoTimeout(timeout);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
