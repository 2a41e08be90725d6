package io.shouwang.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
}
