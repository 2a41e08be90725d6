package io.shouwang.levels;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Closing;
import io.shouwang.alerts.Entry;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.Severity;
import io.shouwang.wording.AlertCard;
import io.shouwang.wording.Wording;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * An alert in the Common Alerting Protocol (OASIS CAP 1.2, 2010-07-01; ITU-T X.1303 bis): private,
 * in Chinese and English, without names or doors. Any thread.
 */
public final class Cap {
  public static final String CONTENT_TYPE = "application/cap+xml; charset=UTF-8";
  static final String NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2";

  /** 3.3.2: with a numeric offset; UTC is written -00:00 and never Z. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

  private static final Set<String> RESCUE = Set.of("sos", "fall");
  private static final Set<String> FIRE = Set.of("smoke", "gas");
  private static final Set<String> HEALTH = Set.of("vitals", "vitals_trend", "bed");

  /** A circle of no size is a point, which is more than anybody knows. */
  private static final double RADIUS_MIN_M = 10;

  private final LevelSettings.CapWords words;
  private final Supplier<Directory> directory;
  private final ZoneId zone;

  public Cap(LevelSettings.CapWords words, Supplier<Directory> directory, ZoneId zone) {
    this.words = words;
    this.directory = directory;
    this.zone = zone;
  }

  /**
   * The alert as it is now: an Alert while nothing followed, an Update afterwards, a Cancel once it
   * is closed.
   *
   * @param withPosition whether the reader may know where the wearer is
   */
  public String write(AlertBook.Seen seen, Instant now, boolean withPosition) {
    Alert alert = seen.alert();
    boolean isFirst = numberOf(alert.timeline().getLast()) == numberOf(alert.timeline().getFirst());
    return write(seen, isFirst ? alert.raisedAt() : now, isFirst, withPosition);
  }

  /** The message that began it. */
  String writeFirst(AlertBook.Seen seen) {
    return write(seen, seen.alert().raisedAt(), true, false);
  }

  private static long numberOf(Entry entry) {
    return entry.stamp().number();
  }

  private String write(AlertBook.Seen seen, Instant sent, boolean isFirst, boolean withPosition) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter out = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      out.writeStartDocument("UTF-8", "1.0");
      out.setDefaultNamespace(NAMESPACE);
      out.writeStartElement(NAMESPACE, "alert");
      out.writeDefaultNamespace(NAMESPACE);
      head(out, seen.alert(), sent, isFirst);
      info(out, seen, "zh-CN", Wording.ZH, isFirst, withPosition);
      info(out, seen, "en", Wording.EN, isFirst, withPosition);
      out.writeEndElement();
      out.writeEndDocument();
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a text in memory can be written", e);
    }
    return text.toString();
  }

  private void head(XMLStreamWriter out, Alert alert, Instant sent, boolean isFirst)
      throws XMLStreamException {
    String first = alert.id() + "." + numberOf(alert.timeline().getFirst());
    String latest = alert.id() + "." + numberOf(alert.timeline().getLast());
    Closing closing = alert.closing();
    boolean isOver = closing != null && !isFirst;
    put(out, "identifier", isFirst ? first : latest);
    put(out, "sender", words.sender());
    put(out, "sent", time(sent));
    put(out, "status", status(alert));
    put(out, "msgType", isFirst ? "Alert" : isOver ? "Cancel" : "Update");
    put(out, "scope", "Private");
    put(out, "addresses", String.join(" ", words.addresses()));
    if (isOver && closing != null) {
      put(out, "note", Wording.ZH.disposition(closing.disposition()));
    }
    if (!isFirst) {
      put(out, "references", words.sender() + "," + first + "," + time(alert.raisedAt()));
    }
    put(out, "incidents", alert.id().value());
  }

  private static String status(Alert alert) {
    if (!alert.marks().exercise()) {
      return "Actual";
    }
    return alert.marks().modes().contains(Mode.Kind.TEST) ? "Test" : "Exercise";
  }

  private void info(
      XMLStreamWriter out,
      AlertBook.Seen seen,
      String language,
      Wording wording,
      boolean isFirst,
      boolean withPosition)
      throws XMLStreamException {
    Alert alert = seen.alert();
    boolean isOver = !alert.isOpen() && !isFirst;
    String kind = wording.kind(alert.kind());
    out.writeStartElement(NAMESPACE, "info");
    put(out, "language", language);
    for (String category : categories(alert.kind())) {
      put(out, "category", category);
    }
    put(out, "event", kind);
    put(out, "responseType", isOver ? "AllClear" : "Assess");
    put(out, "urgency", isOver ? "Past" : alert.isAlarmClass() ? "Immediate" : "Expected");
    put(out, "severity", severity(alert.severity()));
    put(out, "certainty", alert.evidence().isEmpty() ? "Possible" : "Observed");
    put(out, "onset", time(alert.raisedAt()));
    put(out, "headline", kind + ", " + wording.state(alert.state()));
    if (!isFirst) {
      put(out, "description", wording.why(alert, zone));
    }
    area(out, seen, wording, withPosition);
    out.writeEndElement();
  }

  private static List<String> categories(Kind kind) {
    if (RESCUE.contains(kind.value())) {
      return List.of("Rescue", "Health");
    }
    if (FIRE.contains(kind.value())) {
      return List.of("Fire", "Rescue");
    }
    return HEALTH.contains(kind.value()) ? List.of("Health") : List.of("Safety");
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "Severe";
      case MAJOR -> "Moderate";
      case MINOR -> "Minor";
    };
  }

  private void area(XMLStreamWriter out, AlertBook.Seen seen, Wording wording, boolean withPosition)
      throws XMLStreamException {
    Directory registry = directory.get();
    Directory.Home home = registry.home(seen.alert().home());
    Directory.Home area = home == null ? null : registry.home(HomeId.ofArea(home.area()));
    out.writeStartElement(NAMESPACE, "area");
    put(
        out,
        "areaDesc",
        area != null && !area.address().isBlank()
            ? area.address()
            : home == null ? "-" : home.area().value());
    String circle = withPosition ? circle(seen, registry, wording) : null;
    if (circle != null) {
      put(out, "circle", circle);
    }
    if (home != null) {
      out.writeStartElement(NAMESPACE, "geocode");
      put(out, "valueName", "area");
      put(out, "value", home.area().value());
      out.writeEndElement();
    }
    out.writeEndElement();
  }

  /** WGS-84, radius in kilometres (3.2.4 circle). */
  private @Nullable String circle(AlertBook.Seen seen, Directory registry, Wording wording) {
    Object known =
        AlertCard.of(seen, registry, wording, seen.alert().raisedAt(), zone).get("location");
    if (!(known instanceof Map<?, ?> location)
        || !(location.get("lat") instanceof Double lat)
        || !(location.get("lon") instanceof Double lon)) {
      return null;
    }
    double accuracy =
        location.get("accuracy_m") instanceof Number metres ? metres.doubleValue() : 0;
    return String.format(
        Locale.ROOT, "%.6f,%.6f %.3f", lat, lon, Math.max(RADIUS_MIN_M, accuracy) / 1_000);
  }

  private String time(Instant at) {
    return TIME.format(at.atZone(zone)).replaceFirst("\\+00:00$", "-00:00");
  }

  private static void put(XMLStreamWriter out, String name, String value)
      throws XMLStreamException {
    out.writeStartElement(NAMESPACE, name);
    out.writeCharacters(allowed(value));
    out.writeEndElement();
  }

  /** A writer escapes what has a meaning in XML, and lets pass what XML can't hold at all. */
  private static String allowed(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .filter(c ->
            c == '\t'
                || c == '\n'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
