package io.shouwang;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.audit.Alarm;
import io.shouwang.audit.Auditor;
import io.shouwang.audit.Finding;
import io.shouwang.audit.Handed;
import io.shouwang.audit.Heartbeat;
import io.shouwang.audit.MqttWalk;
import io.shouwang.audit.SecondSight;
import io.shouwang.audit.SyntheticAlarm;
import io.shouwang.config.AuditConfig;
import io.shouwang.config.GatewayConfig;
import io.shouwang.config.Settings;
import io.shouwang.engine.Engine;
import io.shouwang.engine.Recovered;
import io.shouwang.engine.Watchdog;
import io.shouwang.host.Clock;
import io.shouwang.host.Disk;
import io.shouwang.intake.Credentials;
import io.shouwang.intake.Lane;
import io.shouwang.notify.ChannelPlan;
import io.shouwang.notify.provider.Reception;
import io.shouwang.wording.Wording;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Second sight, wired: what looks at the gateway from beside it. Owns accounts and threads. */
final class Sights implements AutoCloseable {
  private static final Duration WALK_WITHIN = Duration.ofSeconds(20);

  private final Closing closing = new Closing();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sight-", 0).factory());
  private final GatewayConfig config;
  private final Recovered recovered;
  private final Engine engine;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Auditor auditor;
  private final Alarm alarm;
  private final Heartbeat heartbeat;
  private final LoopbackDial dial;
  private final @Nullable MqttWalk walk;
  private final List<String> unguarded = new ArrayList<>();
  private volatile @Nullable SecondSight sight;

  /**
   * @param back takes what comes in on the accounts of the alarm while they are open
   */
  Sights(
      Settings settings,
      Disk disk,
      Path data,
      Recovered recovered,
      Engine engine,
      Handed handed,
      Reception back,
      Clock clock,
      MeterRegistry meters) {
    this.config = settings.gateway();
    this.recovered = recovered;
    this.engine = engine;
    this.clock = clock;
    this.meters = meters;
    AuditConfig audit = config.audit();
    auditor =
        new Auditor(
            recovered.takeBaseline(),
            handed,
            new Auditor.Tools(
                disk,
                data.resolve("journal"),
                recovered::synced,
                engine.time(),
                engine.alerts(),
                engine,
                meters));
    alarm = new Alarm(lines(settings, back), audit.site(), clock, threads, meters);
    heartbeat =
        closing.add(
            new Heartbeat(
                audit.beats().stream()
                    .map(b -> new Heartbeat.Target(b.url(), b.post(), b.every(), b.signature()))
                    .toList(),
                audit.site(),
                clock,
                threads,
                meters));
    dial = new LoopbackDial(config.mqtt());
    boolean reachable = config.mqtt().plain() != null || config.mqtt().tls() != null;
    walk =
        audit.synthetic().enabled() && reachable
            ? new MqttWalk(dial, WALK_WITHIN, clock, new SecureRandom())
            : null;
    if (audit.alarms().isEmpty()) {
      unguarded.add("audit.alarms is empty: when the engine is unwell, nobody is rung");
    }
    if (walk == null) {
      unguarded.add("the synthetic alarm is switched off");
    }
    for (Finding.What what : Finding.What.values()) {
      Gauge.builder("shouwang.audit.standing", this, s -> s.count(what))
          .tag("what", what.word())
          .description("what the audit finds wrong at the moment; anything but 0 is an emergency")
          .register(meters);
    }
  }

  /** Accounts of its own beside the notifier's: a queue that hangs there must not matter here. */
  private List<Alarm.Line> lines(Settings settings, Reception back) {
    List<Alarm.Line> lines = new ArrayList<>();
    for (AuditConfig.Line line : config.audit().alarms()) {
      for (ChannelPlan plan : settings.channels().channels()) {
        if (plan.name().equals(line.channel())) {
          for (ChannelPlan.ProviderPlan each : plan.providers()) {
            lines.add(
                new Alarm.Line(
                    each.name(),
                    new BriefAccount(each, back, clock),
                    line.to(),
                    Wording.of(line.language())));
          }
        }
      }
    }
    return lines;
  }

  /** Lets the synthetic alarm in beside those that are registered. */
  Credentials beside(Credentials registered) {
    return walk == null ? registered : walk.beside(registered);
  }

  /** Begins to look; the ears are open. */
  void begin(Upkeep upkeep, Watchdog watchdog, List<InetSocketAddress> mqtt) {
    dial.to(mqtt);
    Optional<SyntheticAlarm> synthetic =
        Optional.ofNullable(walk)
            .map(way -> new SyntheticAlarm(way, config.audit().synthetic().every(), clock, meters));
    SecondSight looking =
        new SecondSight(
            new SecondSight.Looks(
                auditor,
                watchdog::pulse,
                () -> engine.waiting(Lane.ALARM) >= config.limits().alarmLane(),
                recovered::space,
                synthetic),
            clock,
            alarm,
            heartbeat);
    sight = looking;
    upkeep.look(looking);
    upkeep.audit(auditor);
    synthetic.ifPresent(upkeep::press);
  }

  /** What is wrong; empty while all is well. */
  List<Finding> standing() {
    SecondSight looking = sight;
    return looking == null ? List.of() : looking.standing();
  }

  long count(Finding.What what) {
    return standing().stream().filter(finding -> finding.what() == what).count();
  }

  /** What of all this is not set up, for people. */
  List<String> unguarded() {
    return List.copyOf(unguarded);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    closing.close();
  }
}
