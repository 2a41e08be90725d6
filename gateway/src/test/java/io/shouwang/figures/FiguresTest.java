package io.shouwang.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.engine.Decided;
import io.shouwang.intake.EventReader;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Stamp;
import io.shouwang.model.Synthetic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the books take from the records that they follow, and how far they let themselves grow. */
class FiguresTest {
  private static final HomeId HOME = new HomeId("h-1");
  private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");

  private final Figures figures = new Figures(0);
  private long number;

  private void hears(DeviceId device, @Nullable HomeId home, String kind, String payload) {
    DeviceEvent event =
        EventReader.readOne(
            device, null, new Kind(kind), null, payload.getBytes(StandardCharsets.UTF_8));
    figures.synced(
        new Decided(
            new Stamp(++number, NOON.plusSeconds(number)),
            new Input.EventReceived(event),
            home,
            null,
            List.of()),
        NOON.toEpochMilli());
  }

  private static DeviceId device(String id) {
    return new DeviceId(id);
  }

  @Test
  void whatNobodyCanReadAndWhoeverNobodyKnowsAreKept() {
    hears(device("band"), HOME, "vitals", "{\"heart_rate_bpm\":70}");
    assertNull(figures.quarantine().of(device("band")));
    hears(device("band"), HOME, "vitals", "?");
    hears(device("stray"), null, "vitals", "{\"heart_rate_bpm\":70}");
    Quarantine.OfDevice band = figures.quarantine().of(device("band"));
    assertNotNull(band);
    assertNotNull(band.entries().getFirst().why());
    Quarantine.OfDevice stray = figures.quarantine().of(device("stray"));
    assertNotNull(stray);
    assertNull(stray.entries().getFirst().why());
    assertNull(stray.home());
    assertEquals(NOON.plusSeconds(1), figures.quarantine().since());
  }

  @Test
  void aDeviceThatSaysNothingElsePushesNobodyOutAndLongBytesAreCut() {
    hears(device("quiet"), HOME, "vitals", "?");
    for (int i = 0; i < 1_000; i++) {
      hears(device("loud"), HOME, "vitals", "?" + "x".repeat(2_000));
    }
    Quarantine.OfDevice loud = figures.quarantine().of(device("loud"));
    assertNotNull(loud);
    assertEquals(1_000, loud.records());
    assertEquals(Quarantine.PER_DEVICE_MAX, loud.entries().size());
    assertEquals(Quarantine.BYTES_MAX, loud.entries().getFirst().bytes().length());
    assertEquals(2_001, loud.entries().getFirst().length());
    assertNotNull(figures.quarantine().of(device("quiet")));
    for (int i = 0; i < Quarantine.DEVICES_MAX; i++) {
      hears(device("d" + i), HOME, "vitals", "?");
    }
    assertTrue(figures.quarantine().isFull());
    assertEquals(Quarantine.DEVICES_MAX, figures.quarantine().all().size());
  }

  @Test
  void theGatewaysOwnPressIsInNoBook() {
    hears(Synthetic.DEVICE, HomeId.standIn(Synthetic.DEVICE), "sos", "{}");
    assertNull(figures.quarantine().of(Synthetic.DEVICE));
    assertEquals(0, figures.failures());
  }

  @Test
  void theLatestStatusIsTheOneShown() {
    hears(device("band"), HOME, "status", "{\"firmware\":\"1\"}");
    hears(device("band"), HOME, "status", "{\"firmware\":\"2\"}");
    hears(device("band"), HOME, "vitals", "{\"heart_rate_bpm\":70}");
    LatestStatus.Said said = figures.statuses().of(device("band"));
    assertNotNull(said);
    assertEquals("{\"firmware\":\"2\"}", said.payload().toString());
  }
}
