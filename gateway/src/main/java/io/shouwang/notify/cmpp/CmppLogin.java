package io.shouwang.notify.cmpp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.shouwang.host.Clock;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.segment.LineKeeper;
import io.shouwang.notify.segment.LineKeeper.NoLine;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Connects and logs in, one attempt at a time; owns the thread of its lines. */
final class CmppLogin implements LineKeeper.Connector<CmppLine>, AutoCloseable {
  private final String name;
  private final CmppSettings settings;
  private final FromGatewayDesk desk;
  private final Clock clock;
  private final RandomGenerator random;
  private final EventLoopGroup group;
  private volatile @Nullable Channel connecting;

  CmppLogin(
      String name,
      CmppSettings settings,
      FromGatewayDesk desk,
      Clock clock,
      RandomGenerator random) {
    this.name = name;
    this.settings = settings;
    this.desk = desk;
    this.clock = clock;
    this.random = random;
    this.group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("cmpp-" + name, true), NioIoHandler.newFactory());
  }

  @Override
  public CmppLine connect() throws NoLine, InterruptedException {
    CmppLine line = new CmppLine(name, settings, desk, random.nextInt() >>> 1, clock);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings.limit().toMillis()))
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new IdleStateHandler(
                                settings.quietFor().toMillis(), 0, 0, TimeUnit.MILLISECONDS),
                            new FrameCodec(settings.version()),
                            line);
                  }
                });
    ChannelFuture connected = bootstrap.connect(settings.host(), settings.port()).await();
    if (!connected.isSuccess()) {
      Throwable cause = connected.cause();
      throw new NoLine(
          Failure.UNREACHABLE,
          "no line: " + (cause == null ? "" : cause.getClass().getSimpleName()));
    }
    Channel channel = connected.channel();
    connecting = channel;
    try {
      return line.login().get(settings.limit().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      channel.close();
      throw new NoLine(Failure.UNREACHABLE, "the gateway does not answer the login");
    } catch (ExecutionException e) {
      channel.close();
      if (e.getCause() instanceof NoLine why) {
        throw why;
      }
      throw new NoLine(Failure.UNREACHABLE, "no login");
    } finally {
      connecting = null;
    }
  }

  @Override
  public void abandon() {
    Channel half = connecting;
    if (half != null) {
      half.close();
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
