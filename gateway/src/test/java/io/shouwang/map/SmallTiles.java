package io.shouwang.map;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A PMTiles file (version 3) with one vector tile of level 12 over the made-up city: ground, a
 * lake, and a town with a Chinese name, in the Protomaps scheme. Nothing in it is compressed.
 */
public final class SmallTiles {
  private static final int ZOOM = 12;
  private static final int EXTENT = 4_096;
  private static final double LAT = 32.0598;
  private static final double LON = 120.8601;
  private static final int HEADER_BYTES = 127;

  private SmallTiles() {}

  /** The file; the town is called so. */
  public static byte[] file(String town) {
    byte[] tile = tile(town);
    byte[] metadata = "{\"name\":\"small\",\"vector_layers\":[]}".getBytes(StandardCharsets.UTF_8);
    byte[] directory = directory(tile.length);
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put("PMTiles".getBytes(StandardCharsets.US_ASCII)).put((byte) 3);
    long at = HEADER_BYTES;
    header.putLong(at).putLong(directory.length);
    at += directory.length;
    header.putLong(at).putLong(metadata.length);
    at += metadata.length;
    header.putLong(at).putLong(0);
    header.putLong(at).putLong(tile.length);
    header.putLong(1).putLong(1).putLong(1);
    header.put((byte) 1).put((byte) 1).put((byte) 1).put((byte) 1);
    header.put((byte) ZOOM).put((byte) ZOOM);
    header
        .putInt(e7(LON - 0.05))
        .putInt(e7(LAT - 0.05))
        .putInt(e7(LON + 0.05))
        .putInt(e7(LAT + 0.05));
    header.put((byte) ZOOM).putInt(e7(LON)).putInt(e7(LAT));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(header.array());
    all.writeBytes(directory);
    all.writeBytes(metadata);
    all.writeBytes(tile);
    return all.toByteArray();
  }

  private static int e7(double degrees) {
    return (int) Math.round(degrees * 1e7);
  }

  private static double column() {
    return (LON + 180) / 360 * (1 << ZOOM);
  }

  private static double row() {
    double phi = Math.toRadians(LAT);
    return (1 - Math.log(Math.tan(phi) + 1 / Math.cos(phi)) / Math.PI) / 2 * (1 << ZOOM);
  }

  /** One entry: its id along the Hilbert curve, once, so long, at the beginning. */
  private static byte[] directory(int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, 1);
    varint(out, id((long) column(), (long) row()));
    varint(out, 1);
    varint(out, length);
    varint(out, 1);
    return out.toByteArray();
  }

  private static long id(long column, long row) {
    long before = ((1L << (2 * ZOOM)) - 1) / 3;
    long x = column;
    long y = row;
    long along = 0;
    for (long side = 1L << (ZOOM - 1); side > 0; side /= 2) {
      long right = (x & side) > 0 ? 1 : 0;
      long down = (y & side) > 0 ? 1 : 0;
      along += side * side * ((3 * right) ^ down);
      if (down == 0) {
        if (right == 1) {
          x = side - 1 - x;
          y = side - 1 - y;
        }
        long swapped = x;
        x = y;
        y = swapped;
      }
    }
    return before + along;
  }

  private static byte[] tile(String town) {
    int x = (int) ((column() - Math.floor(column())) * EXTENT);
    int y = (int) ((row() - Math.floor(row())) * EXTENT);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bytes(out, 3, layer("earth", 3, square(0, 0, EXTENT), List.of()));
    bytes(out, 3, layer("water", 3, square(x + 40, y + 40, 120), List.of("kind", "lake")));
    bytes(out, 3, layer("places", 1, point(x, y), List.of("kind", "locality", "name", town)));
    return out.toByteArray();
  }

  /** A layer of one feature, of type 1 (point) or 3 (polygon). */
  private static byte[] layer(String name, int type, byte[] geometry, List<String> properties) {
    ByteArrayOutputStream tags = new ByteArrayOutputStream();
    for (int i = 0; i < properties.size() / 2; i++) {
      varint(tags, i);
      varint(tags, i);
    }
    ByteArrayOutputStream feature = new ByteArrayOutputStream();
    bytes(feature, 2, tags.toByteArray());
    number(feature, 3, type);
    bytes(feature, 4, geometry);
    ByteArrayOutputStream layer = new ByteArrayOutputStream();
    number(layer, 15, 2);
    bytes(layer, 1, name.getBytes(StandardCharsets.UTF_8));
    bytes(layer, 2, feature.toByteArray());
    for (int i = 0; i < properties.size(); i += 2) {
      bytes(layer, 3, properties.get(i).getBytes(StandardCharsets.UTF_8));
      ByteArrayOutputStream value = new ByteArrayOutputStream();
      bytes(value, 1, properties.get(i + 1).getBytes(StandardCharsets.UTF_8));
      bytes(layer, 4, value.toByteArray());
    }
    number(layer, 5, EXTENT);
    return layer.toByteArray();
  }

  private static byte[] point(int x, int y) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, (1 << 3) | 1);
    signed(out, x);
    signed(out, y);
    return out.toByteArray();
  }

  private static byte[] square(int x, int y, int side) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, (1 << 3) | 1);
    signed(out, x);
    signed(out, y);
    varint(out, (3 << 3) | 2);
    signed(out, side);
    signed(out, 0);
    signed(out, 0);
    signed(out, side);
    signed(out, -side);
    signed(out, 0);
    varint(out, (1 << 3) | 7);
    return out.toByteArray();
  }

  private static void signed(ByteArrayOutputStream out, int value) {
    varint(out, ((long) value << 1) ^ (value >> 31));
  }

  private static void number(ByteArrayOutputStream out, int field, long value) {
    varint(out, (long) field << 3);
    varint(out, value);
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
    varint(out, ((long) field << 3) | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
