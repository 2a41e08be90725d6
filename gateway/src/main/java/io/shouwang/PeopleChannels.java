package io.shouwang;

import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.OpenIncidents;
import io.shouwang.drills.DrillBudget;
import io.shouwang.engine.Engine;
import io.shouwang.host.Clock;
import io.shouwang.model.Directory;
import io.shouwang.model.Directory.Way;
import io.shouwang.notify.AnswerDesk;
import io.shouwang.notify.AnswerLinks;
import io.shouwang.notify.ChannelPlans;
import io.shouwang.notify.Channels;
import io.shouwang.notify.Folding;
import io.shouwang.notify.Holding;
import io.shouwang.notify.Notices;
import io.shouwang.notify.Outcomes;
import io.shouwang.notify.ProviderChannel;
import io.shouwang.notify.Switchboard;
import io.shouwang.notify.mqtt.AlertMessages;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Dialer;
import io.shouwang.notify.provider.Reception;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The channels through providers, wired to the engine; owns their threads. */
final class PeopleChannels implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("provider-", 0).factory());
  private final OpenIncidents incidents;
  private final AnswerDesk desk;
  private final Channels channels;
  private final List<Holding> holdings;

  PeopleChannels(
      ChannelPlans plans,
      Engine engine,
      Outcomes outcomes,
      Supplier<Directory> directory,
      AnswerLinks links,
      ZoneId zone,
      Clock clock,
      MeterRegistry meters) {
    Clock time = engine.time();
    desk = new AnswerDesk(engine.alerts(), directory, engine, outcomes, time, meters);
    desk.callsGoTo(new Switchboard(directory, engine, time));
    Notices notices =
        new Notices(
            engine.alerts(),
            directory,
            new AlertMessages(engine.alerts(), directory, links, time, zone),
            links,
            time,
            zone);
    channels =
        new Channels(
            plans,
            desk,
            new ProviderChannel.Tools(
                engine.alerts(),
                delivery -> way(directory.get(), delivery),
                notices,
                outcomes,
                time,
                pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos()),
                threads,
                meters),
            clock);
    incidents = new OpenIncidents(engine.alerts(), directory);
    holdings = List.of(new Folding(incidents), new DrillBudget(engine.alerts()));
  }

  /**
   * The way that a delivery goes by; the first of its channel if the registry has changed since.
   */
  private static Optional<Way> way(Directory directory, Delivery delivery) {
    if (!(delivery.to() instanceof Delivery.ToResponder to)) {
      return Optional.empty();
    }
    List<Way> ways = directory.ways(to.responder());
    if (delivery.way() < ways.size()
        && ways.get(delivery.way()).channel().equals(delivery.channel())) {
      return Optional.of(ways.get(delivery.way()));
    }
    return ways.stream().filter(way -> way.channel().equals(delivery.channel())).findFirst();
  }

  List<ProviderChannel> all() {
    return channels.all();
  }

  /** Where reports, answers and calls go. */
  Reception reception() {
    return desk;
  }

  List<Holding> holdings() {
    return holdings;
  }

  Optional<Callback> callback(String provider) {
    return channels.callback(provider);
  }

  List<Dialer> dialers() {
    return channels.dialers();
  }

  List<String> troubles() {
    return channels.troubles();
  }

  @Override
  public void close() {
    incidents.close();
    threads.shutdownNow();
    channels.close();
  }
}
