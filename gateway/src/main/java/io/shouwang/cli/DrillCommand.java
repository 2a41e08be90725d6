package io.shouwang.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.host.Clock;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Orders a drill from a running gateway, waits for its end, and says who answered when. */
@Command(
    name = "drill",
    description = {
      "Ring the real ladder as an exercise in some homes of an area, within a budget, and report",
      "who answered when. Every message says that it is an exercise; a real alarm meanwhile rings",
      "as always. Speaks to the running gateway with an operator's token (supervisor or",
      "administrator)."
    },
    mixinStandardHelpOptions = true)
public final class DrillCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final int MINUTES_USUAL = 30;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--area", paramLabel = "ID", description = "the area whose people are to train")
  private @Nullable String area;

  @Option(names = "--kind", paramLabel = "KIND", defaultValue = "sos", description = "default: sos")
  private String kind = "sos";

  @Option(names = "--homes", paramLabel = "N", defaultValue = "1", description = "1 to 50")
  private int homes = 1;

  @Option(names = "--minutes", paramLabel = "N", description = "it ends after these; default: 30")
  private int minutes = MINUTES_USUAL;

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "the budget: so many to people in all; default: 20 for each home")
  private @Nullable Integer messages;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "a name for this drill; default: the area and the time")
  private @Nullable String id;

  @Option(names = "--dry-run", description = "say what would be done, and ring nobody")
  private boolean dryRun;

  @Option(names = "--report", paramLabel = "ID", description = "report on a drill and stop")
  private @Nullable String report;

  @Option(names = "--end", paramLabel = "ID", description = "end a drill now")
  private @Nullable String end;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "default: ${DEFAULT-VALUE}")
  private URI url = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "holds the operator's token; else the variable SHOUWANG_TOKEN does")
  private @Nullable Path tokenFile;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /** The gateway said no; its words are for the operator. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      String token = token();
      if (report != null) {
        print(ask("GET", "/" + report, null, token));
      } else if (end != null) {
        print(ask("DELETE", "/" + end, null, token));
      } else if (area != null) {
        order(area, token);
      } else {
        err.println("name the area with --area, or a drill with --report or --end");
        return 2;
      }
      return 0;
    } catch (Refused e) {
      err.println(e.getMessage());
    } catch (IOException e) {
      err.println("the gateway at " + url + " does not answer: " + Trouble.of(e));
    }
    return 1;
  }

  private String token() throws IOException, Refused {
    boolean isHere =
        url.getHost() != null && List.of("127.0.0.1", "localhost", "[::1]").contains(url.getHost());
    if (!"https".equals(url.getScheme()) && !isHere) {
      throw new Refused("the token would travel in the clear: use https, or 127.0.0.1");
    }
    String token =
        tokenFile == null
            ? System.getenv().getOrDefault("SHOUWANG_TOKEN", "")
            : Files.readString(tokenFile);
    if (token.isBlank()) {
      throw new Refused("no token: use --token-file, or set SHOUWANG_TOKEN");
    }
    return token.strip();
  }

  private void order(String where, String token) throws IOException, Refused, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    ObjectNode order = json.createObjectNode();
    String name =
        id == null ? where + "-" + Long.toString(Clock.SYSTEM.wall().getEpochSecond(), 36) : id;
    order.put("id", name).put("area", where).put("kind", kind).put("homes", homes);
    order.put("minutes", minutes).put("dry_run", dryRun);
    if (messages != null) {
      order.put("messages", messages);
    }
    JsonNode planned = ask("POST", "", order, token);
    List<String> places = new ArrayList<>();
    planned.path("homes").forEach(home -> places.add(home.asText()));
    out.printf(
        "%s: %s in %d homes (%s), at most %d messages, ends %s%n",
        dryRun ? "would order" : "drill " + name,
        kind,
        places.size(),
        String.join(" ", places),
        planned.path("messages_max").asInt(),
        planned.path("ends_at").asText());
    if (dryRun) {
      return;
    }
    out.println("stop waiting with Ctrl-C; end it with: gateway drill --end " + name);
    out.flush();
    JsonNode now = ask("GET", "/" + name, null, token);
    CountDownLatch never = new CountDownLatch(1);
    while (now.path("running").asBoolean()) {
      boolean _ = never.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      now = ask("GET", "/" + name, null, token);
    }
    print(now);
  }

  private JsonNode ask(String method, String path, @Nullable JsonNode body, String token)
      throws IOException, Refused, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve("/api/v1/drills" + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
    HttpResponse<byte[]> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    JsonNode said = answer.body().length == 0 ? json.nullNode() : json.readTree(answer.body());
    if (answer.statusCode() / 100 != 2) {
      throw new Refused(
          "refused ("
              + answer.statusCode()
              + "): "
              + said.path("title").asText()
              + " "
              + said.path("detail").asText());
    }
    return said;
  }

  private void print(JsonNode drill) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "drill %s: %s, %d messages, %d held back%n",
        drill.path("drill").asText(),
        drill.path("running").asBoolean() ? "running" : "over",
        drill.path("messages").asInt(),
        drill.path("held_back").asInt());
    for (JsonNode home : drill.path("homes")) {
      JsonNode accepted = home.path("accepted_after_s");
      out.printf(
          "  %s  %s%n",
          home.path("home").asText(),
          accepted.isMissingNode() ? "nobody accepted" : "accepted after " + seconds(accepted));
      for (JsonNode person : home.path("people")) {
        JsonNode answer = person.path("answer");
        out.printf(
            "    %-20s %-16s rung after %8s by %-12s %-10s %s%n",
            person.path("responder").asText(),
            person.path("role").asText(),
            seconds(person.path("rung_after_s")),
            String.join("+", texts(person.path("channels"))),
            person.path("reached").asText(),
            answer.isMissingNode()
                ? "no answer"
                : answer.asText() + " after " + seconds(person.path("answered_after_s")));
      }
    }
    out.flush();
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  private static String seconds(JsonNode number) {
    return String.format(Locale.ROOT, "%.1f s", number.asDouble());
  }
}
