package io.shouwang.registry;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A generation as the files of an import: those it began with, and in them what was edited since.
 * Rows that nobody edited keep their place and their text; a file that nobody edited keeps its
 * bytes. One thread.
 */
final class RegistryExport implements RegistrySource {
  private final RegistryStore store;
  private final String imported;
  private final Map<String, Entry> edited = new LinkedHashMap<>();

  /** Elders who were taken away, whether they came back or not: their fences didn't. */
  private final Map<String, Entry> bereft = new LinkedHashMap<>();

  RegistryExport(RegistryStore store, String hash) throws IOException {
    this.store = store;
    this.imported = store.imported(hash);
    Set<String> written = new HashSet<>();
    for (Change change : store.changes(hash)) {
      Entry entry = change.entry();
      boolean isFirst = !entry.isAbsent() && written.add(entry.toString());
      // Several rows come last, in the order of their last edits; a single one stands where it was
      // first written: to take away what isn't there gives it no place.
      if (!entry.section().isSingle() || isFirst) {
        edited.remove(entry.toString());
      }
      edited.put(entry.toString(), entry);
      if (entry.isAbsent()) {
        if (entry.section() == Section.ELDERS) {
          bereft.put(entry.id(), entry);
        }
        withIt(entry.section())
            .forEach(gone -> {
              Entry none = new Entry(gone, entry.id(), List.of());
              edited.put(none.toString(), none);
            });
      }
    }
  }

  /** What goes with an entry that is taken away. */
  private static Stream<Section> withIt(Section section) {
    return switch (section) {
      case AREAS -> Stream.of(Section.AREA_CONTACTS);
      case HOMES -> Stream.of(Section.HOME_CONTACTS);
      case ELDERS -> Stream.of(Section.ELDER_CONTACTS);
      case RESPONDERS -> Stream.of(Section.WAYS);
      case SCHEDULES -> Stream.of(Section.EXCEPTIONS);
      case DEVICES, WAYS, EXCEPTIONS, ELDER_CONTACTS, HOME_CONTACTS, AREA_CONTACTS -> Stream.of();
    };
  }

  @Override
  public byte @Nullable [] bytes(String file) throws IOException {
    byte[] before = store.bytes(imported, file);
    boolean isFences = file.equals("fences.csv");
    List<Entry> mine =
        isFences
            ? List.copyOf(bereft.values())
            : edited.values().stream()
                .filter(entry -> entry.section().file().equals(file))
                .toList();
    return mine.isEmpty() || (before == null && mine.stream().allMatch(Entry::isAbsent))
        ? before
        : amended(before == null ? new byte[0] : before, mine, isFences ? "elder" : null);
  }

  private static byte[] amended(byte[] before, List<Entry> entries, @Nullable String key)
      throws IOException {
    boolean isMarked = before.length > 0 && CsvText.begin(before) > 0;
    ByteArrayOutputStream out = new ByteArrayOutputStream(before.length + (1 << 16));
    if (isMarked) {
      out.write(before, 0, CsvText.begin(before));
    }
    try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer)) {
      new Merge(entries, key, csv).run(before);
    }
    return out.toByteArray();
  }

  /** One file's rows, old and new. */
  private static final class Merge {
    private final Map<String, Map<String, Entry>> byKey = new LinkedHashMap<>();
    private final List<Entry> waiting;
    private final CsvWriter csv;
    private List<String> header = List.of();

    /**
     * Nothing is written yet.
     *
     * @param key the column by which rows are an entry's; null for the entry's own
     */
    Merge(List<Entry> entries, @Nullable String key, CsvWriter csv) {
      this.waiting = new ArrayList<>(entries);
      this.csv = csv;
      for (Entry entry : entries) {
        String column = key == null ? entry.section().key() : key;
        byKey.computeIfAbsent(column, _ -> new HashMap<>()).put(entry.id(), entry);
      }
    }

    void run(byte[] before) throws IOException {
      int begin = CsvText.begin(before);
      try (CsvReader<CsvRecord> reader =
          CsvReader.builder()
              .maxBufferSize(1 << 20)
              .ofCsvRecord(
                  new InputStreamReader(
                      new ByteArrayInputStream(before, begin, before.length - begin),
                      StandardCharsets.UTF_8))) {
        for (CsvRecord record : reader) {
          if (header.isEmpty()) {
            header(record.getFields());
          } else if (record.getFieldCount() > 1 || !record.getField(0).isBlank()) {
            row(record);
          }
        }
      }
      if (header.isEmpty()) {
        header(List.of());
      }
      for (Entry entry : waiting) {
        entry.rows().forEach(this::write);
      }
    }

    /** With the columns that edits fill and the file didn't have. */
    private void header(List<String> names) {
      List<String> all = new ArrayList<>();
      names.forEach(name -> all.add(name.strip().toLowerCase(Locale.ROOT)));
      for (Entry entry : waiting) {
        entry.section().fields().stream()
            .filter(field -> !all.contains(field))
            .filter(field ->
                names.isEmpty()
                    || waiting.stream()
                        .flatMap(one -> one.rows().stream())
                        .anyMatch(row -> row.containsKey(field)))
            .forEach(all::add);
      }
      header = List.copyOf(all);
      csv.writeRecord(header);
    }

    private void row(CsvRecord record) {
      Entry entry = entryOf(record);
      if (entry == null) {
        List<String> fields = new ArrayList<>(record.getFields());
        while (fields.size() < header.size()) {
          fields.add("");
        }
        csv.writeRecord(fields);
      } else if (entry.section().isSingle() && waiting.remove(entry)) {
        entry.rows().forEach(this::write);
      }
    }

    private @Nullable Entry entryOf(CsvRecord record) {
      for (Map.Entry<String, Map<String, Entry>> key : byKey.entrySet()) {
        int place = header.indexOf(key.getKey());
        Entry entry =
            place < 0 || place >= record.getFieldCount()
                ? null
                : key.getValue().get(record.getField(place).strip());
        if (entry != null) {
          return entry;
        }
      }
      return null;
    }

    private void write(Map<String, String> row) {
      csv.writeRecord(header.stream().map(name -> row.getOrDefault(name, "")).toList());
    }
  }
}
