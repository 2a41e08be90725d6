package io.shouwang.console;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;

/** A picture of a page in its 256 commonest colours: a third of the bytes, and nobody sees it. */
final class Palette {
  private static final int COLOURS = 256;
  private static final int SHADES = 1 << 15;

  private Palette() {}

  /** The same picture, a PNG too. */
  static byte[] fewer(byte[] png) throws IOException {
    BufferedImage whole = ImageIO.read(new ByteArrayInputStream(png));
    int[] pixels =
        whole.getRGB(0, 0, whole.getWidth(), whole.getHeight(), null, 0, whole.getWidth());
    int[] colours = commonest(pixels);
    BufferedImage indexed =
        new BufferedImage(
            whole.getWidth(),
            whole.getHeight(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(
                8, colours.length, colours, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE));
    byte[] nearest = new byte[SHADES];
    for (int shade = 0; shade < SHADES; shade++) {
      nearest[shade] = (byte) nearest(colours, middle(shade));
    }
    for (int i = 0; i < colours.length; i++) {
      nearest[shade(colours[i])] = (byte) i; // a ground stays what it is
    }
    byte[] indexes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      indexes[i] = nearest[shade(pixels[i])];
    }
    indexed.getRaster().setDataElements(0, 0, whole.getWidth(), whole.getHeight(), indexes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(indexed, "png", out);
    return out.toByteArray();
  }

  /** Five bits of each of red, green and blue. */
  private static int shade(int pixel) {
    return (pixel >> 9 & 0x7c00) | (pixel >> 6 & 0x3e0) | (pixel >> 3 & 0x1f);
  }

  private static int middle(int shade) {
    return (shade & 0x7c00) << 9 | (shade & 0x3e0) << 6 | (shade & 0x1f) << 3 | 0x040404;
  }

  /**
   * Of each shade that is there a colour, that of the majority if there is one; the commonest
   * first.
   */
  private static int[] commonest(int[] pixels) {
    int[] counts = new int[SHADES];
    int[] most = new int[SHADES];
    int[] lead = new int[SHADES];
    for (int pixel : pixels) {
      int shade = shade(pixel);
      counts[shade]++;
      // Whoever has the majority is found in one pass (Boyer and Moore).
      if (lead[shade] == 0) {
        most[shade] = pixel;
      }
      lead[shade] += pixel == most[shade] ? 1 : -1;
    }
    List<Integer> there = new ArrayList<>();
    for (int shade = 0; shade < SHADES; shade++) {
      if (counts[shade] > 0) {
        there.add(shade);
      }
    }
    there.sort(Comparator.comparingInt((Integer shade) -> counts[shade]).reversed());
    return there.stream().limit(COLOURS).mapToInt(shade -> most[shade] & 0xffffff).toArray();
  }

  private static int nearest(int[] colours, int wanted) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < colours.length; i++) {
      int red = (colours[i] >> 16 & 0xff) - (wanted >> 16 & 0xff);
      int green = (colours[i] >> 8 & 0xff) - (wanted >> 8 & 0xff);
      int blue = (colours[i] & 0xff) - (wanted & 0xff);
      int distance = red * red + green * green + blue * blue;
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }
}
