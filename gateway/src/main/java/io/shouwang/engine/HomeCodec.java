package io.shouwang.engine;

import io.shouwang.alerts.Home;
import io.shouwang.alerts.KnownFix;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Fix;
import io.shouwang.model.HomeId;
import io.shouwang.senses.Senses;
import io.shouwang.senses.SensesCodec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A home in a snapshot. What every home has, its senses and positions, is written by hand; what few
 * have, such as alerts, is CBOR.
 *
 * <pre>
 * home = id senses fixes rest
 * senses = length(4) bytes        rest = length(4) CBOR of a home without them; 0 if that is blank
 * fixes = count(1) { device lat(8) lon(8) has(1) accuracy(8)? at-ms(8)? source? datum
 *                    received-ms(8) }*     has: 1 accuracy, 2 at, 4 source
 * text = length(2) UTF-8
 * </pre>
 */
final class HomeCodec {
  private static final int ACCURACY = 1;
  private static final int AT = 2;
  private static final int SOURCE = 4;
  private static final int FIX_BYTES_LEAST = 64;
  private static final byte[] BLANK = new byte[0];

  private HomeCodec() {}

  static byte[] write(Home home) {
    byte[] senses = SensesCodec.write(home.senses());
    Home others = home.withHeard(Senses.NONE, List.of());
    byte[] rest = others.isBlank() ? BLANK : Cbor.home(others);
    ByteBuffer out =
        ByteBuffer.allocate(
            11 + home.id().value().length() + senses.length + rest.length + bytes(home.fixes()));
    putText(out, home.id().value());
    out.putInt(senses.length).put(senses);
    out.put((byte) home.fixes().size());
    home.fixes().forEach(fix -> put(out, fix));
    out.putInt(rest.length).put(rest);
    byte[] written = new byte[out.flip().remaining()];
    out.get(written);
    return written;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws UnreadableRecord if it isn't that
   */
  static Home read(ByteBuffer in) {
    try {
      HomeId id = new HomeId(getText(in));
      byte[] senses = new byte[in.getInt()];
      in.get(senses);
      int count = in.get();
      List<KnownFix> fixes = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        fixes.add(getFix(in));
      }
      byte[] rest = new byte[in.getInt()];
      in.get(rest);
      Home others = rest.length == 0 ? Home.empty(id) : Cbor.home(rest);
      return others.withHeard(SensesCodec.read(senses), List.copyOf(fixes));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new UnreadableRecord(e);
    }
  }

  /** At most. */
  private static int bytes(List<KnownFix> fixes) {
    int bytes = 0;
    for (KnownFix known : fixes) {
      String source = known.fix().source();
      bytes += FIX_BYTES_LEAST + known.device().value().length();
      bytes += 4 * (known.fix().datum().length() + (source == null ? 0 : source.length()));
    }
    return bytes;
  }

  private static void put(ByteBuffer out, KnownFix known) {
    Fix fix = known.fix();
    Double accuracy = fix.accuracyM();
    Instant at = fix.fixAt();
    String source = fix.source();
    putText(out, known.device().value());
    out.putDouble(fix.lat()).putDouble(fix.lon());
    out.put(
        (byte)
            ((accuracy == null ? 0 : ACCURACY)
                | (at == null ? 0 : AT)
                | (source == null ? 0 : SOURCE)));
    if (accuracy != null) {
      out.putDouble(accuracy);
    }
    if (at != null) {
      out.putLong(at.toEpochMilli());
    }
    if (source != null) {
      putText(out, source);
    }
    putText(out, fix.datum());
    out.putLong(known.receivedAt().toEpochMilli());
  }

  private static KnownFix getFix(ByteBuffer in) {
    DeviceId device = new DeviceId(getText(in));
    double lat = in.getDouble();
    double lon = in.getDouble();
    int has = in.get();
    Double accuracy = (has & ACCURACY) == 0 ? null : in.getDouble();
    Instant at = (has & AT) == 0 ? null : Instant.ofEpochMilli(in.getLong());
    @Nullable String source = (has & SOURCE) == 0 ? null : getText(in);
    String datum = getText(in);
    return new KnownFix(
        device, new Fix(lat, lon, accuracy, at, source, datum), Instant.ofEpochMilli(in.getLong()));
  }

  private static void putText(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.putShort((short) bytes.length).put(bytes);
  }

  private static String getText(ByteBuffer in) {
    byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
