package io.shouwang.notify.cmpp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.shouwang.host.Clock;
import io.shouwang.model.Payload;
import io.shouwang.notify.cmpp.CmppPacket.FromGateway;
import io.shouwang.notify.cmpp.CmppPacket.ToGateway;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.segment.LineKeeper;
import io.shouwang.notify.segment.LineKeeper.NoLine;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, from its CONNECT to its end. What it remembers is touched by the event loop
 * alone; requests may be made by any thread.
 */
final class CmppLine extends SimpleChannelInboundHandler<FromGateway> implements LineKeeper.Line {
  private static final Logger LOG = LoggerFactory.getLogger(CmppLine.class);

  private final String name;
  private final CmppSettings settings;
  private final FromGatewayDesk desk;
  private final Clock clock;
  private final Map<Integer, Request> waiting = new HashMap<>();
  private final CompletableFuture<CmppLine> login = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Payload proof;
  private boolean isLoggedIn;
  private int sequence;
  private volatile @Nullable Channel channel;
  private volatile long heardNanos;

  /** What waits for its answer. */
  private static final class Request {
    final ToGateway packet;
    final CompletableFuture<FromGateway> answer;
    int resends;
    @Nullable Future<?> timer;

    Request(ToGateway packet, CompletableFuture<FromGateway> answer) {
      this.packet = packet;
      this.answer = answer;
    }
  }

  CmppLine(String name, CmppSettings settings, FromGatewayDesk desk, int sequence, Clock clock) {
    super(FromGateway.class);
    this.name = name;
    this.settings = settings;
    this.desk = desk;
    this.sequence = sequence;
    this.clock = clock;
  }

  /** Completes once logged in; with a {@link NoLine} if that fails. */
  CompletableFuture<CmppLine> login() {
    return login;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    heardNanos = clock.nanos();
    int timestamp = Proof.timestamp(clock.wall());
    Payload ours = Proof.ours(settings.account(), settings.secret(), timestamp);
    proof = ours;
    context.writeAndFlush(
        new CmppPacket.Connect(
            ++sequence, settings.account(), ours, settings.version().code(), timestamp));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FromGateway packet) {
    heardNanos = clock.nanos();
    if (!isLoggedIn) {
      if (packet instanceof CmppPacket.Connected connected) {
        connected(context, connected);
      } else {
        context.close(); // nothing may come before it
      }
      return;
    }
    switch (packet) {
      case CmppPacket.Connected _ -> context.close();
      case CmppPacket.Submitted _, CmppPacket.Active _, CmppPacket.Terminated _ -> answer(packet);
      case CmppPacket.ActiveTest test ->
          context.writeAndFlush(new CmppPacket.Active(test.sequence()));
      case CmppPacket.Terminate bye ->
          context
              .writeAndFlush(new CmppPacket.Terminated(bye.sequence()))
              .addListener(_ -> context.close());
      case CmppPacket.Report report -> {
        desk.report(report);
        context.writeAndFlush(new CmppPacket.Delivered(report.sequence(), report.messageId(), 0));
      }
      case CmppPacket.Deliver deliver ->
          desk.deliver(deliver)
              .thenAccept(result ->
                  context.writeAndFlush(
                      new CmppPacket.Delivered(deliver.sequence(), deliver.messageId(), result)));
    }
  }

  private void connected(ChannelHandlerContext context, CmppPacket.Connected answer) {
    Payload ours = proof;
    if (answer.status() != 0) {
      login.completeExceptionally(
          new NoLine(
              Results.ofConnect(answer.status()), "login refused, status " + answer.status()));
      context.close();
    } else if (settings.verifyGateway()
        && (ours == null
            || !Proof.isGateways(answer.proof(), answer.status(), ours, settings.secret()))) {
      login.completeExceptionally(
          new NoLine(Failure.MISCONFIGURED, "the gateway does not know the shared secret"));
      context.close();
    } else {
      isLoggedIn = true;
      login.complete(this);
    }
  }

  private void answer(FromGateway packet) {
    Request request = waiting.remove(packet.sequence());
    if (request != null) {
      stop(request);
      request.answer.complete(packet);
    }
  }

  private static void stop(Request request) {
    Future<?> timer = request.timer;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /**
   * Makes one request. Its answer fails with an IOException if the line breaks; who no longer waits
   * for it cancels it, and it isn't sent again.
   */
  CompletableFuture<FromGateway> request(IntFunction<ToGateway> packet) {
    Channel open = channel;
    CompletableFuture<FromGateway> answer = new CompletableFuture<>();
    if (open == null || closed.getCount() == 0) {
      answer.completeExceptionally(new IOException("the line is closed"));
    } else {
      open.eventLoop().execute(() -> send(open, packet, answer));
    }
    return answer;
  }

  /**
   * Waits for an answer, no longer than until the deadline. A gateway that said nothing at all
   * since the beginning is taken for gone, and the line dropped: only a new one can tell.
   *
   * @param began when the request was made, by the clock that never goes back; the deadline, too
   * @throws TimeoutException when no answer came
   * @throws ExecutionException around an IOException if the line broke
   */
  FromGateway await(CompletableFuture<FromGateway> answer, long began, long deadline)
      throws TimeoutException, ExecutionException, InterruptedException {
    try {
      return answer.get(Math.max(1, deadline - clock.nanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (heardNanos - began < 0) {
        drop();
      }
      throw e;
    }
  }

  private void send(
      Channel open, IntFunction<ToGateway> packet, CompletableFuture<FromGateway> answer) {
    if (!open.isActive()) {
      answer.completeExceptionally(new IOException("the line is closed"));
      return;
    }
    ToGateway numbered = packet.apply(++sequence);
    Request request = new Request(numbered, answer);
    waiting.put(numbered.sequence(), request);
    answer.whenComplete((_, _) -> {
      if (answer.isCancelled()) {
        open.eventLoop().execute(() -> forget(request));
      }
    });
    open.writeAndFlush(numbered);
    again(open, request);
  }

  private void forget(Request request) {
    waiting.remove(request.packet.sequence());
    stop(request);
  }

  private void again(Channel open, Request request) {
    request.timer =
        open.eventLoop()
            .schedule(
                () -> {
                  if (request.resends++ < settings.resends()) {
                    open.writeAndFlush(request.packet);
                    again(open, request);
                  } else {
                    LOG.warn("channel {}: the gateway does not answer", name);
                    open.close();
                  }
                },
                settings.resendAfter().toMillis(),
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent && isLoggedIn) {
      boolean isAsked =
          waiting.values().stream().anyMatch(one -> one.packet instanceof CmppPacket.ActiveTest);
      if (!isAsked) {
        send(context.channel(), CmppPacket.ActiveTest::new, new CompletableFuture<>());
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closed.countDown();
    IOException broke = new IOException("the line broke before the answer");
    waiting
        .values()
        .forEach(request -> {
          stop(request);
          request.answer.completeExceptionally(broke);
        });
    waiting.clear();
    login.completeExceptionally(new NoLine(Failure.UNREACHABLE, "the line was closed at login"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.warn("channel {}: the line is closed: {}", name, cause.getMessage());
    context.close();
  }

  @Override
  public void awaitEnd() throws InterruptedException {
    closed.await();
  }

  @Override
  public void goodbye() {
    try {
      long now = clock.nanos();
      await(request(CmppPacket.Terminate::new), now, now + settings.limit().toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("channel {}: no answer to the logout", name);
    }
  }

  @Override
  public void drop() {
    Channel open = channel;
    if (open != null) {
      open.close();
    }
  }
}
