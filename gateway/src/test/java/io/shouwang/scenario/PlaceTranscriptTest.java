package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.Ladders;
import io.shouwang.alerts.World;
import io.shouwang.intake.EventReader;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Point;
import io.shouwang.model.Stamp;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.Riverside;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Stories of places, as {@link TranscriptTest} has them: Mrs Lin lives by a river, 500 m around her
 * home are safe, and the river flows 300 m to the south. Her bracelet says where it is, in JSON, as
 * {@code fix east=600 acc=20 at=07:30:00} (metres from home) or {@code lat=… lon=… datum=gcj02};
 * {@code heard} without a place. What is not about places is left out. {@code
 * -Dtranscripts=rewrite} writes them anew.
 */
class PlaceTranscriptTest {
  private static final Pattern SAID = Pattern.compile("> ((?:day [0-9]+ )?[0-9:]+) ([a-z]+)(.*)");
  private static final Path FOLDER = Path.of("src/test/resources/transcripts/location");

  @TestFactory
  Stream<DynamicTest> the_machine_answers_as_written() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(FOLDER)) {
      files = all.sorted().toList();
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
    private final FactText words = new FactText();
    private final List<String> lines = new ArrayList<>();
    private World world = world(Riverside.USUAL);
    private Home home = Home.empty(Riverside.HOME);
    private Instant now = Story.time("00:00:00");
    private @Nullable Instant lookAt;
    private long number;

    private static World world(Riverside directory) {
      RuleBook rules =
          new RuleBook(
              RuleSettings.STANDARD,
              LimitsBook.STANDARD,
              RuleBook.builtIn().stream().filter(rule -> rule.name().equals("location")).toList());
      return new World(directory, rules, new Ladders(Map.of(), Village.FAULTS, Village.DESK));
    }

    String play(String script) {
      for (String line : script.split("\n", -1)) {
        if (line.startsWith("    ")) {
          continue; // what was answered the last time
        }
        lines.add(line);
        if (line.startsWith("> ")) {
          Matcher said = SAID.matcher(line);
          assertTrue(said.matches(), line);
          passTimeTo(Story.time(said.group(1)));
          perform(said.group(2), options(said.group(3)));
        }
      }
      return String.join("\n", lines);
    }

    private void passTimeTo(Instant when) {
      for (Instant due = due(); due != null && !due.isAfter(when); due = due()) {
        now = due.isAfter(now) ? due : now;
        lookAt = lookAt == null || lookAt.isAfter(now) ? lookAt : null;
        Decision decision = decide(new Input.TimePassed(Riverside.HOME));
        boolean news = decision.facts().stream().anyMatch(Play::isTold);
        if (news) {
          lines.add("    " + FactText.clock(now) + " time passes");
        }
        tell(decision);
      }
      now = when;
    }

    private @Nullable Instant due() {
      Instant deadline = home.deadline();
      return lookAt == null || (deadline != null && deadline.isBefore(lookAt)) ? deadline : lookAt;
    }

    private void perform(String what, Map<String, String> more) {
      switch (what) {
        case "wait" -> {}
        case "wanders" -> world = world(Riverside.USUAL.with("dementia"));
        case "heard" -> event(Kind.STATUS, "{\"at\":" + now.toEpochMilli() + "}");
        case "fix" -> event(Kind.LOCATION, fix(more));
        case "buffer" -> {
          List<String> all = new ArrayList<>();
          String day = FactText.clock(now).startsWith("day") ? dayOf(now) : "";
          for (String at : more.getOrDefault("at", "").split(",", -1)) {
            Map<String, String> one = new LinkedHashMap<>(more);
            one.put("at", day + at);
            all.add(fix(one));
          }
          event(Kind.LOCATION, "[" + String.join(",", all) + "]");
        }
        default -> throw new IllegalArgumentException(what);
      }
    }

    private static String dayOf(Instant when) {
      String clock = FactText.clock(when);
      return clock.substring(0, clock.lastIndexOf(' ') + 1);
    }

    private String fix(Map<String, String> more) {
      Point place =
          Riverside.place(
              Double.parseDouble(more.getOrDefault("east", "0")),
              Double.parseDouble(more.getOrDefault("north", "0")));
      Instant at = more.containsKey("at") ? Story.time(more.get("at")) : now;
      return String.format(
          Locale.ROOT,
          "{\"at\":%d,\"fix_at\":%d,\"lat\":%s,\"lon\":%s,\"accuracy_m\":%s,\"datum\":\"%s\"}",
          now.toEpochMilli(),
          at.toEpochMilli(),
          more.getOrDefault("lat", Double.toString(place.lat())),
          more.getOrDefault("lon", Double.toString(place.lon())),
          more.getOrDefault("acc", "20"),
          more.getOrDefault("datum", "wgs84"));
    }

    private void event(Kind kind, String json) {
      byte[] payload = json.getBytes(StandardCharsets.UTF_8);
      for (DeviceEvent event : EventReader.read(Riverside.BAND, null, kind, null, payload)) {
        tell(decide(new Input.EventReceived(event)));
      }
    }

    private static Map<String, String> options(String said) {
      Map<String, String> more = new LinkedHashMap<>();
      for (String word : said.split(" ", -1)) {
        int equals = word.indexOf('=');
        if (equals > 0) {
          more.put(word.substring(0, equals), word.substring(equals + 1));
        }
      }
      return more;
    }

    private Decision decide(Input input) {
      Decision decision = Core.decide(world, home, input, new Stamp(++number, now));
      home = decision.home();
      Instant asked = decision.lookAt();
      boolean sooner = asked != null && (lookAt == null || asked.isBefore(lookAt));
      lookAt = sooner ? asked : lookAt;
      return decision;
    }

    /** How an alert climbs is told elsewhere. */
    private static boolean isTold(Fact fact) {
      return switch (fact) {
        case Fact.FixKnown _, Fact.RungReached _, Fact.DeskReached _ -> false;
        case Fact.DeliveryStarted started -> started.cause() != Delivery.Cause.DESK;
        default -> true;
      };
    }

    private void tell(Decision decision) {
      decision.facts().stream()
          .filter(Play::isTold)
          .forEach(fact -> lines.add("    " + words.of(fact)));
    }
  }
}
