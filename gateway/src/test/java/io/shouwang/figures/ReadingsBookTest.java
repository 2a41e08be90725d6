package io.shouwang.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.intake.EventReader;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The ring of readings: each home finds its own, the oldest go, and a reader never sees half. */
class ReadingsBookTest {
  private static final HomeId ONE = new HomeId("h-1");
  private static final HomeId TWO = new HomeId("h-2");
  private static final long T = 1_800_000_000_000L;

  private static DeviceEvent event(String device, String kind, String payload) {
    return EventReader.readOne(
        new DeviceId(device), null, new Kind(kind), null, payload.getBytes(StandardCharsets.UTF_8));
  }

  private static DeviceEvent pulse(int value) {
    return event("band", "vitals", "{\"heart_rate_bpm\":" + value + "}");
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  @Test
  void eachHomeFindsItsOwnInTheOrderInWhichItHappened() {
    ReadingsBook book = new ReadingsBook(1 << 20);
    book.take(ONE, pulse(70), T, T);
    book.take(TWO, pulse(90), T + 1, T + 1);
    book.take(ONE, pulse(71), T + 60_000, T + 60_000);
    book.take(ONE, pulse(69), T + 61_000, T + 30_000); // came late
    ReadingsBook.Readings one = book.of(ONE, at(T));
    assertEquals(List.of(70.0, 69.0, 71.0), one.samples().stream().map(Sample::value).toList());
    assertEquals(at(T), one.knownFrom());
    assertFalse(one.cut());
    assertEquals(1, book.of(TWO, at(T)).samples().size());
    assertEquals(0, book.of(ONE, at(T + 61_001)).samples().size());
    assertEquals(0, book.of(new HomeId("h-3"), at(T)).samples().size());
  }

  @Test
  void allThatADeviceSaysBecomesASample() {
    ReadingsBook book = new ReadingsBook(1 << 20);
    book.take(
        ONE,
        event(
            "band",
            "vitals",
            "{\"heart_rate_bpm\":70,\"spo2_pct\":97,\"body_temp_c\":36.5,\"systolic_mmhg\":130,"
                + "\"diastolic_mmhg\":80,\"steps\":4000,\"battery_pct\":60}"),
        T,
        T);
    book.take(ONE, event("pir", "motion", "{\"state\":\"active\",\"room\":\"kitchen\"}"), T, T);
    book.take(ONE, event("door", "door", "{\"state\":\"open\"}"), T, T);
    book.take(ONE, event("bed", "bed", "{\"state\":\"in\"}"), T, T);
    book.take(
        ONE, event("band", "location", "{\"lat\":32.1,\"lon\":120.8,\"accuracy_m\":25}"), T, T);
    List<Sample> samples = book.of(ONE, at(T)).samples();
    for (Measured what : Measured.values()) {
      boolean isThere = samples.stream().anyMatch(sample -> sample.what() == what);
      assertEquals(what != Measured.WATER, isThere, what.name());
    }
    Sample pressure = first(samples, Measured.BLOOD_PRESSURE);
    assertEquals(80, pressure.second());
    assertEquals("kitchen", first(samples, Measured.MOTION).room());
    assertEquals(120.8, first(samples, Measured.LOCATION).second());
    assertEquals(25, first(samples, Measured.LOCATION).third());
  }

  private static Sample first(List<Sample> samples, Measured what) {
    return samples.stream().filter(sample -> sample.what() == what).findFirst().orElseThrow();
  }

  @Test
  void whatIsWrittenOverIsGoneAndTheBookSaysSinceWhenItKnows() {
    ReadingsBook book = new ReadingsBook(0); // the least there is
    assertNull(book.of(ONE, at(T)).knownFrom());
    int capacity = book.capacity();
    for (int i = 0; i < capacity + 10; i++) {
      book.take(i < 20 ? ONE : TWO, pulse(60 + i % 40), T + i, T + i);
    }
    ReadingsBook.Readings one = book.of(ONE, at(T));
    assertEquals(10, one.samples().size());
    assertEquals(at(T + 10), one.samples().getFirst().at());
    assertEquals(at(T + 10), one.knownFrom());
    assertEquals(capacity - 10, book.of(TWO, at(T)).samples().size());
  }

  @Test
  void aHomeThatTalksWithoutEndIsCutAndSaysSo() {
    ReadingsBook book = new ReadingsBook(1 << 20);
    for (int i = 0; i < ReadingsBook.SAMPLES_MAX + 100; i++) {
      book.take(ONE, pulse(70), T + i, T + i);
    }
    ReadingsBook.Readings one = book.of(ONE, at(T));
    assertTrue(one.cut());
    assertEquals(ReadingsBook.SAMPLES_MAX, one.samples().size());
    assertEquals(at(T + ReadingsBook.SAMPLES_MAX + 99), one.samples().getLast().at());
  }

  @Test
  void aReaderBesideTheWriterNeverSeesAnotherHomesValueOrHalfOfOne() throws Exception {
    ReadingsBook book = new ReadingsBook(0);
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<String> wrong = new AtomicReference<>();
    // Home h-1 says even values with a second one above, h-2 odd ones.
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get()) {
                for (HomeId home : List.of(ONE, TWO)) {
                  for (Sample sample : book.of(home, at(0)).samples()) {
                    boolean isEven = sample.value() % 2 == 0;
                    if (isEven != home.equals(ONE) || sample.second() != sample.value() - 50) {
                      wrong.set(home + " " + sample);
                    }
                  }
                }
              }
            });
    DeviceEvent[] events = new DeviceEvent[2];
    for (int i = 0; i < 2; i++) {
      events[i] =
          event(
              "cuff" + i,
              "vitals",
              "{\"systolic_mmhg\":%d,\"diastolic_mmhg\":%d}".formatted(120 + i, 70 + i));
      assertNotNull(events[i].signal());
    }
    for (int i = 0; i < 2_000_000; i++) {
      book.take(i % 2 == 0 ? ONE : TWO, events[i % 2], T + i, T + i);
    }
    done.set(true);
    reader.join();
    assertNull(wrong.get());
  }
}
