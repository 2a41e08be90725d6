package io.shouwang.sim;

import io.shouwang.sim.load.ClosedLoop;
import io.shouwang.sim.load.Crowd;
import io.shouwang.sim.load.CrowdRun;
import io.shouwang.sim.load.DeviceList;
import io.shouwang.sim.load.FloodReport;
import io.shouwang.sim.load.HiveCrowd;
import io.shouwang.sim.load.LightCrowd;
import io.shouwang.sim.load.Readings;
import io.shouwang.sim.load.Report;
import io.shouwang.sim.load.Tally;
import io.shouwang.sim.wire.Endpoint;
import io.shouwang.sim.wire.Login;
import io.shouwang.sim.wire.Secrets;
import io.shouwang.sim.wire.WireException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crowd}: the load generator. */
@Command(
    name = "crowd",
    header = "Load: many devices on a fixed schedule, measured and checked.",
    aliases = "load",
    description = {
      "Lets many devices talk on a fixed schedule (open loop), and measures from the time each"
          + " message was meant to leave: until its PUBACK, and from a press until a responder in"
          + " this process hears its alert. At the end it checks that each message was acknowledged"
          + " exactly once and that each press rang.",
      "Alerts are matched to presses by their home, so each press comes from a home of its own.",
      "With --in-flight it asks how much goes instead: each device says the next thing as soon as"
          + " one of its last is acknowledged, with no schedule and no presses.",
      "Example: device-sim crowd --registry /tmp/district --secrets /tmp/secrets.csv"
          + " --devices 1000 --rate 2000 --presses 2 --duration 60s"
    })
final class CrowdCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Mixin private final ConnectionOptions connection;

  @Option(
      names = "--registry",
      paramLabel = "DIR",
      description =
          "Folder with devices.csv, columns id and home among others (default: config/registry).")
  private @Nullable Path registry;

  @Option(
      names = "--devices",
      paramLabel = "N",
      description = "How many devices (default: all that have a home and a secret).")
  private @Nullable Integer count;

  @Option(
      names = "--rate",
      paramLabel = "PER_SECOND",
      description = "Readings a second, of all devices together (default: ${DEFAULT-VALUE}).")
  private double rate = 100;

  @Option(
      names = "--presses",
      paramLabel = "PER_SECOND",
      description = "SOS presses a second; may be less than 1 (default: ${DEFAULT-VALUE}).")
  private double presses = 0;

  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      description = "How long to send, warm-up included (default: 30s).")
  private Duration duration = Duration.ofSeconds(30);

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      description = "Leave the first so long out of the latencies (default: 0s).")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = "--drain",
      paramLabel = "DURATION",
      description = "Wait so long for the last answers (default: 15s).")
  private Duration drain = Duration.ofSeconds(15);

  @Option(
      names = "--kinds",
      split = ",",
      paramLabel = "KIND",
      description = "Which readings: motion, vitals, location, status (default: the first three).")
  private List<String> kinds = List.of("motion", "vitals", "location");

  @Option(
      names = "--responder",
      paramLabel = "ID",
      description = "Who hears the alerts (default: ${DEFAULT-VALUE}).")
  private String responder = "demo-desk";

  @Option(
      names = "--leave-open",
      description = "Don't close the alerts; else the responder answers each with done, test.")
  private boolean leaveOpen;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Network threads for all clients (default: ${DEFAULT-VALUE}).")
  private int threads = 2;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "As many messages as go, each device with so many unanswered; no --rate.")
  private @Nullable Integer inFlight;

  @Option(
      names = "--light",
      description =
          "Speak MQTT 3.1.1 without a library, on one thread, so that the gateway is measured and"
              + " not its clients. Without TLS; what breaks stays broken.")
  private boolean light;

  @Option(
      names = "--watch",
      paramLabel = "PID",
      description = "With --in-flight: report this process's processor time too, the gateway's.")
  private @Nullable Long watched;

  @Option(names = "--json", description = "Print the report as one JSON object.")
  private boolean json;

  private final Surroundings surroundings;

  CrowdCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    connection = new ConnectionOptions(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    check();
    Secrets secrets = connection.secrets();
    List<DeviceList.Listed> devices = devices(secrets);
    Login listener = presses > 0 ? secrets.login(responder).client("crowd") : Login.of("-", "");
    List<Login> logins = new ArrayList<>();
    for (DeviceList.Listed device : devices) {
      logins.add(secrets.login(device.id()));
    }
    try (Crowd crowd = crowd(connection.endpoint(PATIENCE))) {
      say("connecting " + devices.size() + " devices ...");
      crowd.connect(logins);
      say("sending for " + duration.toMillis() / 1000.0 + " s ...");
      return inFlight == null
          ? keepToSchedule(devices, crowd, listener)
          : flood(devices, crowd, inFlight);
    } catch (IllegalArgumentException e) {
      throw connection.wrong(String.valueOf(e.getMessage()));
    }
  }

  private Crowd crowd(Endpoint endpoint) throws IOException {
    return light ? new LightCrowd(endpoint) : new HiveCrowd(endpoint, threads);
  }

  private int keepToSchedule(List<DeviceList.Listed> devices, Crowd crowd, Login listener)
      throws WireException, InterruptedException {
    CrowdRun.Plan plan =
        new CrowdRun.Plan(rate, presses, duration, warmUp, drain, kinds, !leaveOpen);
    Report report = new CrowdRun(plan, devices, crowd, listener, surroundings.clock()).run();
    surroundings.terminal().plain(json ? report.json() : report.text());
    return report.failures().isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  private int flood(List<DeviceList.Listed> devices, Crowd crowd, int each)
      throws InterruptedException {
    Tally tally = new Tally();
    Readings.Maker maker = new Readings.Maker(kinds, surroundings.clock());
    ClosedLoop.Span span =
        new ClosedLoop(
                surroundings.clock(),
                crowd,
                (device, number) -> maker.next(devices.get(device).id(), number),
                tally)
            .run(
                devices.size(),
                each,
                duration,
                warmUp,
                drain,
                cpuNanos(ProcessHandle.current()),
                watched == null ? () -> 0 : cpuNanos(process(watched)));
    FloodReport report = new FloodReport(devices.size(), each, tally, span, crowd.disconnects());
    surroundings.terminal().plain(json ? report.json() : report.text());
    return report.failures().isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  private ProcessHandle process(long pid) {
    return ProcessHandle.of(pid)
        .orElseThrow(() -> connection.wrong("--watch: there is no process " + pid));
  }

  private static LongSupplier cpuNanos(ProcessHandle process) {
    return () -> process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private void say(String text) {
    if (!json) {
      surroundings.terminal().plain(text);
    }
  }

  private void check() {
    for (String kind : kinds) {
      if (!Readings.KINDS.contains(kind)) {
        throw connection.wrong("--kinds: '" + kind + "' is none of " + Readings.KINDS);
      }
    }
    if (inFlight != null && (inFlight < 1 || inFlight > 1_000 || presses > 0)) {
      throw connection.wrong("--in-flight is 1 to 1000, and without --presses");
    }
    if (light && connection.tls()) {
      throw connection.wrong("--light speaks plain MQTT only; leave out --tls");
    }
    if (threads < 1 || threads > 64) {
      throw connection.wrong("--threads is 1 to 64, not " + threads);
    }
    if (count != null && count < 1) {
      throw connection.wrong("--devices is at least 1, not " + count);
    }
    if (rate < 0 || rate > 1e6 || presses < 0 || presses > 1e6) {
      throw connection.wrong("--rate and --presses are 0 to 1000000 a second");
    }
  }

  private List<DeviceList.Listed> devices(Secrets secrets) throws IOException {
    Path folder = registry == null ? surroundings.home().resolve("config/registry") : registry;
    List<DeviceList.Listed> all = DeviceList.read(folder, secrets);
    int wanted = count == null ? all.size() : count;
    if (all.isEmpty() || wanted > all.size()) {
      throw connection.wrong(
          "--devices "
              + wanted
              + ": "
              + folder.resolve("devices.csv")
              + " has "
              + all.size()
              + " with a home and a secret in "
              + connection.secretsFile());
    }
    return all.subList(0, wanted);
  }
}
