package io.shouwang.notify.smpp;

import io.shouwang.host.Clock;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.segment.LineKeeper;
import io.shouwang.notify.segment.LineKeeper.NoLine;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jspecify.annotations.Nullable;

/** Binds as a transceiver. One attempt at a time. */
final class SmppBind implements LineKeeper.Connector<SmppLine> {
  private static final int PROCESSORS = 8;
  private static final int WAITING_PDUS = 200;

  private final SmppSettings settings;
  private final @Nullable SSLSocketFactory tls;
  private final Function<String, MessageReceiverListener> listeners;
  private final Clock clock;
  private final RandomGenerator random;
  private volatile @Nullable SMPPSession connecting;

  /**
   * To one centre.
   *
   * @param tls null for a plain line
   * @param listeners takes what comes in on a line of this name
   */
  SmppBind(
      SmppSettings settings,
      @Nullable SSLSocketFactory tls,
      Function<String, MessageReceiverListener> listeners,
      Clock clock,
      RandomGenerator random) {
    this.settings = settings;
    this.tls = tls;
    this.listeners = listeners;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void abandon() {
    SMPPSession half = connecting;
    if (half != null) {
      Thread.startVirtualThread(half::close);
    }
  }

  @Override
  public SmppLine connect() throws NoLine, InterruptedException {
    SmppLine.Opening opening = new SmppLine.Opening();
    SMPPSession session =
        new SMPPSession((host, port) ->
            opening.socket(WatchedSocket.open(host, port, tls, settings.limit(), clock)));
    session.setEnquireLinkTimer(Math.toIntExact(settings.enquireEvery().toMillis()));
    session.setTransactionTimer(settings.limit().toMillis());
    session.setPduProcessorDegree(PROCESSORS);
    session.setQueueCapacity(WAITING_PDUS);
    session.addSessionStateListener(opening);
    session.setMessageReceiverListener(
        listeners.apply(String.format("%08x", random.nextInt()))); // names what comes in on it
    connecting = session;
    // The library would wait for its answer on a line that was closed.
    CompletableFuture<Void> bound = opening.untilClosed();
    Thread.startVirtualThread(() -> {
      try {
        bind(session);
        bound.complete(null);
      } catch (IOException | RuntimeException e) {
        bound.completeExceptionally(e);
      }
    });
    try {
      bound.get(2 * settings.limit().toMillis(), TimeUnit.MILLISECONDS); // to connect, and to bind
      return opening.bound(session, clock);
    } catch (ExecutionException | TimeoutException | IOException e) {
      opening.drop();
      session.close();
      int status = opening.bindStatus();
      throw status == 0
          ? refused(e)
          : new NoLine(
              CommandStatus.ofBind(status), "bind refused, " + CommandStatus.words(status));
    } finally {
      connecting = null;
    }
  }

  private void bind(SMPPSession session) throws IOException {
    session.connectAndBind(
        settings.host(),
        settings.port(),
        new BindParameter(
            BindType.BIND_TRX,
            settings.systemId(),
            settings.password(),
            settings.systemType(),
            TypeOfNumber.UNKNOWN,
            NumberingPlanIndicator.UNKNOWN,
            ""),
        settings.limit().toMillis());
  }

  private static NoLine refused(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return new NoLine(Failure.MISCONFIGURED, "its certificate is not to be trusted");
      }
      if (cause instanceof SSLException) {
        return new NoLine(Failure.UNREACHABLE, "no TLS with the centre");
      }
    }
    Throwable last = e.getCause() == null ? e : e.getCause();
    return new NoLine(Failure.UNREACHABLE, "no bind: " + last.getClass().getSimpleName());
  }
}
