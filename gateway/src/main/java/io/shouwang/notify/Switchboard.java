package io.shouwang.notify;

import io.shouwang.host.Clock;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.model.Answer;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.Directory.CallerAt;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.model.Input;
import io.shouwang.model.Input.CallPhase;
import io.shouwang.model.ResponderId;
import io.shouwang.notify.provider.Reception.InboundCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes calls to the hotline: finds out by the number whose home it is, and has it journalled
 * there. A number of several homes is nobody's in particular: it belongs to the area they have in
 * common. Any thread.
 */
public final class Switchboard implements AnswerDesk.Calls {
  private final Supplier<Directory> directory;
  private final Intake intake;
  private final Clock clock;

  public Switchboard(Supplier<Directory> directory, Intake intake, Clock clock) {
    this.directory = directory;
    this.intake = intake;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Answer> called(InboundCall call) {
    CompletableFuture<Answer> done = new CompletableFuture<>();
    offer(
        new Submission(
            report(call, directory.get()),
            Lane.ALARM,
            clock.nanos(),
            (_, _, answer) -> done.complete(answer)));
    return done;
  }

  private void offer(Submission submission) {
    if (!intake.offer(submission)) {
      intake.whenRoom(Lane.ALARM, () -> Thread.startVirtualThread(() -> offer(submission)));
    }
  }

  /** What the engine is told of it. */
  static Input.CallReported report(InboundCall call, Directory registry) {
    List<CallerAt> callers = registry.callers(call.from());
    List<HomeId> homes = callers.stream().map(CallerAt::home).distinct().toList();
    CallPhase phase =
        switch (call.phase()) {
          case RINGING -> CallPhase.RINGING;
          case TAKEN -> CallPhase.TAKEN;
          case MISSED, ENDED -> CallPhase.MISSED; // of one that was taken, that changes nothing
        };
    return new Input.CallReported(
        call.provider(),
        call.id(),
        phase,
        homes.size() == 1 ? homes.getFirst() : common(homes, call.area(), registry),
        homes,
        homes.size() == 1 ? elder(callers, homes.getFirst(), registry) : null,
        call.patience(),
        phase == CallPhase.TAKEN ? by(call.takenBy()) : null,
        number(call.from(), registry));
  }

  /** Whose number it is and nobody else's. */
  private static @Nullable ElderId elder(List<CallerAt> callers, HomeId home, Directory registry) {
    List<ElderId> elders =
        callers.stream().map(CallerAt::elder).filter(Objects::nonNull).distinct().toList();
    List<ElderId> all = registry.elders(home);
    if (all.size() == 1) {
      return all.getFirst();
    }
    boolean isHomesToo = callers.stream().anyMatch(caller -> caller.elder() == null);
    return elders.size() == 1 && !isHomesToo ? elders.getFirst() : null;
  }

  /** The nearest area that all of them lie in; for none the exchange's own, at last the topmost. */
  private static HomeId common(List<HomeId> homes, @Nullable AreaId own, Directory registry) {
    List<AreaId> shared = new ArrayList<>();
    for (HomeId home : homes) {
      Directory.Home card = registry.home(home);
      List<AreaId> path = card == null ? List.of() : registry.areaPath(card.area());
      if (home.equals(homes.getFirst())) {
        shared.addAll(path);
      } else {
        shared.retainAll(path);
      }
    }
    if (!shared.isEmpty()) {
      return HomeId.ofArea(shared.getFirst());
    }
    return own == null ? HomeId.GATEWAY : HomeId.ofArea(own);
  }

  /** An extension is an id, whatever the exchange calls it; anything else could be a name. */
  private static ResponderId by(String extension) {
    String id = "ext-" + extension;
    return new ResponderId(Identity.isValid(id) ? id : "ext-unknown");
  }

  /** As it is dialled; of what is no number only what could be an extension or a short code. */
  private static @Nullable String number(String from, Directory registry) {
    String dialable = registry.dialable(from);
    if (!dialable.isEmpty()) {
      return dialable;
    }
    return from.matches("[0-9*#]{1,20}") ? from : null;
  }
}
