package io.shouwang.sim.district;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** {@code lives.csv}: what kind of life each home leads, and with which devices. */
final class Lives {
  private static final String HEADER = "home,kinds,devices,detail";

  private Lives() {}

  static void write(List<Household> homes, Rows rows) throws IOException {
    rows.header(HEADER);
    for (Household home : homes) {
      String kinds = home.kinds.stream().map(LifeKind::word).collect(Collectors.joining(" "));
      String devices =
          home.gadgets.stream()
              .map(gadget -> gadget.type.word() + (gadget.on ? "" : "(never_on)"))
              .collect(Collectors.joining(" "));
      String detail =
          "watched="
              + home.isWatched()
              + " daily_call="
              + !Double.isNaN(home.calendar.callHour())
              + " checks_in="
              + home.checksIn
              + " forgetful="
              + home.people.stream().anyMatch(person -> person.habits.forgetful);
      rows.text(home.id).text(kinds).text(devices).text(detail).end();
    }
  }
}
