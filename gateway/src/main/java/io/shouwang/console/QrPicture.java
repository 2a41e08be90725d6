package io.shouwang.console;

import io.nayuki.qrcodegen.QrCode;
import java.util.Map;

/** A QR code as a page draws it: the side in modules, and the dark ones as one path of SVG. */
final class QrPicture {
  private QrPicture() {}

  /** The code of a text; a camera reads it with a seventh of it hidden. */
  static Map<String, Object> of(String text) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      int x = 0;
      while (x < code.size) {
        int end = x;
        while (end < code.size && code.getModule(end, y)) {
          end++;
        }
        if (end > x) {
          int run = end - x;
          path.append("M%d %dh%dv1h-%dz".formatted(x, y, run, run));
        }
        x = end + 1;
      }
    }
    return Map.of("size", code.size, "path", path.toString());
  }
}
