package io.shouwang;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.shouwang.accounts.Accounts;
import io.shouwang.audit.Finding;
import io.shouwang.audit.Handed;
import io.shouwang.config.GatewayConfig;
import io.shouwang.config.Settings;
import io.shouwang.console.ConsoleServer;
import io.shouwang.console.Sources;
import io.shouwang.custom.CustomRule;
import io.shouwang.drills.Drills;
import io.shouwang.engine.Engine;
import io.shouwang.engine.EngineLimits;
import io.shouwang.engine.EngineThread;
import io.shouwang.engine.JournalledPast;
import io.shouwang.engine.Recovered;
import io.shouwang.engine.Watchdog;
import io.shouwang.figures.Figures;
import io.shouwang.figures.LoadBook;
import io.shouwang.host.Clock;
import io.shouwang.host.Disk;
import io.shouwang.host.RealDisk;
import io.shouwang.ingest.mqtt.MqttEndpoint;
import io.shouwang.intake.Lane;
import io.shouwang.journal.JournalOptions;
import io.shouwang.journal.RetentionPolicy;
import io.shouwang.levels.Cap;
import io.shouwang.levels.Levels;
import io.shouwang.notify.AnswerKeys;
import io.shouwang.notify.AnswerLinks;
import io.shouwang.notify.Channel;
import io.shouwang.notify.Notifier;
import io.shouwang.notify.Outcomes;
import io.shouwang.notify.provider.Callback;
import io.shouwang.registry.RegistryFolder;
import io.shouwang.signon.SignOn;
import io.shouwang.signon.SignOnSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole wiring, in the order of the flow: what is opened last, the ears, is closed first. Owns
 * everything it opens.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final Duration STALLED_AFTER = Duration.ofSeconds(3);
  private static final Duration DEAD_AFTER = Duration.ofSeconds(60);
  private static final Duration DRILLS_LOOK = Duration.ofSeconds(2);
  private static final Duration ACCOUNTS_LOOK = Duration.ofSeconds(5);
  private static final Duration FILES_LOOK = Duration.ofSeconds(1);

  private final Closing closing = new Closing();
  private final CompletableFuture<@Nullable Void> ended;
  private final GatewayConfig config;
  private final MqttEndpoint mqtt;
  private final ConsoleServer console;
  private @Nullable PeopleChannels channels;
  private volatile @Nullable Levels levels;

  /**
   * Opens everything; returns when devices and people are served.
   *
   * @param configFolder the configuration, which {@code settings} were read from
   * @param data the directory of the state
   * @throws IOException if the state can't be read or a port can't be had; the message says which
   */
  public Gateway(Path configFolder, Settings settings, Path data, Clock clock) throws IOException {
    try {
      config = settings.gateway();
      Disk disk = new RealDisk();
      PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      ExecutorService background =
          closing.add(
              Executors.newSingleThreadExecutor(Thread.ofPlatform().name("prepare").factory()));

      // The state, as the disk has it
      disk.makeDirectory(data);
      requireOwn(data);
      Figures figures = new Figures(config.limits().readingsBytes());
      Recovered recovered =
          closing.add(
              Recovered.open(disk, data, journalOptions(config.journal()), background, figures));
      RegistryFolder folder = new RegistryFolder(disk, data);
      RegistryInForce registry = FirstImport.registry(folder, configFolder, settings.roles());
      SettingsFolder kept = new SettingsFolder(disk, data);
      PolicyInForce policy = new PolicyInForce(configFolder, settings, kept);

      // The engine, and what it does outside
      AnswerLinks links =
          new AnswerLinks(
              AnswerKeys.of(disk, data, new SecureRandom()), settings.channels().publicUrl());
      Flow flow =
          new Flow(
              recovered,
              WorldInForce.of(registry, policy),
              registry::directory,
              clock,
              new EngineLimits(
                  config.limits().alarmLane(),
                  config.limits().telemetryLane(),
                  EngineLimits.DEFAULT.batchInputs(),
                  EngineLimits.DEFAULT.batchBytes()),
              config.zone(),
              links,
              meters,
              (of, outcomes, responders, devices) ->
                  notifier(
                      settings, of, outcomes, responders, devices, registry, links, clock, meters));
      Engine engine = flow.engine();
      Notifier notifier = closing.add(flow.notifier());
      begin(engine, disk, data);
      recovered.tornTails().forEach(tail -> LOG.error("{}", tail.describe()));
      String zones = ZoneRulesProvider.getVersions("Asia/Shanghai").lastEntry().getKey();
      flow.begin(Version.text(), zones, settings.hash(), registry.registry().hash());
      Handed handed = new Handed();
      engine.followedBy(figures);
      engine.performWith((receipt, effects) -> {
        handed.note(effects);
        notifier.perform(receipt, effects);
      });
      handed.note(engine.pending());
      flow.resume(); // while nobody turns the engine: what is under way is the state's to say
      EngineThread turning = closing.add(EngineThread.start(engine));
      ended = turning.ended();

      // Looking after it
      Watchdog watchdog = new Watchdog(turning, clock, STALLED_AFTER, DEAD_AFTER);
      Sights sights =
          closing.add(
              new Sights(
                  settings,
                  disk,
                  data,
                  recovered,
                  engine,
                  handed,
                  Objects.requireNonNull(channels).reception(),
                  clock,
                  meters));
      Upkeep upkeep = closing.add(new Upkeep());
      upkeep.watch(watchdog, () -> ended.completeExceptionally(new IOException("engine stalled")));
      upkeep.tend(notifier);
      upkeep.keepSmall(
          recovered.snapshots(engine),
          recovered.retention(
              new RetentionPolicy(
                  Duration.ofDays(config.journal().telemetryDays()),
                  config.journal().telemetryBytes()),
              Duration.ofDays(366L * config.journal().archiveYears())),
          config.journal(),
          engine.time());
      WorldInForce world = new WorldInForce(registry, policy, engine);
      upkeep.every(FILES_LOOK, world::activateNext);
      RegistryOffice office =
          closing.add(new RegistryOffice(disk, folder, registry, world, settings::roles, clock));
      Drills drills = new Drills(engine.alerts(), engine.time());
      upkeep.every(DRILLS_LOOK, () -> drills.tend(engine));
      LoadBook load =
          new LoadBook(
              disk,
              data,
              recovered::synced,
              recovered.replayedFrom(),
              registry::directory,
              engine.time());
      upkeep.count(load);
      measure(meters, engine, sights, policy);
      measure(meters, figures);

      // Whoever looks at a screen; nothing waits for it
      Accounts accounts = closing.add(new Accounts(disk, data, config.accounts(), clock, meters));
      accounts.tend();
      upkeep.every(ACCOUNTS_LOOK, accounts::tend);
      SignOnSettings provider = config.signOn();
      SignOn signOn = provider == null ? null : closing.add(new SignOn(provider, clock));

      // The ears, last
      mqtt =
          closing.add(flow.listen(Listeners.mqtt(config), sights.beside(registry.credentials())));
      console =
          closing.add(
              ConsoleServer.open(
                  Listeners.console(config),
                  new Sources(
                      engine.alerts(),
                      engine.care(),
                      engine.protection(),
                      figures.with(load),
                      engine,
                      registry::directory,
                      () -> registry.registry().finder(),
                      registry.credentials(),
                      registry.operators(),
                      accounts,
                      signOn,
                      office,
                      links,
                      this::callback,
                      () -> channels == null ? List.of() : channels.dialers(),
                      new Cap(settings.levels().cap(), registry::directory, config.zone()),
                      meters,
                      new GatewayHealth(
                          watchdog,
                          recovered::space,
                          sights::standing,
                          sights.unguarded(),
                          () -> channels == null ? List.of() : channels.troubles(),
                          policy,
                          accounts::troubles,
                          ended),
                      new PolicyChanges(
                          policy, new PolicyFolder(disk, configFolder), kept, registry::registry),
                      engine.time(),
                      config.zone())));
      upkeep.every(FILES_LOOK, console::tend);
      levels =
          closing.add(
              new Levels(
                  settings.levels(),
                  engine.alerts(),
                  engine,
                  registry::directory,
                  () -> sights.standing().isEmpty(),
                  engine.time(),
                  clock,
                  config.zone(),
                  meters));
      sights.begin(upkeep, watchdog, mqtt.addresses());
    } catch (IOException | RuntimeException | Error e) {
      closing.close();
      throw e;
    }
  }

  /** Says since when anything is known here; a damaged archive is found elsewhere. */
  private static void begin(Engine engine, Disk disk, Path data) {
    try {
      engine.knownSince(
          new JournalledPast(disk, data).begins().orElseGet(() -> engine.time().wall()));
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("since when alerts are known can't be read: {}", e.toString());
    }
  }

  private Optional<Callback> callback(String name) {
    Levels others = levels;
    PeopleChannels providers = channels;
    Optional<Callback> other = others == null ? Optional.empty() : others.callback(name);
    return other.isPresent() || providers == null ? other : providers.callback(name);
  }

  private Notifier notifier(
      Settings settings,
      Engine engine,
      Outcomes outcomes,
      Channel responders,
      Channel devices,
      RegistryInForce registry,
      AnswerLinks links,
      Clock clock,
      PrometheusMeterRegistry meters) {
    PeopleChannels people =
        closing.add(
            new PeopleChannels(
                settings.channels(),
                engine,
                outcomes,
                registry::directory,
                links,
                settings.gateway().zone(),
                clock,
                meters));
    channels = people;
    return new Notifier(
        engine.alerts(), responders, devices, people.all(), people.holdings(), outcomes, meters);
  }

  /** Who may write there may put another registry, or other secrets, in place of ours. */
  private static void requireOwn(Path data) throws IOException {
    boolean anybodyMayWrite =
        Files.getFileStore(data).supportsFileAttributeView(PosixFileAttributeView.class)
            && Files.getPosixFilePermissions(data).contains(PosixFilePermission.OTHERS_WRITE);
    if (anybodyMayWrite) {
      throw new IOException(
          data + " may be written by everybody on this machine; run: chmod o-w " + data);
    }
  }

  private static JournalOptions journalOptions(GatewayConfig.JournalLimits limits) {
    JournalOptions standard = JournalOptions.standard();
    return new JournalOptions(
        Math.toIntExact(limits.segmentBytes()),
        limits.reserveBytes(),
        standard.maxBodyBytes(),
        standard.newJournalId());
  }

  private static void measure(
      PrometheusMeterRegistry meters, Engine engine, Sights sights, PolicyInForce policy) {
    for (Lane lane : Lane.values()) {
      Gauge.builder("shouwang.lane.waiting", engine, e -> e.waiting(lane))
          .tag("lane", lane.name().toLowerCase(Locale.ROOT))
          .register(meters);
    }
    Gauge.builder("shouwang.alerts.open", engine, e -> open(e, false))
        .description("open alerts, exercises not counted")
        .register(meters);
    Gauge.builder("shouwang.alerts.exercise", engine, e -> open(e, true))
        .description("open alerts of devices in test mode and of drills")
        .register(meters);
    Gauge.builder("shouwang.inputs.undecided", engine, Engine::undecided).register(meters);
    Gauge.builder("shouwang.alerts.silent", sights, s -> s.count(Finding.What.SILENT))
        .description("open alerts that break P2; anything but 0 is an emergency")
        .register(meters);
    FunctionCounter.builder(
            "shouwang.custom.undecided",
            policy,
            p -> p.policy().custom().stream().mapToLong(CustomRule::failures).sum())
        .description("times an office's own rule could not be decided, since it was loaded")
        .register(meters);
    Gauge.builder("shouwang.settings.refused", policy, p -> p.refused().isEmpty() ? 0 : 1)
        .description("1 while rules or ladders on disk have mistakes and older ones are in force")
        .register(meters);
  }

  private static void measure(PrometheusMeterRegistry meters, Figures figures) {
    FunctionCounter.builder("shouwang.figures.samples", figures, f -> f.readings().written())
        .description("values of readings taken into memory; the oldest are written over")
        .register(meters);
    FunctionCounter.builder("shouwang.figures.failures", figures, Figures::failures)
        .description("events that the figures failed at; anything but 0 is a mistake of ours")
        .register(meters);
  }

  private static long open(Engine engine, boolean exercise) {
    return engine.alerts().open().stream()
        .filter(seen -> seen.alert().marks().exercise() == exercise)
        .count();
  }

  /** Completes when the gateway can't go on: exceptionally, with the reason. */
  public CompletableFuture<@Nullable Void> ended() {
    return ended;
  }

  /** Where it serves, for people. */
  public String urls() {
    return Listeners.describe(config, mqtt, console);
  }

  @Override
  public void close() {
    closing.close();
  }
}
