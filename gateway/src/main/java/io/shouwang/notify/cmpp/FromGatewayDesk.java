package io.shouwang.notify.cmpp;

import io.shouwang.model.Answer;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.segment.Alphabet;
import io.shouwang.notify.segment.Concatenation;
import io.shouwang.notify.segment.Dispatches;
import io.shouwang.notify.segment.MobileNumber;
import io.shouwang.notify.segment.Reassembly;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gateway brings: status reports and what phones sent. An answer is confirmed once it is
 * on disk; until then, and when it can't be kept, the gateway hears of flow control and brings it
 * again under the same id. Any thread; never blocks.
 */
final class FromGatewayDesk {
  /** Results of DELIVER_RESP. */
  static final int TAKEN = 0;

  static final int FLOW_CONTROL = 8;

  private static final Logger LOG = LoggerFactory.getLogger(FromGatewayDesk.class);
  private static final int WAITING_MAX = 64;
  private static final Charset GBK = Charset.forName("GB18030");
  private static final String CHINA = "86";

  private final ProviderKind.Surroundings surroundings;
  private final CmppSettings settings;
  private final Dispatches dispatches;
  private final Reassembly reassembly;
  private final AtomicInteger waiting = new AtomicInteger();

  FromGatewayDesk(
      ProviderKind.Surroundings surroundings, CmppSettings settings, Dispatches dispatches) {
    this.surroundings = surroundings;
    this.settings = settings;
    this.dispatches = dispatches;
    this.reassembly = new Reassembly(surroundings.clock());
  }

  /** An id as we write it: 16 hex digits. */
  static String id(long messageId) {
    return String.format(Locale.ROOT, "%016x", messageId);
  }

  void report(CmppPacket.Report report) {
    String id = id(report.reported());
    String state = report.state().toUpperCase(Locale.ROOT);
    switch (Results.stage(state)) {
      case ARRIVED -> dispatches.arrived(id);
      case LOST -> dispatches.lost(id, Results.ofState(state), "stat " + state);
      case UNDER_WAY -> LOG.debug("channel {}: a message is under way", surroundings.name());
    }
  }

  /** What a phone sent; completes with the result to be told. */
  CompletionStage<Integer> deliver(CmppPacket.Deliver message) {
    byte[] data = message.content().bytes();
    Optional<Concatenation> part = Optional.empty();
    if (message.headed()) {
      Optional<Concatenation.Opened> opened = Concatenation.open(data);
      if (opened.isEmpty()) {
        LOG.warn("channel {}: a message with a broken header is left aside", surroundings.name());
        return CompletableFuture.completedStage(TAKEN); // the next time it would be just as broken
      }
      part = opened.get().part();
      data = opened.get().content().bytes();
    }
    Optional<String> text = text(message.format(), data);
    String from = MobileNumber.international(message.terminal(), CHINA, false);
    if (text.isEmpty() || from.isEmpty()) {
      LOG.warn("channel {}: a message that is no text is left aside", surroundings.name());
      return CompletableFuture.completedStage(TAKEN);
    }
    Optional<String> whole = part.isEmpty() ? text : reassembly.add(from, part.get(), text.get());
    return whole.isEmpty()
        ? CompletableFuture.completedStage(TAKEN)
        : answer(id(message.messageId()), from, whole.get());
  }

  private static Optional<String> text(int format, byte[] data) {
    return switch (format) {
      case 0 -> Optional.of(new String(data, StandardCharsets.US_ASCII));
      case 8 -> Optional.of(Alphabet.UCS_2.decode(data));
      case 15 -> Optional.of(new String(data, GBK));
      default -> Optional.empty();
    };
  }

  private CompletionStage<Integer> answer(String id, String from, String text) {
    if (waiting.incrementAndGet() > WAITING_MAX) {
      waiting.decrementAndGet();
      return CompletableFuture.completedStage(FLOW_CONTROL);
    }
    return surroundings
        .reception()
        .answered(new Reception.Incoming(surroundings.name(), id, null, null, from, text))
        .thenApply(this::taken)
        .toCompletableFuture()
        .copy() // whoever keeps the answer is not to see it cancelled
        .completeOnTimeout(FLOW_CONTROL, settings.limit().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(_ -> FLOW_CONTROL)
        .whenComplete((_, _) -> waiting.decrementAndGet());
  }

  private int taken(Answer answer) {
    if (answer instanceof Answer.Refused refused) {
      LOG.info("channel {}: a reply changed nothing: {}", surroundings.name(), refused.reason());
    }
    return TAKEN;
  }
}
