package io.shouwang.sim.load;

import io.shouwang.sim.message.Reply;
import io.shouwang.sim.wire.Endpoint;
import io.shouwang.sim.wire.Login;
import io.shouwang.sim.wire.WireException;
import io.shouwang.sim.wire.WireException.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A crowd of HiveMQ clients on a bounded number of threads, in either version. */
public final class HiveCrowd implements Crowd {
  private static final Logger log = LoggerFactory.getLogger(HiveCrowd.class);
  private static final int CONNECTING_MAX = 64;
  private static final Duration GOODBYE = Duration.ofSeconds(10);

  private final Endpoint endpoint;
  private final int threads;
  private final AtomicLong disconnects = new AtomicLong();
  private final Map<String, HiveClient> clients = new LinkedHashMap<>();

  public HiveCrowd(Endpoint endpoint, int threads) {
    this.endpoint = endpoint;
    this.threads = threads;
  }

  @Override
  public void connect(List<Login> devices) throws WireException, InterruptedException {
    Semaphore room = new Semaphore(CONNECTING_MAX);
    List<CompletableFuture<?>> connecting = new ArrayList<>();
    for (Login device : devices) {
      if (!room.tryAcquire(endpoint.patience().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new WireException(Trouble.LOST, "the gateway answers no more connects");
      }
      HiveClient client = client(device);
      connecting.add(client.connect().whenComplete((done, trouble) -> room.release()));
    }
    await(CompletableFuture.allOf(connecting.toArray(CompletableFuture<?>[]::new)), "connect");
  }

  @Override
  public void listen(Login responder, Consumer<byte[]> ear)
      throws WireException, InterruptedException {
    HiveClient client = client(responder);
    await(client.connect(), "connect as " + responder.identity());
    String topic = Reply.alertsTopic(responder.identity());
    await(client.subscribe(topic, ear), "subscribe to " + topic);
  }

  private HiveClient client(Login login) {
    HiveClient client = HiveClient.of(endpoint, login, threads, disconnects::incrementAndGet);
    clients.put(login.clientId(), client);
    return client;
  }

  private void await(CompletableFuture<?> act, String what)
      throws WireException, InterruptedException {
    try {
      act.get(endpoint.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      Trouble trouble =
          why.getClass().getSimpleName().contains("Ack") ? Trouble.REFUSED : Trouble.UNREACHABLE;
      throw new WireException(
          trouble, what + " to " + endpoint + " failed: " + why.getMessage(), why);
    } catch (TimeoutException e) {
      throw new WireException(Trouble.LOST, what + ": no answer from " + endpoint, e);
    }
  }

  @Override
  public CompletionStage<?> publish(Message message) {
    HiveClient client = clients.get(message.device());
    if (client == null) {
      throw new IllegalArgumentException(message.device() + " isn't connected");
    }
    return client.publish(message.topic(), message.payload());
  }

  /** Each came back and resent by itself. */
  @Override
  public long disconnects() {
    return disconnects.get();
  }

  @Override
  public void close() {
    CompletableFuture<?>[] goodbyes =
        clients.values().stream().map(HiveClient::disconnect).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(goodbyes).get(GOODBYE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.debug("not every client could say goodbye", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
