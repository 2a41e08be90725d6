package io.shouwang.sim.district;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;

/** Generates a district's lives into a folder, day by day. One thread; memory for about a day. */
public final class Simulation {
  static final String EVENTS_HEADER = "time,device,kind,value,received";
  static final String TRUTH_HEADER = "kind,home,elder,device,from,to,detail";

  private final Plan plan;

  /** What to generate. */
  public record Plan(
      int homes, int days, long seed, LocalDate from, ZoneId zone, double collapsesAYear) {}

  public Simulation(Plan plan) {
    this.plan = plan;
  }

  /**
   * Writes all files.
   *
   * @param dayDone hears after each day how many are done
   * @throws IOException if the folder can't be written
   */
  public Counts write(Path folder, IntConsumer dayDone) throws IOException {
    Files.createDirectories(folder);
    List<Household> homes = new ArrayList<>();
    for (int number = 1; number <= plan.homes(); number++) {
      homes.add(new Household(plan.seed(), number));
    }
    Civil civil = new Civil(plan.zone());
    new RegistryFiles(homes, civil).write(folder.resolve("registry"));
    try (Rows lives = open(folder.resolve("lives.csv"), civil)) {
      Lives.write(homes, lives);
    }
    try (Rows events = open(folder.resolve("events.csv"), civil).header(EVENTS_HEADER);
        Rows truths = open(folder.resolve("truth.csv"), civil).header(TRUTH_HEADER)) {
      return live(homes, civil, events, truths, dayDone);
    }
  }

  private Counts live(
      List<Household> homes, Civil civil, Rows events, Rows truths, IntConsumer dayDone)
      throws IOException {
    long first = plan.from().toEpochDay();
    LongFunction<Long> midnight = day -> civil.utc((first + day) * Civil.DAY);
    DayBook book = new DayBook(midnight.apply(0), midnight.apply(plan.days()));
    List<HomeLife> lives = new ArrayList<>();
    for (Household home : homes) {
      lives.add(new HomeLife(home, civil, book, first, plan.collapsesAYear()));
    }
    List<Street> streets = new ArrayList<>();
    for (int street = 0; street <= homes.getLast().street(); street++) {
      streets.add(new Street(plan.seed(), street));
    }
    for (int day = 0; day < plan.days(); day++) {
      List<List<Uplink.Outage>> outages = new ArrayList<>();
      for (Street street : streets) {
        outages.add(street.during(first + day));
      }
      for (int i = 0; i < lives.size(); i++) {
        lives.get(i).live(first + day, outages.get(homes.get(i).street()));
      }
      book.write(midnight.apply(day + 1), events, truths);
      dayDone.accept(day + 1);
    }
    return book.counts();
  }

  static Rows open(Path file, Civil civil) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    return new Rows(out, civil);
  }
}
