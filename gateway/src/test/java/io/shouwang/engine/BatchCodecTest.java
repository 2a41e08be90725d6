package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.intake.EventReader;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Stamp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchCodecTest {
  private static final Stamp STAMP = new Stamp(7, Instant.parse("2026-03-02T00:00:00.123Z"));

  private static Decided roundTrip(Input input) {
    ByteBuffer body = ByteBuffer.allocate(100_000);
    BatchCodec.begin(body);
    BatchCodec.write(body, STAMP, input, null, null, List.of());
    List<Decided> read = new ArrayList<>();
    BatchCodec.read(body.flip(), read::add);
    return read.getFirst();
  }

  private static DeviceEvent event(String kind, byte[] payload) {
    return EventReader.readOne(
        new DeviceId("d-1"),
        new DeviceId("hub-1"),
        new Kind(kind),
        new DeviceEvent.Packet(65_535, true),
        payload);
  }

  @Test
  void an_event_comes_back_as_it_was_read() {
    DeviceEvent event =
        event(
            "sos",
            "{\"id\":\"x\",\"at\":1772409600000,\"字\":\"值\"}".getBytes(StandardCharsets.UTF_8));
    Decided read = roundTrip(new Input.EventReceived(event));
    assertEquals(new Input.EventReceived(event), read.input());
    assertEquals(STAMP, read.stamp());
    assertNull(read.home());
  }

  @Test
  void one_too_long_to_keep_stays_unreadable_though_what_is_kept_would_parse() {
    byte[] payload = new byte[20_000];
    Arrays.fill(payload, (byte) ' ');
    payload[0] = '{';
    payload[1] = '}';
    DeviceEvent event = event("sos", payload);
    assertEquals(DeviceEvent.PAYLOAD_BYTES_KEPT, event.payload().length());
    assertEquals(new Input.EventReceived(event), roundTrip(new Input.EventReceived(event)).input());
  }

  @Test
  void one_whose_packet_was_refused_stays_unreadable() {
    DeviceEvent event =
        EventReader.unreadable(
            new DeviceId("d-1"),
            null,
            Kind.SOS,
            null,
            "{}".getBytes(StandardCharsets.UTF_8),
            "the packet was refused");
    assertEquals(new Input.EventReceived(event), roundTrip(new Input.EventReceived(event)).input());
    assertTrue(event.isAlarm());
  }

  @Test
  void what_the_gateway_of_one_channel_would_misread_is_of_a_version_that_it_refuses() {
    ByteBuffer body = ByteBuffer.allocate(100);
    BatchCodec.begin(body);
    assertTrue(
        body.flip().get() > 2, "it read up to 2, and passes over parts that it doesn't know");
  }

  @Test
  void a_batch_of_a_later_version_is_refused() {
    ByteBuffer body = ByteBuffer.allocate(10).put((byte) (BatchCodec.VERSION + 1)).flip();
    assertThrows(UnreadableRecord.class, () -> BatchCodec.read(body, decided -> {}));
  }
}
