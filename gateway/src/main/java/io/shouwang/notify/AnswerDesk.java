package io.shouwang.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Asked;
import io.shouwang.alerts.Delivery;
import io.shouwang.host.Clock;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.model.Answer;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.Directory;
import io.shouwang.model.Input;
import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Reception;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what providers bring back, and finds out which alert and whom it is about: by the key or
 * the provider's own id of the message it answers, else by the sender's address and the alerts this
 * person was rung for. What can't be told apart is refused and counted, never guessed. Any thread.
 */
public final class AnswerDesk implements Reception {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerDesk.class);
  private static final int TEXT_MAX = 200;
  private static final int MINUTES_MAX = 60;

  /** What a bare digit means, in a text as in a call. */
  private static final Map<String, Reply.Answer> DIGITS =
      Map.of(
          "1", Reply.Answer.ACCEPT,
          "2", Reply.Answer.DECLINE,
          "3", Reply.Answer.SPOKE,
          "4", Reply.Answer.ON_THE_WAY,
          "5", Reply.Answer.ARRIVED);

  private final AlertBook alerts;
  private final Supplier<Directory> directory;
  private final Intake intake;
  private final Outcomes outcomes;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Map<String, String> channelOf = new ConcurrentHashMap<>();
  private volatile Consumer<DeliveryKey> onReport = _ -> {};
  private volatile Calls calls =
      _ ->
          CompletableFuture.completedFuture(
              new Answer.Refused(Answer.Reason.UNKNOWN_HOME, "no switchboard is set up"));

  /** What becomes of a call to the hotline. */
  @FunctionalInterface
  public interface Calls {
    CompletionStage<Answer> called(InboundCall call);
  }

  public AnswerDesk(
      AlertBook alerts,
      Supplier<Directory> directory,
      Intake intake,
      Outcomes outcomes,
      Clock clock,
      MeterRegistry meters) {
    this.alerts = alerts;
    this.directory = directory;
    this.intake = intake;
    this.outcomes = outcomes;
    this.clock = clock;
    this.meters = meters;
  }

  /** A provider belongs to this channel. Before its first message. */
  void belongs(String provider, String channel) {
    channelOf.put(provider, channel);
  }

  /** Hears of each message that was reported on. */
  void onReport(Consumer<DeliveryKey> listener) {
    onReport = listener;
  }

  /** Takes calls to the hotline from here on. */
  public void callsGoTo(Calls taker) {
    calls = taker;
  }

  @Override
  public void reported(Report report) {
    Optional<DeliveryKey> key = key(report.provider(), report.key(), report.providerId());
    count("report", report.provider(), key.isPresent() ? "taken" : "unknown");
    key.ifPresent(known -> {
      onReport.accept(known);
      Failure failure = report.failure();
      String word = failure == null ? "failed" : failure.name().toLowerCase(Locale.ROOT);
      outcomes.report(
          known,
          switch (report.progress()) {
            case DELIVERED -> new Outcome.Acknowledged();
            case SEEN -> new Outcome.Seen();
            case FAILED -> new Outcome.GaveUp(report.provider() + ": " + word);
          });
    });
  }

  private Optional<DeliveryKey> key(String provider, @Nullable String key, @Nullable String id) {
    if (key != null) {
      try {
        DeliveryKey parsed = DeliveryKey.parse(key);
        return delivery(parsed).map(Delivery::key);
      } catch (IllegalArgumentException e) {
        LOG.warn("provider {} names a message that is none of ours", provider);
      }
    }
    if (id == null || id.isEmpty()) {
      return Optional.empty();
    }
    String channel = channelOf.getOrDefault(provider, provider);
    return Stream.concat(alerts.open().stream(), alerts.closed().stream())
        .flatMap(seen -> seen.alert().deliveries().stream())
        .filter(delivery -> delivery.channel().equals(channel))
        .filter(
            delivery -> delivery.outcome() instanceof Outcome.Sent(String sent) && id.equals(sent))
        .map(Delivery::key)
        .findFirst();
  }

  private Optional<Delivery> delivery(DeliveryKey key) {
    return alerts.find(key.alert()).flatMap(seen -> seen.alert().delivery(key.number()));
  }

  @Override
  public CompletionStage<Answer> answered(Incoming incoming) {
    Optional<Said> said = said(incoming.text());
    Optional<Meant> meant = said.flatMap(words -> meant(incoming, words));
    if (said.isEmpty() || meant.isEmpty()) {
      count("answer", incoming.provider(), said.isEmpty() ? "unreadable" : "unknown");
      LOG.warn(
          "an answer by {} could not be placed: {}",
          incoming.provider(),
          said.isEmpty()
              ? "it says nothing we know"
              : "nobody was rung there, or the code is wrong");
      return CompletableFuture.completedFuture(
          new Answer.Refused(Answer.Reason.UNKNOWN_ALERT, "it could not be placed"));
    }
    count("answer", incoming.provider(), "taken");
    return submit(incoming, said.get(), meant.get());
  }

  private CompletionStage<Answer> submit(Incoming incoming, Said said, Meant meant) {
    boolean isElder =
        meant.alert().asked(meant.who()).map(a -> a.role().equals(Role.ELDER)).orElse(false);
    Reply.Answer answer =
        isElder && said.answer() == Reply.Answer.ACCEPT ? Reply.Answer.WELL : said.answer();
    String id = incoming.provider() + " " + incoming.id();
    Reply reply =
        new Reply(
            id.substring(0, Math.min(Reply.ID_LENGTH_MAX, id.length())),
            meant.alert().id(),
            answer,
            said.minutes(),
            null,
            null);
    CompletableFuture<Answer> done = new CompletableFuture<>();
    String channel = channelOf.getOrDefault(incoming.provider(), incoming.provider());
    Submission submission =
        new Submission(
            new Input.ReplyReceived(reply, meant.who(), false, channel),
            Lane.ALARM,
            clock.nanos(),
            (_, _, result) -> done.complete(result));
    offer(submission);
    return done;
  }

  /** Until there is room: whoever brings it waits for the stage, and may bring it again. */
  private void offer(Submission submission) {
    if (!intake.offer(submission)) {
      intake.whenRoom(Lane.ALARM, () -> Thread.startVirtualThread(() -> offer(submission)));
    }
  }

  /** What somebody's words mean. */
  private record Said(Reply.Answer answer, @Nullable Integer minutes, String code) {}

  /** {@code 1}, {@code 2 4711}, {@code accept 20}: digits, words, minutes or a code. */
  private static Optional<Said> said(String text) {
    if (text.length() > TEXT_MAX) {
      return Optional.empty();
    }
    StringBuilder plain = new StringBuilder();
    text.strip()
        .codePoints()
        .map(c -> c >= '０' && c <= '９' ? c - '０' + '0' : c)
        .map(c -> Character.isLetterOrDigit(c) || c == '_' ? c : ' ')
        .forEach(plain::appendCodePoint);
    String[] words = plain.toString().strip().toLowerCase(Locale.ROOT).split(" +", -1);
    Reply.Answer answer = DIGITS.get(words[0]);
    if (answer == null) {
      answer =
          Stream.of(Reply.Answer.values())
              .filter(known -> known != Reply.Answer.WELL)
              .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(words[0]))
              .findFirst()
              .orElse(null);
    }
    if (answer == null) {
      return Optional.empty();
    }
    Integer minutes = null;
    String code = "";
    for (String word : List.of(words).subList(1, words.length)) {
      if (word.matches("[0-9]{4}")) {
        code = word;
      } else if (word.matches("[0-9]{1,2}") && Integer.parseInt(word) <= MINUTES_MAX) {
        minutes = Integer.parseInt(word);
      }
    }
    return Optional.of(new Said(answer, minutes, code));
  }

  /** Which alert, and who. */
  private record Meant(Alert alert, ResponderId who) {}

  private Optional<Meant> meant(Incoming incoming, Said said) {
    Optional<DeliveryKey> key = key(incoming.provider(), incoming.key(), incoming.providerId());
    Optional<Delivery> delivery = key.flatMap(this::delivery);
    if (delivery.isPresent() && delivery.get().to() instanceof Delivery.ToResponder to) {
      return alerts
          .find(delivery.get().key().alert())
          .map(seen -> new Meant(seen.alert(), to.responder()));
    }
    String channel = channelOf.getOrDefault(incoming.provider(), incoming.provider());
    List<Meant> rung =
        alerts.open().stream()
            .map(AlertBook.Seen::alert)
            .flatMap(alert ->
                alert.asked().stream()
                    .map(Asked::responder)
                    .filter(who -> hasAddress(who, channel, incoming.from()))
                    .map(who -> new Meant(alert, who)))
            .sorted(Comparator.comparing((Meant m) -> m.alert().raisedAt()).reversed())
            .toList();
    if (!said.code().isEmpty()) {
      return rung.stream()
          .filter(m -> ReplyCode.of(m.alert().id(), m.who()).equals(said.code()))
          .findFirst();
    }
    long distinct = rung.stream().map(m -> m.alert().id()).distinct().count();
    // With several open a bare digit could be about any of them: each names its code.
    return distinct == 1 ? rung.stream().findFirst() : Optional.empty();
  }

  private boolean hasAddress(ResponderId who, String channel, String from) {
    return !from.isEmpty()
        && directory.get().ways(who).stream()
            .anyMatch(way -> way.address().equals(from) && isSameNetwork(way.channel(), channel));
  }

  /** A number that is rung may text, too; any other address is only its own channel's. */
  private boolean isSameNetwork(String channel, String other) {
    return channel.equals(other) || (channelOf.containsValue(channel) && !other.isEmpty());
  }

  @Override
  public CompletionStage<Answer> called(InboundCall call) {
    count("call", call.provider(), call.phase().name().toLowerCase(Locale.ROOT));
    return calls.called(call);
  }

  private void count(String what, String provider, String word) {
    meters
        .counter("shouwang.channel." + what + "s", "provider", provider, "result", word)
        .increment();
  }
}
