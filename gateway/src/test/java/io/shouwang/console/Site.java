package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.shouwang.accounts.Accounts;
import io.shouwang.accounts.TestAccounts;
import io.shouwang.host.Clock;
import io.shouwang.intake.EventReader;
import io.shouwang.levels.Cap;
import io.shouwang.levels.LevelSettings;
import io.shouwang.model.AlertId;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Operator;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import io.shouwang.notify.AnswerLinks;
import io.shouwang.notify.provider.Dialer;
import io.shouwang.signon.SignOn;
import io.shouwang.wording.District;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A served console over real HTTP on loopback. Everybody's secret is {@code secret-of-ID}, an
 * operator's token {@code token-of-ID}.
 */
final class Site implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String ALERTS = "/api/v1/alerts";
  static final ConsoleSettings.Limits LIMITS = limits(Duration.ofSeconds(60));

  static final AnswerLinks LINKS =
      new AnswerLinks(
          List.of(new byte[AnswerLinks.KEY_BYTES]), URI.create("https://help.example.org"));

  final Engine engine = new Engine();
  final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final ConsoleServer server;
  volatile List<String> notReady = List.of();
  volatile Set<String> revoked = Set.of();
  volatile List<Dialer> dialers = List.of();
  volatile long nanosAhead;
  final Accounts accounts;
  private final @Nullable SignOn signOn;
  final TestOffice office = new TestOffice();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Site() throws IOException {
    this(ConsoleSettings.plain("127.0.0.1", 0).withLimits(LIMITS));
  }

  Site(ConsoleSettings settings) throws IOException {
    this(settings, TestAccounts::absent);
  }

  /** With people who log in, some by a provider; the site closes accounts and provider. */
  Site(Function<Clock, Accounts> people, Function<Clock, @Nullable SignOn> provider)
      throws IOException {
    this(ConsoleSettings.plain("127.0.0.1", 0).withLimits(LIMITS), people, provider);
  }

  /** With people who log in; the site closes their accounts. */
  Site(Function<Clock, Accounts> people) throws IOException {
    this(ConsoleSettings.plain("127.0.0.1", 0).withLimits(LIMITS), people);
  }

  private Site(ConsoleSettings settings, Function<Clock, Accounts> people) throws IOException {
    this(settings, people, _ -> null);
  }

  Site(
      ConsoleSettings settings,
      Function<Clock, Accounts> people,
      Function<Clock, @Nullable SignOn> provider)
      throws IOException {
    Clock clock =
        new Clock() {
          @Override
          public Instant wall() {
            return engine.now();
          }

          @Override
          public long nanos() {
            return System.nanoTime() + nanosAhead;
          }
        };
    accounts = people.apply(clock);
    signOn = provider.apply(clock);
    server =
        ConsoleServer.open(
            settings,
            new Sources(
                engine,
                engine,
                engine.protection(),
                engine.figures(),
                engine,
                () -> engine.district,
                () -> DistrictFinder.FINDER,
                (identity, secret) ->
                    !revoked.contains(identity)
                        && Arrays.equals(
                            secret, ("secret-of-" + identity).getBytes(StandardCharsets.UTF_8)),
                operators(),
                accounts,
                signOn,
                office,
                LINKS,
                _ -> Optional.empty(),
                () -> dialers,
                new Cap(
                    LevelSettings.CapWords.STANDARD,
                    () -> engine.district,
                    ZoneId.of("Asia/Shanghai")),
                meters,
                new Health() {
                  @Override
                  public boolean isLive() {
                    return true;
                  }

                  @Override
                  public List<String> reasonsNotReady() {
                    return notReady;
                  }
                },
                new HeldPolicy(),
                clock,
                ZoneId.of("Asia/Shanghai")));
  }

  static ConsoleSettings.Limits limits(Duration roomWait) {
    ConsoleSettings.Limits usual = ConsoleSettings.Limits.DEFAULTS;
    return new ConsoleSettings.Limits(
        usual.connections(),
        usual.headBytes(),
        usual.headTimeout(),
        usual.idleTimeout(),
        usual.bodyBytesPerSecondMin(),
        roomWait,
        usual.syncWait(),
        usual.heartbeat(),
        usual.streams(),
        usual.streamsPerCaller(),
        usual.streamQueueChanges(),
        usual.streamRingChanges(),
        1_000);
  }

  private Operators operators() {
    return new Operators() {
      @Override
      public Optional<Operator> byToken(String bearer) {
        return operator(bearer);
      }

      @Override
      public Collection<Operator> all() {
        return Stream.of("east", "west", "city", "viewer", "admin")
            .map(id -> operator("token-of-" + id).orElseThrow())
            .toList();
      }
    };
  }

  private Optional<Operator> operator(String token) {
    String id = token.startsWith("token-of-") ? token.substring("token-of-".length()) : "";
    return switch (revoked.contains(id) ? "" : id) {
      case "east" -> operator(id, District.EAST, OperatorRole.DISPATCHER);
      case "west" -> operator(id, District.WEST, OperatorRole.DISPATCHER);
      case "city" -> operator(id, District.CITY, OperatorRole.DISPATCHER);
      case "viewer" -> operator(id, District.EAST, OperatorRole.SUPERVISOR);
      case "walker" ->
          operator(id, District.EAST, OperatorRole.SUPERVISOR, OperatorRole.GRID_WORKER);
      case "admin" -> operator(id, District.CITY, OperatorRole.ADMINISTRATOR);
      case "auditor" -> operator(id, District.CITY, OperatorRole.AUDITOR);
      case "li", "wang" -> operator(id, District.EAST, OperatorRole.GRID_WORKER);
      case "zhao" -> operator(id, District.WEST, OperatorRole.GRID_WORKER);
      case "grid" -> operator(id, District.CITY, OperatorRole.GRID_WORKER);
      case "worker" -> operator(id, District.GRID, OperatorRole.GRID_WORKER);
      case "organization" -> operator(id, District.CITY, OperatorRole.ORGANIZATION_WORKER);
      default -> Optional.empty();
    };
  }

  private static Optional<Operator> operator(String id, AreaId area, OperatorRole... roles) {
    return Optional.of(new Operator(new ResponderId(id), id, Set.of(roles), area));
  }

  static String basic(String id) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((id + ":secret-of-" + id).getBytes(StandardCharsets.UTF_8));
  }

  static String bearer(String id) {
    return "Bearer token-of-" + id;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  HttpRequest.Builder request(String path, @Nullable String authorization) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request;
  }

  Reply send(HttpRequest.Builder request) throws Exception {
    return new Reply(client.send(request.build(), BodyHandlers.ofString()));
  }

  Reply get(String path, @Nullable String authorization) throws Exception {
    return send(request(path, authorization));
  }

  Reply post(String path, @Nullable String authorization, String body) throws Exception {
    return send(
        request(path, authorization)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpClient client() {
    return client;
  }

  /** Somebody presses, by MQTT say; the alert. */
  AlertId press(String device) {
    return says(device, "sos", "{}");
  }

  AlertId says(String device, String kind, String payload) {
    return says(engine, device, kind, payload);
  }

  static AlertId press(Engine engine, String device) {
    return says(engine, device, "sos", "{}");
  }

  private static AlertId says(Engine engine, String device, String kind, String payload) {
    quietly(engine, device, kind, payload);
    return engine.open().stream()
        .filter(seen ->
            seen.alert().evidence().stream()
                .anyMatch(evidence -> evidence.device().value().equals(device)))
        .findFirst()
        .orElseThrow()
        .alert()
        .id();
  }

  /** A device says something that raises nothing. */
  void quietly(String device, String kind, String payload) {
    quietly(engine, device, kind, payload);
  }

  private static void quietly(Engine engine, String device, String kind, String payload) {
    engine.happens(
        new Input.EventReceived(
            EventReader.readOne(
                new DeviceId(device),
                null,
                new Kind(kind),
                null,
                payload.getBytes(StandardCharsets.UTF_8))));
  }

  @Override
  public void close() {
    server.close();
    accounts.close();
    if (signOn != null) {
      signOn.close();
    }
    client.close();
  }

  /** An answer. */
  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() throws IOException {
      return JSON.readTree(response.body());
    }
  }
}
