package io.shouwang.ingest.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection from accepted to gone: who it is, how long it may be silent, whether it
 * is read, and how it ends. What it says and hears is for {@link Inbound} and {@link Outbound}. All
 * on its event loop, but for {@link #send}, {@link #takenOver} and {@link #ended}. Nothing that
 * goes wrong here reaches another connection.
 */
final class Connection extends ChannelInboundHandlerAdapter implements FrameCutter.Taker {
  /** A goodbye that can't be written is given up after this. */
  private static final long GOODBYE_SECONDS_MAX = 2;

  private enum Phase {
    /** It hasn't said who it is. */
    STRANGER,
    /** It was let in, and waits for the connection it takes over from to end. */
    WAITING,
    OPEN,
    OVER
  }

  private final Services services;
  private final Channel channel;
  private final Object source;
  private final FrameCutter cutter = new FrameCutter(this);
  private final LoopRoom room;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private Phase phase = Phase.STRANGER;
  private int paused;
  private long lastPacketNanos;
  private long silenceNanosMax;
  private @Nullable Future<?> timer;
  private @Nullable Inbound inbound;
  private @Nullable Outbound outbound;

  // Set by CONNECT.
  private Packet.@Nullable Connect connect;
  private @Nullable Peer peer;
  private @Nullable Connection previous;
  private boolean entered;

  Connection(Services services, Channel channel, Object source) {
    this.services = services;
    this.channel = channel;
    this.source = source;
    this.room = services.rooms().enter(channel.eventLoop());
  }

  FrameCutter cutter() {
    return cutter;
  }

  Channel channel() {
    return channel;
  }

  EventExecutor executor() {
    return channel.eventLoop();
  }

  Services services() {
    return services;
  }

  LoopRoom room() {
    return room;
  }

  String client() {
    return connected().clientId();
  }

  Packet.Connect connected() {
    if (connect == null) {
      throw new IllegalStateException("a stranger");
    }
    return connect;
  }

  Peer peer() {
    if (peer == null) {
      throw new IllegalStateException("a stranger");
    }
    return peer;
  }

  boolean isV5() {
    return connected().version() == Version.V5;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  /** Completes when the connection has given its session up. Any thread. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  // ---- the channel

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    lastPacketNanos = services.clock().nanos();
    timer = schedule(this::connectTimedOut, services.limits().connectTimeout().toNanos());
  }

  private Future<?> schedule(Runnable task, long nanos) {
    return executor().schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  private void connectTimedOut() {
    if (phase == Phase.STRANGER) {
      services.counters().connectTimeout();
      close(Reason.KEEP_ALIVE_TIMEOUT, "no CONNECT in time", false);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (phase != Phase.OVER) {
      Phase before = phase;
      phase = Phase.OVER;
      finish(before, true);
    }
    context.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (!channel.isWritable()) {
      pause(Pause.FOR_WRITES);
    } else {
      if (outbound != null && isOpen()) {
        outbound.pump();
      }
      resume(Pause.FOR_WRITES);
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    boolean theirs = cause instanceof IOException || cause.getCause() instanceof SSLException;
    if (theirs) {
      close(Reason.UNSPECIFIED, "the line or its TLS broke", true);
    } else {
      fault(cause);
    }
  }

  private void fault(Throwable cause) {
    services.counters().fault();
    services.log().fault(connect == null ? "-" : connect.clientId(), cause);
    close(Reason.IMPLEMENTATION_SPECIFIC, "a fault of ours", true);
  }

  // ---- packets

  @Override
  public boolean isPaused() {
    return paused != 0;
  }

  @Override
  public boolean isOver() {
    return phase == Phase.OVER;
  }

  @Override
  public boolean isStranger() {
    return phase == Phase.STRANGER;
  }

  @Override
  public int packetBytesMax() {
    return phase == Phase.STRANGER
        ? services.limits().connectBytesMax()
        : services.limits().packetBytesMax();
  }

  @Override
  public void take(int header, ByteBuf body) {
    int start = body.readerIndex();
    try {
      lastPacketNanos = services.clock().nanos();
      if (phase == Phase.STRANGER) {
        connect(header, body);
      } else if (inbound != null) {
        inbound.take(header, body, phase == Phase.OPEN);
      }
    } catch (Refusal refusal) {
      body.readerIndex(start);
      refuse(header, body, refusal);
    } catch (RuntimeException e) {
      body.readerIndex(start);
      faultIn(header, body, e);
    }
  }

  /** We failed at a packet; if an alarm can be made out in it, that rings all the same. */
  private void faultIn(int header, ByteBuf body, RuntimeException cause) {
    try {
      if (inbound != null) {
        inbound.ringAnyway(header, body, "a fault of the gateway");
      }
    } catch (RuntimeException again) {
      cause.addSuppressed(again);
    }
    fault(cause);
  }

  @Override
  public void takeOversize(int header, ByteBuf body) {
    refuse(header, body, new Refusal(Reason.PACKET_TOO_LARGE, "a packet past the bound"));
  }

  @Override
  public void takeMalformed(Refusal refusal) {
    close(refusal.reason(), refusal.why(), true);
  }

  /** A packet ends the connection; if an alarm can be made out in it, that rings first. */
  private void refuse(int header, ByteBuf body, Refusal refusal) {
    try {
      if (phase == Phase.STRANGER) {
        Version version = PacketReader.versionSpoken(body);
        if (version != null) {
          unwelcome(version, refusal.reason());
        }
      } else if (inbound != null) {
        inbound.ringAnyway(header, body, refusal.why());
      }
      close(refusal.reason(), refusal.why(), true);
    } catch (RuntimeException e) {
      fault(e);
    }
  }

  private void unwelcome(Version version, Reason reason) {
    channel.writeAndFlush(PacketWriter.unwelcome(channel.alloc(), version, reason));
  }

  // ---- coming in

  private void connect(int header, ByteBuf body) {
    Packet.Connect packet =
        PacketReader.connect(header, body, services.limits().connectUserPropertiesMax());
    Peer who = Greeting.check(packet, services.credentials(), services.directory().get());
    connect = packet;
    peer = who;
    switch (services.sessions().enter(this)) {
      case Sessions.Entry.Refused(Reason reason) ->
          throw new Refusal(reason, "too many clients, or too many take-overs");
      case Sessions.Entry.Free() -> {
        introduced();
        admit();
      }
      case Sessions.Entry.TakenFrom(Connection before) -> {
        introduced();
        services.counters().takeover();
        previous = before;
        pause(Pause.FOR_SESSION);
        before.takenOver();
        before.ended().whenComplete((done, fault) -> onLoop(this::admit));
      }
    }
  }

  private void introduced() {
    entered = true;
    phase = Phase.WAITING;
    inbound = new Inbound(this);
    services.door().introduced(source);
  }

  private void admit() {
    if (phase != Phase.WAITING) {
      return;
    }
    Packet.Connect hello = connected();
    if (timer != null) {
      timer.cancel(false);
    }
    Sessions.Held session =
        services.sessions().claim(this, hello.cleanStart(), hello.sessionExpirySeconds());
    phase = Phase.OPEN;
    services.counters().accepted();
    long keepAliveMax = services.limits().keepAliveMax().toSeconds();
    boolean capped = hello.keepAliveSeconds() == 0 || hello.keepAliveSeconds() > keepAliveMax;
    long keepAlive = capped ? keepAliveMax : hello.keepAliveSeconds();
    channel.write(
        PacketWriter.welcome(
            channel.alloc(),
            hello.version(),
            new PacketWriter.Welcome(
                session.present(),
                session.expirySeconds(),
                services.limits().receiveMaximum(),
                services.limits().packetBytesMax(),
                capped ? (int) keepAlive : -1)));
    if (inbound != null) {
      inbound.sessionResumed(session.present());
    }
    outbound = new Outbound(this, session);
    silenceNanosMax = TimeUnit.SECONDS.toNanos(keepAlive) * 3 / 2;
    timer = schedule(this::checkSilence, silenceNanosMax);
    outbound.start();
    channel.flush();
    resume(Pause.FOR_SESSION);
  }

  private void checkSilence() {
    if (phase != Phase.OPEN) {
      return;
    }
    long silence = services.clock().nanos() - lastPacketNanos;
    if ((paused & ~Pause.FOR_WRITES) != 0) {
      // We don't listen, so it can't be heard. One that doesn't read is silent by its own doing.
      timer = schedule(this::checkSilence, silenceNanosMax);
    } else if (silence >= silenceNanosMax) {
      close(Reason.KEEP_ALIVE_TIMEOUT, "[MQTT-3.1.2-22] silent for 1.5 times its keep-alive", true);
    } else {
      timer = schedule(this::checkSilence, silenceNanosMax - silence);
    }
  }

  // ---- being read or not

  void pause(int why) {
    if (paused == 0) {
      channel.config().setAutoRead(false);
      services.counters().paused();
    }
    paused |= why;
  }

  void resume(int why) {
    if ((paused & why) == 0) {
      return;
    }
    paused &= ~why;
    if (paused == 0 && phase != Phase.OVER) {
      lastPacketNanos = services.clock().nanos();
      channel.config().setAutoRead(true);
      cutter.resume();
    }
  }

  // ---- sending

  /** Sends a message if the client listens. Any thread. */
  void send(Outgoing message) {
    onLoop(() -> {
      if (outbound != null && isOpen()) {
        outbound.send(message);
      }
    });
  }

  @Nullable Inbound inbound() {
    return inbound;
  }

  @Nullable Outbound outbound() {
    return outbound;
  }

  /** Runs on the connection's loop: now if this is it, else soon; never if it is shut down. */
  void onLoop(Runnable task) {
    if (executor().inEventLoop()) {
      task.run();
      return;
    }
    try {
      executor().execute(task);
    } catch (RejectedExecutionException e) {
      // The endpoint is closed, and this connection with it.
    }
  }

  // ---- going

  /** Another connection of the same client wants its seat. Any thread. */
  void takenOver() {
    onLoop(() -> close(Reason.SESSION_TAKEN_OVER, "the same client connected again", true));
  }

  /** The endpoint closes. The will stays: it isn't the client that went. Any thread. */
  void shutDown() {
    onLoop(() -> close(Reason.SERVER_SHUTTING_DOWN, "the gateway stops", false));
  }

  /** The registry has changed: who isn't in it any more goes, and its will with it. Any thread. */
  void recheck() {
    onLoop(() -> {
      if ((phase == Phase.WAITING || phase == Phase.OPEN) && !isStillKnown()) {
        if (inbound != null) {
          inbound.revoked();
        }
        services.counters().revoked();
        close(Reason.NOT_AUTHORIZED, "no longer registered as who it was let in as", false);
      }
    });
  }

  boolean isStillKnown() {
    return Greeting.stillHolds(
        connected(), peer(), services.credentials(), services.directory().get());
  }

  /** The client said goodbye. */
  void goodbye(boolean withWill) {
    if (phase != Phase.OVER) {
      phase = Phase.OVER;
      channel.close();
      finish(Phase.OPEN, withWill);
    }
  }

  /** Ends the connection: tells a client of MQTT 5.0 why, and lets it go. */
  void close(Reason reason, String why, boolean withWill) {
    if (phase == Phase.OVER) {
      return;
    }
    Phase before = phase;
    services.counters().closed(reason);
    if (reason != Reason.SERVER_SHUTTING_DOWN) {
      services.log().refused(source, connect == null ? "-" : connect.clientId(), reason, why);
    }
    if (inbound != null) {
      inbound.flushAcks();
    }
    phase = Phase.OVER;
    if (before == Phase.OPEN && isV5()) {
      channel
          .writeAndFlush(PacketWriter.disconnect(channel.alloc(), reason))
          .addListener(ChannelFutureListener.CLOSE);
      Future<?> _ =
          executor().schedule(() -> channel.close(), GOODBYE_SECONDS_MAX, TimeUnit.SECONDS);
    } else {
      channel.close();
    }
    finish(before, withWill);
  }

  private void finish(Phase before, boolean withWill) {
    if (timer != null) {
      timer.cancel(false);
    }
    if (before == Phase.STRANGER) {
      services.door().introduced(source);
    }
    services.door().leave();
    if (inbound != null) {
      inbound.releaseAcks();
    }
    if (entered) {
      boolean claimed = before == Phase.OPEN;
      Long expiry = inbound == null ? null : inbound.changedExpirySeconds();
      Packet.Will will = connected().will();
      services
          .sessions()
          .leave(
              this,
              claimed,
              expiry,
              claimed && withWill && will != null && inbound != null
                  ? inbound.pendingWill(will)
                  : null);
    }
    services.rooms().leave(executor());
    if (before == Phase.WAITING && previous != null) {
      // Whoever comes next must wait for all that came before.
      previous.ended().whenComplete((done, fault) -> ended.complete(null));
    } else {
      ended.complete(null);
    }
  }
}
