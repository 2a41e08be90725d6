package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.Identity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What a request asks for in its query, read and bounded; each mistake is told with its remedy. */
final class Asked {
  static final int TEXT_LENGTH_MAX = 64;

  private Asked() {}

  /** A number within bounds. */
  static int number(Context context, String name, int least, int most, int otherwise) {
    String said = context.queryParam(name);
    if (said == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(said);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // falls through to the one answer for every wrong number
    }
    throw Problem.badRequest(name + " must be " + least + " to " + most);
  }

  static Instant time(Context context, String name, Instant otherwise) {
    String said = context.queryParam(name);
    return said == null ? otherwise : time(name, said);
  }

  static Instant time(String name, String said) {
    try {
      return OffsetDateTime.parse(said).toInstant();
    } catch (DateTimeException e) {
      throw Problem.badRequest(name + " must be RFC 3339 with an offset");
    }
  }

  /** A few characters to search by; empty when nothing was said. */
  static String text(Context context, String name) {
    String said = context.queryParam(name);
    if (said == null) {
      return "";
    }
    if (said.length() > TEXT_LENGTH_MAX) {
      throw Problem.badRequest(name + " must be at most " + TEXT_LENGTH_MAX + " characters");
    }
    return said.strip();
  }

  static boolean flag(Context context, String name) {
    String said = context.queryParam(name);
    return switch (said == null ? "false" : said) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw Problem.badRequest(name + " must be true or false");
    };
  }

  /** An area that the caller asks about; null for their own. */
  static @Nullable AreaId area(Context context) {
    String said = context.queryParam("area");
    if (said == null) {
      return null;
    }
    if (!Identity.isValid(said)) {
      throw Problem.badRequest("area must be an area's id");
    }
    return new AreaId(said);
  }

  /**
   * The seat that a request is about: the caller's own area, or one below it.
   *
   * @throws Problem 404 for an area that isn't the caller's
   */
  static AreaId seat(Context context, Caller.OfOperator operator, Directory now) {
    AreaId asked = area(context);
    AreaId own = operator.operator().area();
    if (asked == null) {
      return own;
    }
    if (!now.areaPath(asked).contains(own)) {
      throw Problem.notFound("area");
    }
    return asked;
  }

  static Caller.OfOperator operator(Caller caller) {
    if (caller instanceof Caller.OfOperator operator) {
      return operator;
    }
    throw Problem.forbidden();
  }
}
