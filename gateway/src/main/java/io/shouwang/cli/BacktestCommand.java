package io.shouwang.cli;

import io.shouwang.SettingsFolder;
import io.shouwang.alerts.World;
import io.shouwang.backtest.JournalBacktest;
import io.shouwang.backtest.RecordingRefused;
import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import io.shouwang.config.Policy;
import io.shouwang.config.Settings;
import io.shouwang.engine.JournalledPast;
import io.shouwang.engine.Replay;
import io.shouwang.engine.UnreadableRecord;
import io.shouwang.host.RealDisk;
import io.shouwang.model.Directory;
import io.shouwang.registry.Registry;
import io.shouwang.registry.RegistryFolder;
import io.shouwang.registry.RegistryReader;
import io.shouwang.registry.RegistryReading;
import io.shouwang.registry.RegistrySource;
import io.shouwang.wording.Wording;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What other rules would have rung; what the rules make of a recording. */
@Command(
    name = "backtest",
    description = {
      "Replay the journal with other rules and say what would have rung more, less and elsewhere;",
      "or, with --csv, replay a recording of sensors through the rules. Rings nobody, writes"
          + " nothing into the state, may run beside the gateway."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:refused or failed", "2:wrong usage"},
    mixinStandardHelpOptions = true)
public final class BacktestCommand implements Callable<Integer> {
  @Mixin private Folders folders = new Folders();
  @Mixin private RecordingOptions recording = new RecordingOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--rules", paramLabel = "FILE", description = "the rules to try")
  private @Nullable Path rules;

  @Option(
      names = "--ladders",
      paramLabel = "FILE",
      description = "the ladders to try (default: those in force)")
  private @Nullable Path ladders;

  @Option(
      names = "--registry",
      paramLabel = "DIR",
      description =
          "homes and devices (default: as recorded; with --csv: registry/ beside the file, or the"
              + " file's own folder)")
  private @Nullable Path registry;

  @Option(names = "--from", paramLabel = "TIME", description = "count alerts from here on")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "and before this")
  private @Nullable String to;

  @Option(
      names = "--handled-after",
      paramLabel = "DURATION",
      defaultValue = "2h",
      description = "an alert nobody closed counts as closed after this (default: 2h)")
  private String handledAfter = "2h";

  @Option(
      names = "--language",
      paramLabel = "zh|en",
      defaultValue = "zh",
      description = "of the reasons (default: zh)")
  private String language = "zh";

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      return recording.isAsked() ? recorded(out, err) : journal(out, err);
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      err.println(cause == null ? e.getMessage() : Trouble.of(cause));
    } catch (IOException e) {
      err.println(Trouble.of(e));
    } catch (JournalBacktest.OutsideRange | RecordingRefused | UnreadableRecord e) {
      err.println(e.getMessage());
    } finally {
      out.flush();
    }
    return 1;
  }

  private int recorded(PrintWriter out, PrintWriter err)
      throws IOException, RecordingRefused, InterruptedException {
    ZoneId zone = recording.zone(spec);
    Optional<Policy> policy = RuleFiles.read(rules, ladders, null, zone, err);
    if (policy.isEmpty()) {
      return 1;
    }
    Path folder = registry == null ? recording.registryBeside() : registry;
    Registry homes = null;
    if (folder != null) {
      homes = registry(folder, err);
      if (homes == null) {
        return 1;
      }
    }
    return new RecordingBacktest(recording, policy.get(), homes, folder)
        .run(
            time("--from", from, zone),
            time("--to", to, zone),
            duration(),
            Wording.of(language),
            json,
            spec.commandLine().getParseResult().originalArgs(),
            out,
            err);
  }

  private int journal(PrintWriter out, PrintWriter err)
      throws IOException, JournalBacktest.OutsideRange {
    if (rules == null && ladders == null) {
      throw new ParameterException(
          spec.commandLine(), "name what to try with --rules (and --ladders), or a --csv");
    }
    Settings current;
    switch (ConfigReader.read(folders.config, System.getenv())) {
      case ConfigReading.Accepted accepted -> current = accepted.settings();
      case ConfigReading.Refused refused -> {
        refused.problems().forEach(err::println);
        return 1;
      }
    }
    ZoneId zone = current.gateway().zone();
    Path rulesTried = rules == null ? folders.config.resolve("rules.yaml") : rules;
    Optional<Policy> tried =
        RuleFiles.read(rulesTried, ladders, current.policy().files().ladders(), zone, err);
    if (tried.isEmpty()) {
      return 1;
    }
    Registry other = null;
    if (registry != null) {
      other = registry(registry, err);
      if (other == null) {
        return 1;
      }
    }
    Worlds recorded = new Worlds(folders.data, current.policy());
    Registry homes = other;
    Wording wording = Wording.of(language);
    JournalBacktest.Result result =
        new JournalBacktest(
                new JournalledPast(new RealDisk(), folders.data),
                duration(),
                alert -> JournalBacktestReport.why(alert, wording, zone))
            .run(
                recorded,
                (registryHash, settingsHash) ->
                    new World(
                        homes == null ? recorded.directory(registryHash) : homes,
                        tried.get().ruleBook(),
                        ladders == null
                            ? recorded.policy(settingsHash).ladders()
                            : tried.get().ladders()),
                time("--from", from, zone),
                time("--to", to, zone));
    JournalBacktestReport report = new JournalBacktestReport(result, zone, wording);
    out.println(json ? report.json() : report.text());
    return 0;
  }

  /** Rules and registry of each time, as the state directory keeps them. */
  private static final class Worlds implements Replay.Worlds {
    private final RegistryFolder registries;
    private final SettingsFolder settings;
    private final Policy current;
    private final Map<String, Registry> registryByHash = new HashMap<>();
    private final Map<String, Policy> policyByHash = new HashMap<>();

    Worlds(Path data, Policy current) {
      this.registries = new RegistryFolder(new RealDisk(), data);
      this.settings = new SettingsFolder(new RealDisk(), data);
      this.current = current;
    }

    @Override
    public World of(String registryHash, String settingsHash) {
      Policy policy = policy(settingsHash);
      return new World(directory(registryHash), policy.ruleBook(), policy.ladders());
    }

    /** Where the journal doesn't say any more, those to be activated next. */
    Directory directory(String hash) {
      return registryByHash.computeIfAbsent(hash, this::loadRegistry);
    }

    Policy policy(String hash) {
      return hash.isEmpty() ? current : policyByHash.computeIfAbsent(hash, this::loadPolicy);
    }

    private Registry loadRegistry(String hash) {
      try {
        String named =
            hash.isEmpty()
                ? registries
                    .next()
                    .orElseThrow(() -> new IOException("no registry was ever imported here"))
                : hash;
        return registries.load(named);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Policy loadPolicy(String hash) {
      try {
        return settings.load(hash);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static @Nullable Registry registry(Path folder, PrintWriter err) throws IOException {
    return switch (RegistryReader.read(RegistrySource.directory(folder), null)) {
      case RegistryReading.Accepted accepted -> accepted.registry();
      case RegistryReading.Refused refused -> {
        refused.problems().forEach(problem -> err.println(folder + "/" + problem));
        err.println(refused.count() + " mistakes in the registry; nothing was replayed");
        yield null;
      }
    };
  }

  private Duration duration() {
    try {
      String text = handledAfter.strip().toUpperCase(java.util.Locale.ROOT);
      Duration said = Duration.parse((text.endsWith("D") ? "P" : "PT") + text);
      if (said.isNegative() || said.isZero()) {
        throw new DateTimeException("not positive");
      }
      return said;
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(), "--handled-after is a time like 90m, 2h or 1d", e);
    }
  }

  private @Nullable Instant time(String option, @Nullable String text, ZoneId zone) {
    if (text == null) {
      return null;
    }
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant();
      }
      boolean offset = text.matches(".*([Zz]|[+-]\\d\\d:\\d\\d)");
      return offset
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(),
          option + " is a time like 2026-03-02, 2026-03-02T08:00 or 2026-03-02T08:00:00+08:00",
          e);
    }
  }
}
