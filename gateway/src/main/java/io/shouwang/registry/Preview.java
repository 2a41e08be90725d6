package io.shouwang.registry;

import io.shouwang.registry.RegistryFolder.Undone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * What would be otherwise if one generation took the place of another.
 *
 * @param sections each, also those that stay as they are
 * @param files that hold what isn't edited entry by entry, and would be others
 * @param lost edits that it would undo, the first of them
 * @param lostCount of all of these
 */
public record Preview(
    String hash,
    RegistryCounts before,
    RegistryCounts after,
    List<OfSection> sections,
    List<String> files,
    List<Undone> lost,
    int lostCount) {
  static final int LISTED_MAX = 20;
  private static final int LOST_MAX = 200;
  private static final int SAID_EACH = 4_096;

  /** Files of which no section is made. */
  private static final List<String> OTHERS = List.of("operators.csv", "fences.csv", "holidays.csv");

  public Preview {
    sections = List.copyOf(sections);
    files = List.copyOf(files);
    lost = List.copyOf(lost);
  }

  /** One section's entries that would be new, others, or gone. */
  public record OfSection(Section section, Some added, Some changed, Some removed) {}

  /**
   * Some entries.
   *
   * @param ids of the first of them
   */
  public record Some(int count, List<String> ids) {
    static final Some NONE = new Some(0, List.of());

    public Some {
      ids = List.copyOf(ids);
    }
  }

  /**
   * Compares.
   *
   * @param folder knows both
   * @param compared hears how many of all ids have been looked at
   */
  static Preview of(RegistryFolder folder, Registry before, Registry after, LongConsumer compared)
      throws IOException {
    List<OfSection> sections = new ArrayList<>();
    long[] seen = {0};
    for (Section section : Section.values()) {
      sections.add(
          compare(
              section,
              before,
              after,
              () -> {
                if (++seen[0] % SAID_EACH == 0) {
                  compared.accept(seen[0]);
                }
              }));
    }
    List<String> files = new ArrayList<>();
    RegistrySource now = folder.export(before.hash());
    RegistrySource then = folder.export(after.hash());
    for (String file : OTHERS) {
      if (!Arrays.equals(now.bytes(file), then.bytes(file))) {
        files.add(file);
      }
    }
    List<Undone> lost = folder.undone(after);
    return new Preview(
        after.hash(),
        before.counts(),
        after.counts(),
        sections,
        files,
        lost.subList(0, Math.min(LOST_MAX, lost.size())),
        lost.size());
  }

  /** How many ids {@link #of} looks at. */
  static long size(Registry before, Registry after) {
    return Arrays.stream(Section.values())
        .mapToLong(section -> owners(section, before.draft()) + owners(section, after.draft()))
        .sum();
  }

  private static OfSection compare(
      Section section, Registry before, Registry after, Runnable looked) {
    Counting added = new Counting();
    Counting changed = new Counting();
    Counting removed = new Counting();
    each(
        section,
        after.draft(),
        id -> {
          Entry then = after.entry(section, id);
          if (!then.isAbsent()) {
            Entry now = before.entry(section, id);
            if (now.isAbsent()) {
              added.note(id);
            } else if (!now.equals(then)) {
              changed.note(id);
            }
          }
          looked.run();
        });
    each(
        section,
        before.draft(),
        id -> {
          if (!before.entry(section, id).isAbsent() && after.entry(section, id).isAbsent()) {
            removed.note(id);
          }
          looked.run();
        });
    return new OfSection(section, added.all(), changed.all(), removed.all());
  }

  private static final class Counting {
    private final List<String> ids = new ArrayList<>();
    private int count;

    void note(String id) {
      count++;
      if (ids.size() < LISTED_MAX) {
        ids.add(id);
      }
    }

    Some all() {
      return count == 0 ? Some.NONE : new Some(count, ids);
    }
  }

  private interface Each {
    void id(String id);
  }

  private static void each(Section section, Draft draft, Each each) {
    if (isOfSchedules(section)) {
      Set.copyOf(draft.schedules.keySet()).stream().sorted().forEach(each::id);
      return;
    }
    RowTable owners = table(section, draft);
    for (int row = 0; row < owners.rows(); row++) {
      if (!owners.isRemoved(row)) {
        each.id(owners.id(row));
      }
    }
  }

  private static long owners(Section section, Draft draft) {
    return isOfSchedules(section) ? draft.schedules.size() : table(section, draft).size();
  }

  private static boolean isOfSchedules(Section section) {
    return section == Section.SCHEDULES || section == Section.EXCEPTIONS;
  }

  /** The table of those that the section's entries belong to. */
  private static RowTable table(Section section, Draft draft) {
    return switch (section) {
      case AREAS, AREA_CONTACTS -> draft.areas;
      case HOMES, HOME_CONTACTS -> draft.homes;
      case ELDERS, ELDER_CONTACTS -> draft.elders;
      case DEVICES -> draft.devices;
      case RESPONDERS, WAYS -> draft.responders;
      case SCHEDULES, EXCEPTIONS -> throw new IllegalArgumentException(section.word());
    };
  }
}
