package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.World;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.AreaId;
import io.shouwang.model.CareContact;
import io.shouwang.model.ContactReport;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.DeviceHealth;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.model.Signal;
import io.shouwang.model.Stamp;
import io.shouwang.rules.Duty;
import io.shouwang.rules.DutySettings;
import io.shouwang.rules.EmergencySettings;
import io.shouwang.rules.InactivitySettings;
import io.shouwang.rules.Limits;
import io.shouwang.rules.RuleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Golden transcripts: prose, inputs (lines with {@code >}), and below each the machine's whole
 * answer. {@code -Dtranscripts=rewrite} writes them anew; the difference is committed only when
 * understood.
 */
class TranscriptTest {
  private static final Path FOLDER = Path.of("src/test/resources/transcripts");

  @TestFactory
  Stream<DynamicTest> the_machine_answers_as_written() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(FOLDER)) {
      files = all.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
    assertFalse(files.isEmpty());
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  private static void check(Path file) throws IOException {
    String written = Files.readString(file);
    String played = new Play().play(written);
    if ("rewrite".equals(System.getProperty("transcripts"))) {
      Files.writeString(file, played);
    } else {
      assertEquals(written, played, file + ": understood? -Dtranscripts=rewrite");
    }
  }

  /** One transcript while it is played again. */
  private static final class Play {
    private final Map<HomeId, CheckedHome> homes = new LinkedHashMap<>();
    private final FactText words = new FactText();
    private final List<String> lines = new ArrayList<>();
    private Village village = Village.inPeace();
    private Limits limits = Village.QUIET;
    private @Nullable DutySettings duties;
    private Instant now = Story.time("00:00:00");
    private long number;
    private AlertId latest = new AlertId("none");
    private final List<AlertId> raised = new ArrayList<>();

    String play(String script) {
      for (String line : script.split("\n", -1)) {
        if (line.startsWith("    ")) {
          continue; // what was answered the last time
        }
        lines.add(line);
        if (line.startsWith("> ")) {
          List<String> said = Arrays.asList(line.substring(2).split(" "));
          int words = said.getFirst().equals("day") ? 3 : 1;
          passTimeTo(Story.time(String.join(" ", said.subList(0, words))));
          perform(said.subList(words, said.size()));
        }
      }
      return String.join("\n", lines);
    }

    private void passTimeTo(Instant when) {
      while (true) {
        Instant due = null;
        for (CheckedHome home : homes.values()) {
          Instant deadline = home.deadline();
          due = deadline != null && (due == null || deadline.isBefore(due)) ? deadline : due;
        }
        if (due == null || due.isAfter(when)) {
          break;
        }
        now = due;
        for (CheckedHome home : List.copyOf(homes.values())) {
          if (now.equals(home.deadline())) {
            lines.add("    " + FactText.clock(now) + " time passes");
            int before = lines.size();
            decide(home, new Input.TimePassed(home.home().id()));
            if (lines.size() == before) {
              lines.removeLast(); // a look that found nothing
            }
          }
        }
      }
      now = when;
    }

    private World world() {
      DutySettings owed = duties;
      return owed == null ? village.world(RuleSettings.STANDARD, limits) : village.world(owed);
    }

    private void perform(List<String> said) {
      String what = said.getFirst();
      switch (what) {
        case "wait" -> {}
        case "about" -> latest = raised.get(Integer.parseInt(said.get(1)) - 1);
        case "registry" -> village = registry(said.get(1));
        case "limits" -> limits = limits(said.get(1));
        case "gaveup" ->
            decide(
                homeOfLatest(),
                new Input.DeliveryReported(
                    new DeliveryKey(latest, Integer.parseInt(said.get(1))),
                    new Outcome.GaveUp("no line")));
        case "accept", "decline", "spoke", "arrived", "done" -> reply(what, said);
        case "visit", "call" -> contact(said);
        case "days-like-any" -> daysLikeAny(said.get(1), Integer.parseInt(said.get(2)));
        case "incident" -> incident(options(said));
        case "duties" -> duties = duties(said);
        case "away", "hospital", "visitor", "maintenance", "drill", "test" -> mode(said);
        default -> event(said);
      }
    }

    /** {@code duties calls=3 visits=1 from=day}: what is owed to everybody. */
    private DutySettings duties(List<String> said) {
      Map<String, String> more = options(said);
      List<Duty> owed = new ArrayList<>();
      if (more.containsKey("week")) {
        owed.add(duty("weekly_contacts", Integer.parseInt(more.get("week")), Duty.Per.WEEK));
      }
      if (more.containsKey("month")) {
        owed.add(duty("monthly_visit", Integer.parseInt(more.get("month")), Duty.Per.MONTH));
      }
      DutySettings settings =
          DutySettings.STANDARD.withDuties(owed).countedFrom(LocalDate.parse(more.get("from")));
      String checkin = more.get("checkin");
      return checkin == null
          ? settings
          : settings.withCheckin(LocalTime.parse(checkin), Duration.ofHours(1));
    }

    private static Duty duty(String name, int count, Duty.Per per) {
      Set<CareContact.Means> means =
          per == Duty.Per.WEEK
              ? Set.of(CareContact.Means.CALL, CareContact.Means.VISIT)
              : Set.of(CareContact.Means.VISIT);
      return new Duty(name, Set.of(), count, per, means, Set.of(), Duration.ofDays(2));
    }

    private void contact(List<String> said) {
      ElderId elder = new ElderId(said.get(1));
      String by = said.get(2);
      ContactReport report =
          new ContactReport(
              options(said).get("id"),
              elder,
              CareContact.Means.valueOf(said.getFirst().toUpperCase(Locale.ROOT)),
              null,
              options(said).getOrDefault("result", CareContact.WELL),
              null);
      HomeId home = Objects.requireNonNull(village.elder(elder)).home();
      decide(
          homes.computeIfAbsent(home, CheckedHome::new),
          new Input.ContactRecorded(report, Village.id(by), by.equals("operator"), "mqtt"));
    }

    /**
     * {@code away h-lin until=TIME}, {@code test h-lin lin-button until=TIME}, {@code away h-lin
     * over}.
     */
    private void mode(List<String> said) {
      HomeId home = new HomeId(said.get(1));
      String until = options(said).get("until");
      boolean ofDevice = said.getFirst().equals("test");
      decide(
          homes.computeIfAbsent(home, CheckedHome::new),
          new Input.ModeChanged(
              home,
              ofDevice ? new DeviceId(said.get(2)) : null,
              Mode.Kind.valueOf(said.getFirst().toUpperCase(Locale.ROOT)),
              until == null ? null : Story.time(until.replace('+', ' ')),
              Village.id("operator"),
              "http"));
    }

    private Village registry(String change) {
      return switch (change) {
        case "no-neighbour" -> village.with("h-lin", Village.NEIGHBOUR);
        case "motion-sensor" -> with("lin-pir", "motion", null, "");
        case "kitchen-smoke" -> with("kitchen-smoke", "smoke", null, "");
        case "watch" -> with("lin-watch", "bracelet", Village.MRS_LIN, "W5");
        case "new-desk" -> village.withDesks("new desk", "county desk");
        default -> throw new IllegalArgumentException(change);
      };
    }

    private Village with(String device, String type, @Nullable ElderId elder, String model) {
      return village.with(
          new Directory.Placement(new DeviceId(device), type, Village.LINS, elder, null, model));
    }

    private static Limits limits(String which) {
      return switch (which) {
        case "all" -> Limits.STANDARD;
        case "silence" -> Village.QUIET.withInactivity(InactivitySettings.STANDARD);
        case "watch-presses-off-its-charger" ->
            Village.QUIET.withEmergency(
                new EmergencySettings(
                    true,
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(3),
                    Map.of("W5", Duration.ofSeconds(30))));
        default -> throw new IllegalArgumentException(which);
      };
    }

    private static @Nullable Boolean truth(@Nullable String word) {
      return word == null ? null : Boolean.valueOf(word);
    }

    private static @Nullable Double number(@Nullable String word) {
      return word == null ? null : Double.valueOf(word);
    }

    private void reply(String what, List<String> said) {
      Map<String, String> more = options(said);
      String eta = more.get("eta");
      Reply reply =
          new Reply(
              more.get("id"),
              latest,
              Reply.Answer.valueOf(what.toUpperCase(Locale.ROOT)),
              eta == null ? null : Integer.valueOf(eta),
              more.get("disposition"),
              null);
      decide(
          homeOfLatest(), new Input.ReplyReceived(reply, Village.id(said.get(1)), false, "mqtt"));
    }

    /** Up at seven, about every half hour a sign, to bed at ten: nothing of it rings. */
    private void daysLikeAny(String device, int days) {
      Instant morning = now;
      for (int day = 0; day < days; day++) {
        for (int sign = 0; sign <= 30; sign++) {
          passTimeTo(morning.plus(Duration.ofDays(day)).plus(Duration.ofMinutes(30L * sign)));
          event(List.of("motion", device));
        }
      }
    }

    private static String said(Map<String, String> more, String what) {
      return Objects.requireNonNull(more.get(what), what);
    }

    /** What the watch over areas makes of many homes is told here, as the engine tells it. */
    private void incident(Map<String, String> more) {
      AreaId area = new AreaId(said(more, "area"));
      decide(
          homes.computeIfAbsent(HomeId.ofArea(area), CheckedHome::new),
          new Input.IncidentNoticed(
              Input.Incident.valueOf(said(more, "what").toUpperCase(Locale.ROOT)),
              area,
              said(more, "place"),
              Integer.parseInt(said(more, "homes")),
              now,
              List.of(Village.LINS, Village.ZHOUS)));
    }

    private void event(List<String> said) {
      Map<String, String> more = options(said);
      String device = said.get(1);
      Said event =
          switch (said.getFirst()) {
            case "press" -> Said.press(device);
            case "checkin" -> Said.of(device, Kind.CHECKIN, new Signal.Checkin(), "well");
            case "cancel" -> Said.cancel(device);
            case "fall" -> Said.fall(device);
            case "motion" -> Said.motion(device);
            case "door" ->
                Said.of(
                    device,
                    Kind.DOOR,
                    new Signal.Door(said.get(2).equals("open"), null),
                    said.get(2));
            case "status" -> Said.status(device, null, null, null, null);
            case "vitals" ->
                Said.vitals(device, number(more.get("heart")), number(more.get("spo2")));
            case "smoke" -> Said.smoke(device, state(said.get(2)), said.get(2));
            case "garbage" -> Said.garbage(device, Kind.SOS);
            default -> throw new IllegalArgumentException(said.getFirst());
          };
      String battery = more.get("battery");
      DeviceHealth health =
          new DeviceHealth(
              battery == null ? null : Integer.valueOf(battery),
              truth(more.get("worn")),
              truth(more.get("charging")),
              truth(more.get("online")));
      if (!health.equals(new DeviceHealth(null, null, null, null))) {
        event = event.withHealth(health);
      }
      for (Map.Entry<String, String> entry : more.entrySet()) {
        String value = entry.getValue();
        event =
            switch (entry.getKey()) {
              case "id" -> event.withId(value);
              case "heart", "spo2", "battery", "worn", "charging", "online" -> event; // above
              case "at" -> event.happenedAt(Story.time(value.replace('+', ' ')));
              case "hub" -> event.through(value);
              case "content" -> event.with(value);
              case "packet" -> event.inPacket(Integer.parseInt(value));
              case "redelivered" -> event.redelivered(Integer.parseInt(value));
              default -> throw new IllegalArgumentException(entry.getKey());
            };
      }
      HomeId id = Core.homeOf(village, event.event());
      decide(homes.computeIfAbsent(id, CheckedHome::new), new Input.EventReceived(event.event()));
    }

    private static Signal.Hazard.State state(String word) {
      return Arrays.stream(Signal.Hazard.State.values())
          .filter(state -> state.name().equalsIgnoreCase(word))
          .findFirst()
          .orElse(Signal.Hazard.State.UNKNOWN);
    }

    private static Map<String, String> options(List<String> said) {
      Map<String, String> more = new LinkedHashMap<>();
      for (String word : said) {
        int equals = word.indexOf('=');
        if (equals > 0) {
          more.put(word.substring(0, equals), word.substring(equals + 1));
        }
      }
      return more;
    }

    private CheckedHome homeOfLatest() {
      return homes.values().stream()
          .filter(home -> home.home().alert(latest).isPresent())
          .findFirst()
          .orElseThrow();
    }

    private void decide(CheckedHome home, Input input) {
      Decision decision = home.decide(world(), input, new Stamp(++number, now));
      if (!(decision.answer() instanceof Answer.Taken)) {
        lines.add("    " + decision.answer());
      }
      for (Fact fact : decision.facts()) {
        lines.add("    " + words.of(fact));
        if (fact instanceof Fact.Raised first) {
          latest = first.alert();
          raised.add(latest);
        }
      }
    }
  }
}
