package io.shouwang;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.World;
import io.shouwang.config.Settings;
import io.shouwang.engine.Engine;
import io.shouwang.engine.EngineLimits;
import io.shouwang.engine.Recovered;
import io.shouwang.host.Clock;
import io.shouwang.host.ScratchDisk;
import io.shouwang.ingest.mqtt.MqttEndpoint;
import io.shouwang.ingest.mqtt.MqttSettings;
import io.shouwang.journal.JournalOptions;
import io.shouwang.model.Directory;
import io.shouwang.notify.AnswerLinks;
import io.shouwang.notify.Notifier;
import io.shouwang.registry.RegistryReader;
import io.shouwang.registry.RegistryReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A made-up press goes the whole way, from its bytes to a responder's and back, again and again in
 * a gateway of its own in memory: Java compiles what runs often, and real presses are so rare that
 * each would run as slowly as the first. Touches nothing of the real gateway, and nobody waits for
 * it. One thread.
 */
public final class Rehearsal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final int ROUNDS = 2_000;
  private static final int HOMES = 64;
  private static final String DESK = "desk";
  private static final int BODY_BYTES_MAX = 256 * 1024;

  private final Recovered recovered;
  private final Engine engine;
  private final MqttEndpoint endpoint;
  private final List<RehearsalClient> devices = new ArrayList<>();
  private final RehearsalClient desk;

  private Rehearsal(Settings settings, Clock clock) throws IOException {
    Directory directory = district();
    JournalOptions options =
        new JournalOptions(5 * BODY_BYTES_MAX, BODY_BYTES_MAX, BODY_BYTES_MAX, 1);
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    recovered = Recovered.open(new ScratchDisk(), Path.of("rehearsal"), options, Runnable::run);
    Flow flow =
        new Flow(
            recovered,
            new World(directory, settings.ruleBook(), settings.ladders()),
            () -> directory,
            clock,
            new EngineLimits(1_024, 1_024, 64, BODY_BYTES_MAX / 4),
            settings.gateway().zone(),
            AnswerLinks.none(),
            meters,
            (of, outcomes, responders, wearers) ->
                new Notifier(
                    of.alerts(),
                    responders,
                    wearers,
                    List.of(),
                    List.of(),
                    outcomes,
                    meters,
                    ImmediateEventExecutor.INSTANCE,
                    1_024));
    engine = flow.engine();
    endpoint =
        flow.listen(
            new MqttSettings(List.of(), 0, MqttSettings.Limits.DEFAULT),
            (identity, secret) -> true);
    desk = new RehearsalClient(endpoint, DESK, 4, "v1/responders/desk/alerts");
    for (int i = 0; i < HOMES; i++) {
      String id = "d" + i;
      devices.add(new RehearsalClient(endpoint, id, 4 + i % 2, "v1/devices/" + id + "/down"));
    }
  }

  /** Begins in the background. */
  public static Thread start(Settings settings, Clock clock) {
    return Thread.ofPlatform()
        .daemon()
        .name("rehearsal")
        .start(() -> {
          long start = clock.nanos();
          try {
            int rung = run(settings, clock, ROUNDS);
            LOG.info("rehearsed {} presses in {} ms", rung, (clock.nanos() - start) / 1_000_000);
          } catch (IOException | RuntimeException e) {
            LOG.warn("the rehearsal ended early; the first real presses take longer", e);
          }
        });
  }

  /** Rehearses; returns how many presses rang. */
  static int run(Settings settings, Clock clock, int rounds) throws IOException {
    try (Rehearsal rehearsal = new Rehearsal(settings, clock)) {
      int rung = 0;
      for (int round = 0; round < rounds; round++) {
        rung += rehearsal.pressAndClose(round);
      }
      return rung;
    }
  }

  private int pressAndClose(int round) throws IOException {
    RehearsalClient device = devices.get(round % HOMES);
    String said = "{\"id\":\"r" + round + "\",\"at\":\"2026-03-01T08:00:00+08:00\"";
    device.publish("v1/devices/" + device.id() + "/motion", said + ",\"state\":\"active\"}");
    device.publish("v1/devices/" + device.id() + "/sos", said + ",\"action\":\"press\"}");
    settle(device);
    List<AlertBook.Seen> open = engine.alerts().open();
    for (AlertBook.Seen seen : open) {
      String of = "\"alert\":\"" + seen.alert().id() + "\"";
      reply("{\"id\":\"a" + round + "\"," + of + ",\"reply\":\"accept\",\"eta_min\":8}");
      reply("{\"id\":\"c" + round + "\"," + of + ",\"reply\":\"done\",\"disposition\":\"test\"}");
    }
    settle(device);
    return open.size();
  }

  private void reply(String reply) {
    desk.publish("v1/responders/desk/replies", reply);
  }

  /** Until nobody has anything left to say. */
  private void settle(RehearsalClient device) throws IOException {
    boolean busy = true;
    while (busy) {
      busy = engine.step();
      busy |= device.settle();
      busy |= desk.settle();
    }
  }

  private static Directory district() throws IOException {
    Map<String, String> files =
        Map.of(
            "areas.csv", "id,name,parent,level\na,Street,,city\n",
            "homes.csv",
                "id,address,area,phone,access\n" + rows(i -> "h" + i + ",Street " + i + ",a,,"),
            "elders.csv",
                "id,home,name,birth_year,phone\n" + rows(i -> "e" + i + ",h" + i + ",E,1940,"),
            "devices.csv",
                "id,type,home,elder\n" + rows(i -> "d%1$d,button,h%1$d,e%1$d".formatted(i)),
            "responders.csv", "id,name,phone,language\ndesk,Desk,,zh\n",
            "contacts.csv", "responder,role,relation,elder,home,area\ndesk,duty_desk,,,,a\n",
            "operators.csv", "id,name,roles,area\n");
    RegistryReading reading =
        RegistryReader.read(
            file -> {
              String text = files.get(file);
              return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
            },
            null);
    return switch (reading) {
      case RegistryReading.Accepted(var registry) -> registry;
      case RegistryReading.Refused refused ->
          throw new IllegalStateException("the made-up district: " + refused.problems());
    };
  }

  private static String rows(IntFunction<String> row) {
    return IntStream.range(0, HOMES).mapToObj(row).collect(Collectors.joining("\n", "", "\n"));
  }

  @Override
  public void close() throws IOException {
    endpoint.close();
    recovered.close();
  }
}
