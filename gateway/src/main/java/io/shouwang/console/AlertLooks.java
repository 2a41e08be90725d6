package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.AlertBook;
import io.shouwang.model.AlertId;
import io.shouwang.model.Directory;
import io.shouwang.model.Identity;
import java.util.function.Supplier;

/** Finds the alert that a request names, if its caller may see it; each look is recorded (P8). */
record AlertLooks(AlertBook book, Supplier<Directory> directory) {

  /**
   * The alert of the path.
   *
   * @throws Problem 404 when there is none, or it is none of the caller's
   */
  AlertBook.Seen find(Context context, Caller caller, String look) {
    return find(context.pathParam("id"), caller, look);
  }

  /**
   * The alert of a name.
   *
   * @throws Problem 404 when there is none, or it is none of the caller's
   */
  AlertBook.Seen find(String name, Caller caller, String look) {
    if (!Identity.isValid(name)) {
      throw Problem.notFound("alert");
    }
    AlertBook.Seen seen = book.find(new AlertId(name)).orElse(null);
    boolean isSeen = seen != null && new Sight(directory.get()).sees(caller, seen.alert());
    AlertRoutes.ACCESS.info(
        "who={} look={} alert={} result={}", caller.name(), look, name, isSeen ? 200 : 404);
    if (seen == null || !isSeen) {
      throw Problem.notFound("alert");
    }
    return seen;
  }
}
