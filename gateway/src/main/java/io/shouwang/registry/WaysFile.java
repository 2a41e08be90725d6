package io.shouwang.registry;

import io.shouwang.model.Directory.Way;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An operator's {@code ways.csv} as it stands, to look at its rows and to write into one of them
 * that its address is verified; every other byte stays. For a file that {@link RegistryReader} has
 * no complaint about. One thread.
 */
public final class WaysFile {
  public static final String NAME = "ways.csv";
  private static final String VERIFIED = "verified";
  private static final Set<PosixFilePermission> OWN =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path path;
  private final byte[] bytes;
  private final List<String> header;
  private final List<Row> rows;

  /** A field's text, and where it stands between its commas. */
  private record Field(String text, int begin, int end) {}

  /** One row: a way by which somebody is reached. */
  public static final class Row {
    private final int line;
    private final String responder;
    private final String channel;
    private final String address;
    private final Field verified;

    private Row(int line, String responder, String channel, String address, Field verified) {
      this.line = line;
      this.responder = responder;
      this.channel = channel;
      this.address = address;
      this.verified = verified;
    }

    /** In the file, from 1. */
    public int line() {
      return line;
    }

    public String responder() {
      return responder;
    }

    public String channel() {
      return channel;
    }

    /** As people are reached by it: a telephone number in E.164. */
    public String address() {
      return address;
    }

    /** Whether somebody proved it, or nobody needs to: with us they show their own secret. */
    public boolean isVerified() {
      return !verified.text().isEmpty() || channel.equals(Way.MQTT.channel());
    }

    private boolean isSame(Row other) {
      return responder.equals(other.responder)
          && channel.equals(other.channel)
          && address.equals(other.address);
    }
  }

  private WaysFile(Path path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
    List<List<Field>> records = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    split(bytes, records, lines);
    header =
        records.isEmpty()
            ? List.of()
            : records.getFirst().stream()
                .map(field -> field.text().toLowerCase(Locale.ROOT))
                .toList();
    List<Row> found = new ArrayList<>();
    for (int i = 1; i < records.size(); i++) {
      List<Field> fields = records.get(i);
      if (fields.size() == header.size()) {
        found.add(
            new Row(
                lines.get(i),
                text(fields, "responder"),
                text(fields, "channel"),
                address(text(fields, "address")),
                field(fields, VERIFIED)));
      }
    }
    rows = List.copyOf(found);
  }

  /** Reads the file of a registry's directory; without rows if there is none. */
  public static WaysFile read(Path directory) throws IOException {
    Path path = directory.resolve(NAME);
    try {
      return new WaysFile(path, Files.readAllBytes(path));
    } catch (NoSuchFileException none) {
      return new WaysFile(path, new byte[0]);
    }
  }

  public List<Row> rows() {
    return rows;
  }

  /** Whether there is a column to write the day into. */
  public boolean hasVerified() {
    return header.contains(VERIFIED);
  }

  /**
   * Writes the day into a row of the file as it is now: a reader meets the old file or the new one.
   *
   * @throws IOException if the row is no longer there, or the file can't be written; nothing has
   *     changed then
   */
  public void verify(Row row, LocalDate day) throws IOException {
    WaysFile now = read(DurableFile.directory(path));
    Row its =
        now.rows.stream()
            .filter(row::isSame)
            .findFirst()
            .orElseThrow(
                () -> new IOException(path + " has changed meanwhile: the row is no longer there"));
    if (!now.hasVerified()) {
      throw new IOException(path + " has no column " + VERIFIED + "; add it to the header");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(now.bytes.length + 10);
    out.write(now.bytes, 0, its.verified.begin());
    out.writeBytes(day.toString().getBytes(StandardCharsets.US_ASCII));
    out.write(now.bytes, its.verified.end(), now.bytes.length - its.verified.end());
    replace(path.toRealPath(), out.toByteArray());
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path directory = DurableFile.directory(file);
    boolean posix = Files.getFileStore(file).supportsFileAttributeView("posix");
    Set<PosixFilePermission> rights = posix ? Files.getPosixFilePermissions(file) : OWN;
    Path unfinished = Files.createTempFile(directory, NAME, ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      if (posix) {
        Files.setPosixFilePermissions(unfinished, rights);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private String text(List<Field> fields, String column) {
    return field(fields, column).text();
  }

  private Field field(List<Field> fields, String column) {
    int place = header.indexOf(column);
    return place < 0 ? new Field("", 0, 0) : fields.get(place);
  }

  private static String address(String text) {
    boolean looksLikePhone =
        !text.isEmpty() && text.chars().allMatch(c -> "+0123456789 -()".indexOf(c) >= 0);
    return looksLikePhone ? PhoneNumber.normal(text) : text;
  }

  /** Into records of fields; a blank line is none. */
  private static void split(byte[] bytes, List<List<Field>> records, List<Integer> lines) {
    List<Field> record = new ArrayList<>();
    int begin = CsvText.begin(bytes);
    int line = 1;
    int startedOn = 1;
    boolean quoted = false;
    for (int i = begin; i <= bytes.length; i++) {
      boolean ends = i == bytes.length || (bytes[i] == '\n' && !quoted);
      if (!ends && bytes[i] == '"') {
        quoted = !quoted; // a doubled one goes out and in again
      }
      if (ends || (bytes[i] == ',' && !quoted)) {
        int end = ends && i > begin && bytes[i - 1] == '\r' ? i - 1 : i;
        record.add(new Field(plain(bytes, begin, end), begin, end));
        begin = i + 1;
      }
      if (ends) {
        if (record.size() > 1 || !record.getFirst().text().isEmpty()) {
          records.add(List.copyOf(record));
          lines.add(startedOn);
        }
        record.clear();
        startedOn = line + 1;
      }
      if (i < bytes.length && bytes[i] == '\n') {
        line++;
      }
    }
  }

  private static String plain(byte[] bytes, int begin, int end) {
    String text = new String(Arrays.copyOfRange(bytes, begin, end), StandardCharsets.UTF_8).strip();
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1).replace("\"\"", "\"").strip()
        : text;
  }
}
