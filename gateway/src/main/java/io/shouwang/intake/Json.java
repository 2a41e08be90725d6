package io.shouwang.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How JSON from outside is parsed: RFC 8259, UTF-8 only, and every dimension bounded. */
final class Json {
  static final int DEPTH_MAX = 16;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(64)
                  .maxStringLength(64 * 1024)
                  .maxNameLength(256)
                  .maxDocumentLength(64 * 1024)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // Whether a document is readable must not depend on the table's random seed.
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private Json() {}

  /** A parser; fails at once on what isn't UTF-8, so that no other encoding is guessed. */
  static JsonParser parser(byte[] bytes) throws IOException {
    if (!Utf8.isText(bytes)) {
      throw new IOException("not UTF-8");
    }
    return FACTORY.createParser(bytes);
  }

  /**
   * The document with its object keys sorted and without white space: the same for every way to
   * write the same thing, except that numbers stay as written.
   */
  static String canonical(byte[] bytes) throws IOException {
    try (JsonParser parser = parser(bytes)) {
      parser.nextToken();
      StringBuilder out = new StringBuilder(bytes.length);
      canonical(parser, out);
      return out.toString();
    }
  }

  private static void canonical(JsonParser parser, StringBuilder out) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, String> fields = new TreeMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        StringBuilder value = new StringBuilder();
        canonical(parser, value);
        fields.put(name, value.toString());
      }
      out.append('{');
      fields.forEach((name, value) -> text(name, out).append(value));
      out.append('}');
    } else if (token == JsonToken.START_ARRAY) {
      out.append('[');
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        canonical(parser, out);
        out.append(',');
      }
      out.append(']');
    } else if (token == JsonToken.VALUE_STRING) {
      text(parser.getText(), out);
    } else {
      out.append(parser.getText()).append(';');
    }
  }

  /** Length first, so that no text can pass for two. */
  private static StringBuilder text(String text, StringBuilder out) {
    return out.append(text.length()).append('"').append(text);
  }

  /**
   * The byte ranges of an array's elements; null if it isn't an array, or holds none or too many.
   */
  static @Nullable List<byte[]> elements(byte[] bytes, int countMax) throws IOException {
    try (JsonParser parser = parser(bytes)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return null;
      }
      List<byte[]> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (elements.size() == countMax) {
          return null;
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        // A scalar is read to its end only when asked for.
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        elements.add(java.util.Arrays.copyOfRange(bytes, from, to));
      }
      return parser.nextToken() == null && !elements.isEmpty() ? elements : null;
    }
  }
}
