package io.shouwang.rules;

import java.util.ArrayList;
import java.util.List;

/** The kinds of life that the inactivity rule is measured on. */
final class Lives {
  private Lives() {}

  private static final List<RoomLife> ROOMS =
      List.of(
          new RoomLife("rooms, sound sleeper", 6.5, 22, 0.6, 400, 4, 0.3, 0.2, 1.2, 0.98, 0.2),
          new RoomLife("rooms, restless sleeper", 7, 22.5, 0.7, 40, 4, 0.5, 0.5, 1.5, 0.98, 0.2),
          new RoomLife("rooms, irregular", 8.5, 24, 1.5, 100, 6, 0.8, 2, 1.5, 0.95, 0.2),
          new RoomLife("rooms, often out", 7, 22.5, 0.7, 60, 4, 0.2, 0.2, 3, 0.97, 0.4),
          new RoomLife("rooms, naps in chair", 7.5, 23, 0.7, 60, 10, 1.5, 4, 0.8, 0.97, 0.2),
          new RoomLife("rooms, door missed", 7, 22.5, 0.7, 80, 5, 0.4, 0.5, 1.5, 0.85, 0.4));

  private static AgendaLife agenda(String kind) {
    return agenda(kind, 0, 0, 0.97);
  }

  private static AgendaLife agenda(String kind, int holiday, double drift, double doorHeard) {
    return new AgendaLife(
        kind, 6.5, 21.5, 0.5, 2, 1.2, 1.3, doorHeard, 0.05, 5, 0.5, 18, 4, 0.8, 0.02, 0.3, holiday,
        drift, false);
  }

  /** So many homes of each kind, for so many days. */
  static List<Life> of(int each, int days, long seed) {
    List<Life> lives = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      long s = seed * 1_000_003 + i * 7919L;
      lives.add(agenda("early and regular").live(days, s + 1));
      lives.add(
          new AgendaLife(
                  "irregular",
                  8,
                  23.5,
                  1.4,
                  1.5,
                  1.0,
                  1.8,
                  0.97,
                  0.03,
                  6,
                  0.7,
                  20,
                  4,
                  0,
                  0.06,
                  0.7,
                  0,
                  0,
                  false)
              .live(days, s + 2));
      lives.add(
          new AgendaLife(
                  "goes out a lot",
                  7,
                  22.5,
                  0.7,
                  1.5,
                  2.5,
                  2.2,
                  0.99,
                  0.02,
                  5,
                  0.5,
                  18,
                  3,
                  0.6,
                  0.03,
                  0.7,
                  0,
                  0,
                  false)
              .live(days, s + 3));
      lives.add(
          new AgendaLife(
                  "goes out, door missed",
                  7,
                  22.5,
                  0.7,
                  1.5,
                  1.6,
                  1.6,
                  0.85,
                  0.1,
                  5,
                  0.5,
                  18,
                  3,
                  0.6,
                  0.03,
                  0.5,
                  0,
                  0,
                  false)
              .live(days, s + 4));
      lives.add(agenda("outings").live(days, s + 5).withoutDoor());
      lives.add(
          new AgendaLife(
                  "works, few contacts",
                  8.3,
                  23.6,
                  0.9,
                  1.5,
                  0.5,
                  3,
                  0.99,
                  0.0,
                  20,
                  1.0,
                  50,
                  2,
                  0,
                  0.05,
                  1.0,
                  0,
                  0,
                  true)
              .live(days, s + 6));
      lives.add(
          new AgendaLife(
                  "night active",
                  10,
                  26,
                  1.0,
                  4,
                  0.7,
                  1.2,
                  0.97,
                  0.05,
                  6,
                  0.7,
                  20,
                  5,
                  1.0,
                  0.04,
                  0.3,
                  0,
                  0,
                  false)
              .live(days, s + 7));
      lives.add(
          new AgendaLife(
                  "sleeps long",
                  8,
                  21,
                  0.6,
                  0.5,
                  0.6,
                  1.2,
                  0.97,
                  0.05,
                  6,
                  0.8,
                  25,
                  4,
                  1.5,
                  0.04,
                  0.2,
                  0,
                  0,
                  false)
              .live(days, s + 8));
      lives.add(
          new AgendaLife(
                  "television",
                  7.5,
                  23,
                  0.6,
                  1.5,
                  0.4,
                  1.0,
                  0.97,
                  0.05,
                  7,
                  1.8,
                  40,
                  5,
                  0.7,
                  0.04,
                  0.2,
                  0,
                  0,
                  false)
              .live(days, s + 9));
      lives.add(agenda("holiday of a week", 8, 0, 0.97).live(days, s + 10));
      lives.add(agenda("holiday, no door", 14, 0, 0).live(days, s + 11));
      lives.add(agenda("drifting later", 0, 3, 0.97).live(days, s + 12));
      lives.add(
          new AgendaLife(
                  "many sensors",
                  7,
                  22.5,
                  0.6,
                  7,
                  1.2,
                  1.5,
                  0.97,
                  0.03,
                  1.5,
                  0.7,
                  7,
                  4,
                  0.5,
                  0.03,
                  0.4,
                  0,
                  0,
                  false)
              .live(days, s + 17));
      lives.add(
          new AgendaLife(
                  "many sensors, irregular",
                  8.5,
                  24,
                  1.4,
                  6,
                  1.0,
                  2.0,
                  0.95,
                  0.05,
                  2,
                  0.7,
                  8,
                  4,
                  0.7,
                  0.06,
                  0.6,
                  0,
                  0,
                  false)
              .live(days, s + 18));
      lives.add(
          new AgendaLife(
                  "many sensors, door missed",
                  7,
                  22.5,
                  0.7,
                  7,
                  1.2,
                  1.8,
                  0.85,
                  0.1,
                  1.5,
                  0.5,
                  7,
                  3,
                  0.6,
                  0.03,
                  0.5,
                  0,
                  0,
                  false)
              .live(days, s + 19));
      lives.add(
          new AgendaLife(
                  "many sensors, at work",
                  7.5,
                  23,
                  0.7,
                  6,
                  0.5,
                  3,
                  0.97,
                  0.02,
                  2,
                  1.0,
                  8,
                  2,
                  0,
                  0.05,
                  1.0,
                  0,
                  0,
                  true)
              .live(days, s + 20));
      for (RoomLife rooms : ROOMS) {
        lives.add(rooms.live(days, s + 31 + lives.size() % 20));
      }
      lives.add(new MoodLife("moods", 0.6, 2.2, 12, 0.1, 0.98, 0.05).live(days, s + 13));
      lives.add(new MoodLife("wild moods", 0.5, 1.6, 12, 0.12, 0.97, 0.2).live(days, s + 14));
      lives.add(new WeatherLife("weather", 20, 0.03, 0.8, 0.5).live(days, s + 15));
      lives.add(new WeatherLife("bedridden, few signs", 5, 0.15, 0.5, 0.5).live(days, s + 16));
    }
    return lives;
  }
}
