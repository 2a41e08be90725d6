package io.shouwang.notify.chat;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A callback's XML: one element with texts in it. No document type, no entity of its own, no file
 * or address is ever looked at; elements within elements are passed over.
 */
public final class FlatXml {
  private static final int LENGTH_MAX = 64 * 1024;
  private static final int DEPTH_MAX = 8;
  private static final int ELEMENTS_MAX = 200;

  private FlatXml() {}

  /** The texts by their elements' names, the first of each; empty if it isn't such a document. */
  public static Optional<Map<String, String>> read(String text) {
    if (text.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> {
      throw new XMLStreamException("nothing outside is read");
    });
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
      try {
        return Optional.of(texts(reader));
      } finally {
        reader.close();
      }
    } catch (XMLStreamException unreadable) {
      return Optional.empty();
    }
  }

  private static Map<String, String> texts(XMLStreamReader reader) throws XMLStreamException {
    Map<String, String> texts = new HashMap<>();
    StringBuilder current = new StringBuilder();
    int depth = 0;
    int elements = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw new XMLStreamException("no document type, no entities");
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          elements++;
          if (depth > DEPTH_MAX || elements > ELEMENTS_MAX) {
            throw new XMLStreamException("too deep or too many");
          }
          if (depth == 2) {
            current.setLength(0);
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (depth == 2) {
            current.append(reader.getText());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (depth == 2) {
            texts.putIfAbsent(reader.getLocalName(), current.toString());
          }
          depth--;
        }
        default -> {}
      }
    }
    return texts;
  }
}
