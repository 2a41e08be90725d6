package io.shouwang.accounts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Old entries of the record, a JSON object a line, in files of the state directory, readable by the
 * owner alone. They may be moved elsewhere: the chain has their digests.
 */
final class RecordArchive {
  static final String FOLDER = "record";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  /**
   * Touches nothing yet.
   *
   * @param data the state directory
   */
  RecordArchive(Path data) {
    this.folder = data.resolve(FOLDER);
  }

  Path path(String file) {
    return folder.resolve(file);
  }

  static String name(long first, long last) {
    return "record-" + first + "-" + last + ".jsonl";
  }

  /** Writes one file; durable once {@link #finish} has returned. One thread. */
  static final class Writing implements AutoCloseable {
    private static final String UNFINISHED = "unfinished";
    private final Disk disk;
    private final RecordArchive archive;
    private final DiskFile file;
    private final MessageDigest digest = Digest.sha256();
    private long position;

    Writing(Disk disk, RecordArchive archive) throws IOException {
      this.disk = disk;
      this.archive = archive;
      disk.makeDirectory(archive.folder);
      if (disk.exists(archive.path(UNFINISHED))) {
        disk.delete(archive.path(UNFINISHED));
      }
      this.file = disk.create(archive.path(UNFINISHED));
    }

    void add(List<AuditTable.Line> lines) throws IOException {
      StringBuilder text = new StringBuilder();
      for (AuditTable.Line line : lines) {
        text.append(json(line)).append('\n');
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      digest.update(bytes);
      file.write(ByteBuffer.wrap(bytes), position);
      position += bytes.length;
    }

    /** Gives the file its name; its digest. */
    String finish(String name) throws IOException {
      file.sync();
      file.close();
      disk.rename(archive.path(UNFINISHED), archive.path(name));
      disk.syncDirectory(archive.folder);
      return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private static String json(AuditTable.Line line) throws JsonProcessingException {
    AuditEntry entry = line.entry();
    ObjectNode json = JSON.createObjectNode();
    json.put("number", line.number());
    json.put("at_ms", entry.at().toEpochMilli());
    json.put("who", entry.who());
    json.put("area", entry.area());
    json.put("what", entry.what());
    json.put("whose", entry.whose());
    json.put("address", entry.address());
    json.put("result", entry.result());
    json.put("note", entry.note());
    json.put("hash", line.hash());
    return JSON.writeValueAsString(json);
  }

  private static AuditTable.Line line(String text) throws IOException {
    JsonNode json = JSON.readTree(text);
    return new AuditTable.Line(
        json.path("number").asLong(),
        new AuditEntry(
            Instant.ofEpochMilli(json.path("at_ms").asLong()),
            json.path("who").asText(),
            json.path("area").asText(),
            json.path("what").asText(),
            json.path("whose").asText(),
            json.path("address").asText(),
            json.path("result").asText(),
            json.path("note").asText()),
        json.path("hash").asText());
  }

  /** What is wrong with an archive; empty if it is whole. */
  Optional<String> verify(AuditSeal seal) throws IOException {
    Walk walk = walk(seal, -1);
    if (walk.broken() != null) {
      return Optional.of(walk.broken());
    }
    return walk.digest().equals(seal.digest())
        ? Optional.empty()
        : Optional.of("its SHA-256 is not the one that the record has");
  }

  boolean exists(AuditSeal seal) {
    return Files.exists(path(seal.file()));
  }

  /** The hash of an entry as it stands in an archive; empty if it isn't there. */
  String hash(AuditSeal seal, long number) throws IOException {
    return exists(seal) ? walk(seal, number).wanted() : "";
  }

  private record Walk(String digest, @Nullable String broken, String wanted) {}

  private Walk walk(AuditSeal seal, long wantedNumber) throws IOException {
    MessageDigest digest = Digest.sha256();
    long number = seal.first() - 1;
    String hash = seal.previous();
    String wanted = "";
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new DigestInputStream(Files.newInputStream(path(seal.file())), digest),
                StandardCharsets.UTF_8))) {
      String text = in.readLine();
      while (text != null) {
        AuditTable.Line line = line(text);
        boolean follows =
            line.number() == number + 1
                && AuditChain.hash(hash, line.number(), line.entry()).equals(line.hash());
        if (!follows) {
          return new Walk("", "entry " + (number + 1) + " in it is not as it was written", wanted);
        }
        number = line.number();
        hash = line.hash();
        wanted = number == wantedNumber ? hash : wanted;
        text = in.readLine();
      }
    } catch (UncheckedIOException | JsonProcessingException e) {
      return new Walk("", "it can't be read", wanted);
    }
    boolean isAll = number == seal.number() && hash.equals(seal.hash());
    return new Walk(
        HexFormat.of().formatHex(digest.digest()), isAll ? null : "entries are missing", wanted);
  }
}
