package io.shouwang.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.Gateway;
import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import io.shouwang.config.Settings;
import io.shouwang.host.Clock;
import io.shouwang.host.RealDisk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The same accounts on a real PostgreSQL, so that it can take SQLite's place. */
class PostgresStoreTest extends StoreTest {
  private static Path folder;
  private static Path binaries;
  private static int port;
  private static int databases;
  private @Nullable String database;

  @BeforeAll
  static void start() throws Exception {
    binaries = binaries();
    // Not a @TempDir: those are root's, and the server is not.
    folder = Files.createTempDirectory("shouwang-postgres");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    run(
        binaries.resolve("initdb").toString(),
        "--pgdata=" + folder.resolve("data"),
        "--username=test",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync");
    run(
        binaries.resolve("pg_ctl").toString(),
        "--pgdata=" + folder.resolve("data"),
        "--log=" + folder.resolve("log"),
        "--options=-h 127.0.0.1 -p " + port + " -k " + folder + " -F",
        "--timeout=120",
        "--wait",
        "start");
  }

  @AfterAll
  static void stop() throws Exception {
    run(
        binaries.resolve("pg_ctl").toString(),
        "--pgdata=" + folder.resolve("data"),
        "--mode=immediate",
        "--wait",
        "stop");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static Path binaries() throws IOException {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder())
          .orElseThrow(() -> new IOException("no server there: apt-get install postgresql"));
    }
  }

  /** Runs a program of the server's, which refuses to be root. */
  private static void run(String... command) throws Exception {
    List<String> words = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      words.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    words.addAll(List.of(command));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean isDone = process.waitFor(150, TimeUnit.SECONDS);
    assertEquals(
        true, isDone && process.exitValue() == 0, command[0] + ": " + Files.readString(output));
  }

  @Override
  Database.Source source() {
    String name = database == null ? create() : database;
    database = name;
    return new Database.Source() {
      @Override
      public DataSource forWriting() {
        return on(name);
      }

      @Override
      public DataSource forReading() {
        return on(name);
      }
    };
  }

  private static String create() {
    String name = "people" + ++databases;
    try (var handle = Jdbi.create(on("postgres")).open()) {
      handle.execute("CREATE DATABASE " + name);
    }
    return name;
  }

  private static DataSource on(String name) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(name);
    source.setUser("test");
    return source;
  }

  private static String url(int at, String name) {
    return "jdbc:postgresql://127.0.0.1:" + at + "/" + name;
  }

  private static Store store(int at, String name) {
    return new Store(
        new Store.Postgres(url(at, name), "test", "", Store.Tls.OFF, null, 4),
        Store.STANDARD.recordKept());
  }

  @Test
  void oneGatewayHasItAtATimeAndALostConnectionIsMadeAnew(@TempDir Path one, @TempDir Path two) {
    String name = create();
    RealDisk disk = new RealDisk();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (Accounts first = new Accounts(disk, one, store(port, name), clock, meters);
        Accounts second = new Accounts(disk, two, store(port, name), clock, meters)) {
      assertTrue(first.awaitOpen());
      assertFalse(second.awaitOpen());
      assertTrue(
          second.troubles().getFirst().contains(url(port, name)), second.troubles().toString());
      AuditEntry entry =
          new AuditEntry(clock.wall(), "user:li", "east", "look", "", "::1", "200", "");
      assertTrue(first.log().change(entry));
      try (var handle = Jdbi.create(on("postgres")).open()) {
        handle.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ?", name);
      }
      assertFalse(first.log().change(entry), "the first who notices");
      first.tend();
      assertTrue(first.awaitOpen());
      assertTrue(first.log().change(entry));
      assertInstanceOf(AuditVerdict.Whole.class, first.log().verify());
    }
  }

  /** A way to the server that can be opened and closed. */
  private static final class Way implements AutoCloseable {
    private final ServerSocket ear;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    Way(int at) throws IOException {
      ear = new ServerSocket(at, 50, InetAddress.getLoopbackAddress());
      Thread.startVirtualThread(this::listen);
    }

    private void listen() {
      try {
        while (true) {
          Socket here = ear.accept();
          Socket there = new Socket(InetAddress.getLoopbackAddress(), port);
          sockets.addAll(List.of(here, there));
          Thread.startVirtualThread(() -> carry(here, there));
          Thread.startVirtualThread(() -> carry(there, here));
        }
      } catch (IOException e) {
        // The way is closed.
      }
    }

    private static void carry(Socket from, Socket to) {
      try (from;
          to) {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException e) {
        // One of the two has hung up.
      }
    }

    @Override
    public void close() throws IOException {
      ear.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void aGatewayRingsWithoutItsDatabaseAndLetsPeopleInOnceItIsThere(@TempDir Path folder)
      throws Exception {
    String name = create();
    int at;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      at = free.getLocalPort();
    }
    Path config = config(folder, url(at, name));
    Settings settings =
        switch (ConfigReader.read(config, Map.of())) {
          case ConfigReading.Accepted accepted -> accepted.settings();
          case ConfigReading.Refused refused ->
              throw new AssertionError(refused.problems().toString());
        };
    try (Gateway gateway = new Gateway(config, settings, folder.resolve("data"), Clock.SYSTEM);
        HttpClient client = HttpClient.newHttpClient()) {
      String http = gateway.urls().replaceAll("(?s).*(http://[0-9.:]+).*", "$1");
      press(client, http, folder);
      await(() ->
          send(client, http, "/readyz", "", null)
              .body()
              .contains("can't be opened, nobody can log"));
      try (Way way = new Way(at)) {
        Path token = folder.resolve("data").resolve(SetupToken.NAME);
        await(() -> Files.exists(token));
        String setup =
            "{\"token\":\"%s\",\"user\":\"root\",\"name\":\"R\",\"password\":\"%s\",\"area\":\"c-yunjin\"}"
                .formatted(Files.readString(token).strip(), PASSWORD);
        await(() -> send(client, http, "/api/v1/setup", setup, null).statusCode() == 201);
        assertEquals(200, send(client, http, "/api/v1/session", LOGIN, null).statusCode());
        assertTrue(way.sockets.size() > 1, "it went that way");
      }
      await(() -> send(client, http, "/api/v1/session", LOGIN, null).statusCode() == 503);
      press(client, http, folder);
      try (Way way = new Way(at)) {
        await(() -> send(client, http, "/api/v1/session", LOGIN, null).statusCode() == 200);
        assertTrue(way.sockets.size() > 1);
      }
    }
  }

  private static final String LOGIN = "{\"user\":\"root\",\"password\":\"" + PASSWORD + "\"}";

  /** The demonstration's registry and rules, and a database elsewhere. */
  private static Path config(Path folder, String database) throws IOException {
    Path demo = Path.of("..", "config");
    Path config = Files.createDirectories(folder.resolve("config"));
    for (String file : List.of("ladders.yaml", "rules.yaml")) {
      Files.copy(demo.resolve(file), config.resolve(file));
    }
    Path registry = Files.createDirectories(config.resolve("registry"));
    try (Stream<Path> files = Files.list(demo.resolve("registry"))) {
      for (Path file : files.toList()) {
        Files.copy(file, registry.resolve(file.getFileName()));
      }
    }
    Files.writeString(
        config.resolve("gateway.yaml"),
        """
        mqtt:
          plain:
            port: 0
        http:
          port: 0
        journal:
          segment: 20MiB
          reserve: 16MiB
        audit:
          synthetic:
            enabled: false
        accounts:
          database: %s
          user: test
        """
            .formatted(database));
    return config;
  }

  private static HttpResponse<String> send(
      HttpClient client, String http, String path, String body, @Nullable String basic)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(http + path))
            .header("X-Shouwang", "page")
            .timeout(Duration.ofSeconds(60));
    if (basic != null) {
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
    }
    if (!body.isEmpty()) {
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void press(HttpClient client, String http, Path folder) throws Exception {
    String device = "demo-sos-001";
    String secret =
        Files.readAllLines(folder.resolve("data").resolve("demo-secrets.csv")).stream()
            .filter(line -> line.startsWith(device + ","))
            .findFirst()
            .orElseThrow();
    HttpResponse<String> answer =
        send(
            client,
            http,
            "/api/v1/devices/" + device + "/events/sos",
            "{}",
            secret.replaceFirst(",", ":"));
    assertEquals(202, answer.statusCode(), answer.body());
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long began = System.nanoTime();
    while (!condition.holds()) {
      assertTrue(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(120), "in time");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }
}
