package io.shouwang.ingest.mqtt;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.shouwang.host.Clock;
import io.shouwang.intake.Credentials;
import io.shouwang.intake.Intake;
import io.shouwang.model.Directory;
import io.shouwang.model.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MQTT 3.1.1 and 5.0 endpoint. A PUBLISH at QoS 1 is acknowledged when all that it said is on
 * disk, and not before. Owns its threads and sockets; {@link #close} gives both back.
 */
public final class MqttEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MqttEndpoint.class);
  private static final int BACKLOG = 4_096;
  private static final int READ_BYTES_MAX = 16 * 1024;
  private static final long SETTLE_SECONDS_MAX = 3;

  private final Services services;

  /** In the order they came, so that closing goes the same way each time. */
  private final Set<Connection> connections = Collections.synchronizedSet(new LinkedHashSet<>());

  private final List<Channel> listening = new ArrayList<>();
  private @Nullable EventLoopGroup group;
  private volatile boolean closing;

  /** The registry generation that the connected clients were last held against. */
  private volatile String generation;

  private MqttEndpoint(Services services) {
    this.services = services;
    this.generation = services.directory().get().hash();
  }

  /**
   * Opens the endpoint and listens.
   *
   * @param directory the registry in force, asked anew for each decision
   * @param kept the sessions the journal knows; all count as ended
   * @throws IOException if a listener can't be opened as configured; says which and why
   */
  public static MqttEndpoint open(
      MqttSettings settings,
      Credentials credentials,
      Supplier<Directory> directory,
      Intake intake,
      Mailbox mailbox,
      Clock clock,
      Collection<Session> kept,
      MeterRegistry registry)
      throws IOException {
    MqttCounters counters = new MqttCounters(registry);
    AtomicLong heldBytesInAll = new AtomicLong();
    Services services =
        new Services(
            settings.limits(),
            credentials,
            directory,
            mailbox,
            clock,
            new Sessions(settings.limits(), clock, intake, counters, kept),
            new Door(settings.limits()),
            new LoopRooms(intake, heldBytesInAll),
            heldBytesInAll,
            counters,
            new RefusalLog(clock));
    MqttEndpoint endpoint = new MqttEndpoint(services);
    endpoint.gauges(registry);
    try {
      endpoint.listen(settings);
    } catch (IOException e) {
      endpoint.close();
      throw e;
    }
    return endpoint;
  }

  private void gauges(MeterRegistry registry) {
    Gauge.builder("shouwang.mqtt.connections", services.door(), Door::connections)
        .register(registry);
    Gauge.builder("shouwang.mqtt.strangers", services.door(), Door::strangers).register(registry);
    Gauge.builder("shouwang.mqtt.held.bytes", services.heldBytesInAll(), AtomicLong::get)
        .register(registry);
    Gauge.builder("shouwang.mqtt.sessions", services.sessions(), Sessions::keptCount)
        .register(registry);
  }

  private void listen(MqttSettings settings) throws IOException {
    if (settings.listeners().isEmpty()) {
      return;
    }
    boolean epoll = Epoll.isAvailable();
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            settings.eventLoopThreads(),
            new DefaultThreadFactory("mqtt"),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    group = loops;
    for (MqttSettings.Listener listener : settings.listeners()) {
      InetAddress address = InetAddress.getByName(listener.host());
      if (listener.tls() == null
          && !address.isLoopbackAddress()
          && !listener.plainAllowedByName()) {
        throw new IOException(
            "MQTT without TLS on "
                + listener.host()
                + " is refused, since it isn't a loopback address; give the listener a certificate,"
                + " or allow plain MQTT on it by name");
      }
      SslContext tls = listener.tls() == null ? null : ServerCertificate.read(listener.tls());
      ServerBootstrap bootstrap =
          new ServerBootstrap()
              .group(loops)
              .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
              .option(ChannelOption.SO_BACKLOG, BACKLOG)
              .option(ChannelOption.SO_REUSEADDR, true)
              .childOption(ChannelOption.RECVBUF_ALLOCATOR, oneReadATurn())
              .childOption(ChannelOption.TCP_NODELAY, true)
              .childOption(ChannelOption.SO_KEEPALIVE, true)
              .childHandler(
                  new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                      initialize(channel, tls);
                    }
                  });
      var bound = bootstrap.bind(new InetSocketAddress(address, listener.port()));
      bound.awaitUninterruptibly();
      if (!bound.isSuccess()) {
        throw new IOException(
            "MQTT can't listen on "
                + listener.host()
                + ":"
                + listener.port()
                + "; is another process on that port?",
            bound.cause());
      }
      listening.add(bound.channel());
    }
    loops.scheduleWithFixedDelay(this::passTime, 1, 1, TimeUnit.SECONDS);
  }

  /** Each connection has one read a turn, of so much at most: who floods waits like the others. */
  private static RecvByteBufAllocator oneReadATurn() {
    return new AdaptiveRecvByteBufAllocator(512, 2_048, READ_BYTES_MAX).maxMessagesPerRead(1);
  }

  private void passTime() {
    EventLoopGroup loops = group;
    if (loops == null) {
      return;
    }
    try {
      passTime(loops.next());
    } catch (RuntimeException e) {
      services.counters().fault();
      LOG.error("Delayed wills and old sessions could not be seen to; tried again soon", e);
    }
  }

  /**
   * Fires delayed wills, ends old sessions, and shows out whom a new registry no longer knows.
   * Called every second by itself where there are listeners; by a simulation as its time passes.
   *
   * @param executor where work goes on that finds a full lane
   */
  public void passTime(Executor executor) {
    String inForce = services.directory().get().hash();
    if (!inForce.equals(generation)) {
      generation = inForce;
      List.copyOf(connections).forEach(Connection::recheck);
    }
    services.sessions().passTime(executor);
  }

  /** Where each listener listens, in the order of the settings. */
  public List<InetSocketAddress> addresses() {
    return listening.stream().map(channel -> (InetSocketAddress) channel.localAddress()).toList();
  }

  /**
   * Makes a channel that carries plain MQTT a connection of this endpoint. For a channel without a
   * socket, such as a simulation's; the clock and the channel's event loop must tell the same time.
   */
  public void initialize(Channel channel) {
    initialize(channel, null);
  }

  private void initialize(Channel channel, @Nullable SslContext tls) {
    Object source = Door.source(channel.remoteAddress());
    if (closing || !services.door().enter(source)) {
      services.counters().turnedAway();
      channel.close();
      return;
    }
    Connection connection = new Connection(services, channel, source);
    connections.add(connection);
    connection.ended().whenComplete((done, fault) -> connections.remove(connection));
    if (tls != null) {
      SslHandler handler = tls.newHandler(channel.alloc());
      handler.setHandshakeTimeoutMillis(services.limits().connectTimeout().toMillis());
      channel.pipeline().addLast(handler);
    }
    channel.pipeline().addLast(connection.cutter(), connection);
  }

  /**
   * Sends a message to one client. Any thread. What isn't confirmed when the connection ends is the
   * sender's to send again at {@link Mailbox#ready}; if the client resumes its session it is on its
   * way again already, and a second sending changes nothing.
   *
   * @return whether the client is connected
   */
  public boolean send(String client, Outgoing message) {
    Connection connection = services.sessions().holder(client);
    if (connection == null) {
      return false;
    }
    connection.send(message);
    return true;
  }

  /**
   * Sends a message to each connected client of an identity. Any thread.
   *
   * @return how many are connected
   */
  public int sendToAll(String identity, Outgoing message) {
    List<Connection> clients = services.sessions().connectedAs(identity);
    clients.forEach(client -> client.send(message));
    return clients.size();
  }

  /**
   * Stops listening and reading, waits some seconds at most until what was said is answered, tells
   * clients of MQTT 5.0, and closes.
   */
  @Override
  public void close() {
    closing = true;
    listening.forEach(channel -> channel.close().awaitUninterruptibly());
    if (group != null) {
      settle();
    }
    List.copyOf(connections).forEach(Connection::shutDown);
    if (group != null) {
      group.shutdownGracefully(100, 3_000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
  }

  private void settle() {
    try {
      CompletableFuture.allOf(
              List.copyOf(connections).stream()
                  .map(MqttEndpoint::settled)
                  .toArray(CompletableFuture[]::new))
          .get(SETTLE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("MQTT closes with messages unanswered; their devices send them again");
    } catch (ExecutionException e) {
      throw new IllegalStateException("settling can't fail", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static CompletableFuture<Void> settled(Connection connection) {
    CompletableFuture<Void> settled = new CompletableFuture<>();
    connection
        .executor()
        .execute(() -> {
          Inbound inbound = connection.inbound();
          if (inbound == null) {
            settled.complete(null); // a stranger
          } else {
            inbound.settle(settled);
          }
        });
    return settled;
  }
}
