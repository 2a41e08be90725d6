package io.shouwang;

import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.World;
import io.shouwang.engine.Engine;
import io.shouwang.engine.EngineLimits;
import io.shouwang.engine.Recovered;
import io.shouwang.engine.StageTimes;
import io.shouwang.host.Clock;
import io.shouwang.ingest.mqtt.MqttEndpoint;
import io.shouwang.ingest.mqtt.MqttSettings;
import io.shouwang.intake.Credentials;
import io.shouwang.intake.Intake;
import io.shouwang.journal.TornTail;
import io.shouwang.model.Directory;
import io.shouwang.model.Input;
import io.shouwang.notify.AnswerLinks;
import io.shouwang.notify.Channel;
import io.shouwang.notify.Notifier;
import io.shouwang.notify.Outcomes;
import io.shouwang.notify.mqtt.AlertMessages;
import io.shouwang.notify.mqtt.DownMessages;
import io.shouwang.notify.mqtt.MqttChannel;
import java.io.IOException;
import java.time.ZoneId;
import java.util.function.Supplier;

/**
 * Everything between the socket and the channel, wired: the engine over what was recovered, the
 * channels it rings by, the MQTT endpoint. It has no thread of its own and asks the machine nothing
 * but what it is given, so the gateway and a simulation run the same.
 */
public final class Flow {
  private final Recovered recovered;
  private final Supplier<Directory> directory;
  private final MeterRegistry meters;
  private final Engine engine;
  private final MqttLink link = new MqttLink();
  private final MqttChannel responders;
  private final MqttChannel devices;
  private final Notifier notifier;

  /**
   * Wires engine and channels. The caller turns the engine, tends the notifier every few seconds,
   * and closes it.
   *
   * @param directory the registry in force, asked anew each time
   * @param zone civil time in messages to people
   * @param links to the page where a person answers
   * @param bulkheads makes the notifier of the two channels, responders' and devices'
   */
  public Flow(
      Recovered recovered,
      World world,
      Supplier<Directory> directory,
      Clock clock,
      EngineLimits limits,
      ZoneId zone,
      AnswerLinks links,
      MeterRegistry meters,
      Bulkheads bulkheads) {
    this.recovered = recovered;
    this.directory = directory;
    this.meters = meters;
    engine = recovered.engine(world, clock, limits, new StageTimes(meters));
    Outcomes outcomes = new Outcomes(engine, clock);
    // What waits expires in the engine's time: a wall clock that is set must not silence a ring.
    Clock time = engine.time();
    responders =
        new MqttChannel(
            "responders-mqtt",
            engine.alerts(),
            new AlertMessages(engine.alerts(), directory, links, time, zone),
            link,
            outcomes,
            time);
    devices =
        new MqttChannel(
            "devices-mqtt", engine.alerts(), new DownMessages(time), link, outcomes, time);
    notifier = bulkheads.around(engine, outcomes, responders, devices);
    engine.performWith(notifier::perform);
  }

  /** Puts each channel behind its bulkhead. */
  public interface Bulkheads {
    Notifier around(Engine engine, Outcomes outcomes, Channel responders, Channel devices);
  }

  /**
   * What replay depends on, and what a person must hear about the last stop: to be journalled
   * before anything else.
   */
  public void begin(String codeVersion, String timeZoneData, String settings, String registry) {
    engine.activate(new Input.Started(codeVersion, timeZoneData), null);
    engine.activate(new Input.SettingsActivated(settings), null);
    engine.activate(new Input.RegistryActivated(registry), null);
    for (TornTail tail : recovered.tornTails()) {
      engine.activate(new Input.TroubleNoticed(Input.Trouble.TORN_TAIL, tail.describe()), null);
    }
  }

  /** What the last stop left under way goes out again, under the same keys. Once, at the start. */
  public void resume() {
    notifier.resume(engine.pending());
  }

  /** Opens the ears, last. The caller closes them first. */
  public MqttEndpoint listen(MqttSettings settings, Credentials credentials) throws IOException {
    return listen(settings, credentials, engine);
  }

  /**
   * The same with something between the endpoint and the engine.
   *
   * @param intake passes all that it takes on to {@link #engine}
   */
  public MqttEndpoint listen(MqttSettings settings, Credentials credentials, Intake intake)
      throws IOException {
    MqttEndpoint mqtt =
        MqttEndpoint.open(
            settings,
            credentials,
            directory,
            intake,
            new MqttMailboxes(directory, responders, devices),
            engine.time(),
            recovered.sessions(),
            meters);
    link.connect(mqtt);
    return mqtt;
  }

  public Engine engine() {
    return engine;
  }

  public Notifier notifier() {
    return notifier;
  }
}
