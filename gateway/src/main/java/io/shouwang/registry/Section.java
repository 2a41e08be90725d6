package io.shouwang.registry;

import io.shouwang.registry.CsvTable.Column;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be edited entry by entry: rows of one file that share an id. In the order in which
 * entries refer to those of others.
 */
public enum Section {
  AREAS("areas", "areas.csv", 0, true),
  HOMES("homes", "homes.csv", 0, true),
  ELDERS("elders", "elders.csv", 0, true),
  RESPONDERS("responders", "responders.csv", 0, true),
  DEVICES("devices", "devices.csv", 0, true),
  /** By what a responder is reached, in this order. */
  WAYS("ways", "ways.csv", 0, false),
  /** Who takes turns: a schedule's layers, the first that has somebody decides. */
  SCHEDULES("schedules", "schedules.csv", 0, false),
  /** Who stands in, when: a schedule's exceptions. */
  EXCEPTIONS("exceptions", "exceptions.csv", 0, false),
  /** Who answers for one elder; the others for a home and for an area. */
  ELDER_CONTACTS("elder-contacts", "contacts.csv", 3, false),
  HOME_CONTACTS("home-contacts", "contacts.csv", 4, false),
  AREA_CONTACTS("area-contacts", "contacts.csv", 5, false);

  private final String word;
  private final String file;
  private final int key;
  private final boolean single;

  Section(String word, String file, int key, boolean single) {
    this.word = word;
    this.file = file;
    this.key = key;
    this.single = single;
  }

  /** Its name in paths and files. */
  public String word() {
    return word;
  }

  public static Optional<Section> of(String word) {
    return Stream.of(values()).filter(section -> section.word.equals(word)).findFirst();
  }

  /** The file of an import it stands in. */
  public String file() {
    return file;
  }

  /** Whether an entry has one row; else it has several, in an order that matters. */
  public boolean isSingle() {
    return single;
  }

  /** The columns of its rows, in the file's order. */
  public List<String> fields() {
    return columns().stream().map(Column::name).toList();
  }

  /** The column whose value the rows of an entry share. */
  public String key() {
    return columns().get(key).name();
  }

  List<Column> columns() {
    return switch (this) {
      case AREAS -> PlacesReader.AREAS;
      case HOMES -> PlacesReader.HOMES;
      case ELDERS -> PlacesReader.ELDERS;
      case DEVICES -> PlacesReader.DEVICES;
      case RESPONDERS -> PeopleReader.RESPONDERS;
      case WAYS -> DutyReader.WAYS;
      case SCHEDULES -> DutyReader.SCHEDULES;
      case EXCEPTIONS -> DutyReader.EXCEPTIONS;
      case ELDER_CONTACTS, HOME_CONTACTS, AREA_CONTACTS -> PeopleReader.CONTACTS;
    };
  }

  int keyColumn() {
    return key;
  }
}
