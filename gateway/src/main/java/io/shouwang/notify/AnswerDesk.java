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
import io.shouwang.notify.chat.Sealed;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Reception;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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
  private static final Pattern TELEPHONE = Pattern.compile("\\+[0-9]{5,15}");

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
  private final SentMessages sent;
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
    this.sent = new SentMessages(clock);
    Stream.concat(alerts.open().stream(), alerts.closed().stream())
        .flatMap(seen -> seen.alert().deliveries().stream())
        .forEach(this::recall);
  }

  /** The last run's messages: by which of a channel's providers they went is not on record. */
  private void recall(Delivery delivery) {
    if (delivery.outcome() instanceof Outcome.Sent(String id) && id != null) {
      Optional<Report> _ = sent.sent(delivery.channel(), id, delivery.key());
    }
  }

  /** A provider took a message, under a name of its own. Before its outcome is reported. */
  public void sent(String provider, String providerId, DeliveryKey key) {
    sent.sent(provider, providerId, key).ifPresent(this::reported);
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
    if (key.isEmpty() && !report.providerId().isEmpty()) {
      sent.keep(report); // it may have overtaken the provider's own answer
    }
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

  /** Only of the provider's own channel: who may answer there says nothing of the others. */
  private Optional<DeliveryKey> key(String provider, @Nullable String key, @Nullable String id) {
    String channel = channelOf(provider);
    Optional<DeliveryKey> named = Optional.empty();
    if (key != null) {
      try {
        named = Optional.of(DeliveryKey.parse(key));
      } catch (IllegalArgumentException e) {
        LOG.warn("provider {} names a message that is none of ours", provider);
      }
    }
    if (named.isEmpty() && id != null && !id.isEmpty()) {
      named = sent.find(provider, id).or(() -> sent.find(channel, id));
    }
    return named.filter(known ->
        delivery(known).filter(delivery -> delivery.channel().equals(channel)).isPresent());
  }

  private String channelOf(String provider) {
    return channelOf.getOrDefault(provider, provider);
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
    Reply reply = new Reply(id(incoming), meant.alert().id(), answer, said.minutes(), null, null);
    CompletableFuture<Answer> done = new CompletableFuture<>();
    String channel = channelOf(incoming.provider());
    Submission submission =
        new Submission(
            new Input.ReplyReceived(reply, meant.who(), false, channel),
            Lane.ALARM,
            clock.nanos(),
            (_, _, result) -> done.complete(result));
    offer(submission);
    return done;
  }

  /** The same answer has the same name; a long one is never cut, or two would be one. */
  private static @Nullable String id(Incoming incoming) {
    String id = incoming.provider() + " " + incoming.id();
    if (incoming.id().isEmpty()) {
      return null;
    }
    return id.length() <= Reply.ID_LENGTH_MAX
        ? id
        : Sealed.name(incoming.provider(), incoming.id());
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
  private record Meant(Alert alert, ResponderId who) {
    /** When they were rung last, which is what an answer from a shared telephone is to. */
    Instant rungAt() {
      return alert.deliveries().stream()
          .filter(delivery ->
              delivery.cause().isRing()
                  && delivery.to() instanceof Delivery.ToResponder to
                  && to.responder().equals(who))
          .map(Delivery::startedAt)
          .max(Comparator.naturalOrder())
          .orElse(Instant.MIN);
    }
  }

  private Optional<Meant> meant(Incoming incoming, Said said) {
    Optional<Meant> answered =
        key(incoming.provider(), incoming.key(), incoming.providerId())
            .flatMap(this::delivery)
            .flatMap(delivery -> meant(delivery, incoming.from()));
    return answered.isPresent() ? answered : byAddress(incoming, said);
  }

  /** Whom a message asked, unless somebody else answers it. */
  private Optional<Meant> meant(Delivery delivery, String from) {
    if (!(delivery.to() instanceof Delivery.ToResponder to)) {
      return Optional.empty();
    }
    boolean isTheirs =
        from.isEmpty()
            || directory.get().ways(to.responder()).stream()
                .anyMatch(way -> way.address().equalsIgnoreCase(from));
    return isTheirs
        ? alerts.find(delivery.key().alert()).map(seen -> new Meant(seen.alert(), to.responder()))
        : Optional.empty();
  }

  private Optional<Meant> byAddress(Incoming incoming, Said said) {
    String from = incoming.from();
    if (from.isEmpty()) {
      return Optional.empty();
    }
    String channel = channelOf(incoming.provider());
    Directory registry = directory.get();
    Map<ResponderId, Boolean> theirs = new HashMap<>(); // a desk is asked in every alert of a flood
    List<Meant> rung =
        alerts.open().stream()
            .map(AlertBook.Seen::alert)
            .flatMap(alert ->
                alert.asked().stream()
                    .map(Asked::responder)
                    .filter(who ->
                        theirs.computeIfAbsent(who, one -> isOf(registry, one, channel, from)))
                    .filter(who ->
                        said.code().isEmpty() || ReplyCode.of(alert.id(), who).equals(said.code()))
                    .map(who -> new Meant(alert, who)))
            .toList();
    // With several open a bare digit could be about any of them, and two may share a code.
    long distinct = rung.stream().map(m -> m.alert().id()).distinct().count();
    return distinct == 1
        ? rung.stream().max(Comparator.comparing(Meant::rungAt))
        : Optional.empty();
  }

  /** A telephone that is rung may text, too; any other address is only its own channel's. */
  private static boolean isOf(Directory registry, ResponderId who, String channel, String from) {
    return registry.ways(who).stream()
        .filter(way -> way.address().equals(from))
        .anyMatch(way -> way.channel().equals(channel) || TELEPHONE.matcher(from).matches());
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
