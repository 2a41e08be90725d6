package io.shouwang.notify.smpp;

import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.notify.segment.Alphabet;
import io.shouwang.notify.segment.Concatenation;
import io.shouwang.notify.segment.Dispatches;
import io.shouwang.notify.segment.LineKeeper;
import io.shouwang.notify.segment.MobileNumber;
import io.shouwang.notify.segment.ShortText;
import io.shouwang.notify.smpp.SmppSettings.LongMessages;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.jsmpp.PDUException;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.OptionalParameter.Tag;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Short messages through an operator's centre by SMPP 3.4. What the GSM alphabet can say goes in
 * it, all else in UCS-2; a long message goes in parts, and has arrived when all of them have. Each
 * part asks for a receipt. Replies come back on the same line.
 */
final class Smpp implements Provider {
  private static final int DEFAULT_ALPHABET = 0;
  private static final int UCS_2 = 8;
  private static final int UDHI = 0x40;

  private final ProviderKind.Surroundings surroundings;
  private final SmppSettings settings;
  private final Dispatches dispatches;
  private final LineKeeper<SmppLine> link;
  private final Semaphore window;
  private final AtomicInteger reference;

  /**
   * Begins to connect.
   *
   * @param tls null for a plain line
   */
  Smpp(
      ProviderKind.Surroundings surroundings,
      SmppSettings settings,
      @Nullable SSLSocketFactory tls) {
    this.surroundings = surroundings;
    this.settings = settings;
    this.dispatches = new Dispatches(surroundings.name(), surroundings.reception());
    this.window = new Semaphore(settings.window());
    this.reference = new AtomicInteger(surroundings.random().nextInt());
    FromCentre from = new FromCentre(surroundings, settings, dispatches);
    this.link =
        new LineKeeper<>(
            surroundings.name(),
            new SmppBind(settings, tls, from::onLine, surroundings.clock(), surroundings.random()),
            settings.reconnectMost(),
            surroundings.clock(),
            surroundings.random());
    link.start();
  }

  @Override
  public String name() {
    return surroundings.name();
  }

  @Override
  public Audience audience() {
    return Audience.PERSON;
  }

  /** The operator's, which it enforces by throttling; none is published for all. */
  @Override
  public List<Quota> quotas() {
    return List.of();
  }

  @Override
  public List<String> problems() {
    return link.trouble().map(why -> List.of(why.detail())).orElse(List.of());
  }

  @Override
  public Verdict submit(Notice notice) {
    if (!MobileNumber.isInternational(notice.address())) {
      return new Verdict.Refused(Failure.NO_SUCH_ADDRESS, "the address is no number like +86…");
    }
    String text = settings.signature() + notice.text();
    Alphabet alphabet = settings.alphabet() == null ? Alphabet.of(text) : settings.alphabet();
    ShortText message = ShortText.of(alphabet, text, notice.link(), settings.partsMost());
    long deadline = surroundings.clock().nanos() + settings.limit().toNanos();
    try {
      SmppLine line = link.await(settings.limit());
      if (!window.tryAcquire(left(deadline).toNanos(), TimeUnit.NANOSECONDS)) {
        return new Verdict.Refused(Failure.BUSY, settings.window() + " messages are under way");
      }
      try {
        return send(line, message, notice, deadline);
      } finally {
        window.release();
      }
    } catch (LineKeeper.NoLine e) {
      return e.verdict();
    } catch (TimeoutException e) {
      return new Verdict.Refused(
          Failure.TIMED_OUT, "no answer within " + settings.limit().toMillis() + " ms");
    } catch (ExecutionException e) {
      return refused(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Refused(Failure.TIMED_OUT, "interrupted");
    }
  }

  private Duration left(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - surroundings.clock().nanos()));
  }

  private static Verdict.Refused refused(@Nullable Throwable cause) {
    return switch (cause) {
      case NegativeResponseException no ->
          new Verdict.Refused(
              CommandStatus.ofSubmit(no.getCommandStatus()),
              CommandStatus.words(no.getCommandStatus()));
      case ResponseTimeoutException _ ->
          new Verdict.Refused(Failure.TIMED_OUT, "no answer in time");
      case PDUException _ -> new Verdict.Refused(Failure.REFUSED, "it makes no valid PDU");
      case null, default ->
          // It may have been taken all the same: nothing says how far it came.
          new Verdict.Refused(Failure.TIMED_OUT, "the line broke before the answer");
    };
  }

  private Verdict send(SmppLine line, ShortText message, Notice notice, long deadline)
      throws TimeoutException, ExecutionException, InterruptedException {
    Dispatches.Dispatch dispatch = dispatches.begin(notice.key());
    List<String> parts = message.parts();
    int group = reference.incrementAndGet() & 0xFF;
    if (settings.longMessages() == LongMessages.PAYLOAD && parts.size() > 1) {
      byte[] whole = message.alphabet().encode(String.join("", parts));
      OptionalParameter payload = new OptionalParameter.Message_payload(whole);
      String id = one(line, notice, message.alphabet(), 0, new byte[0], deadline, payload);
      dispatch.accepted(id);
      return dispatch.handedOver();
    }
    for (int i = 0; i < parts.size(); i++) {
      byte[] content = message.alphabet().encode(parts.get(i));
      String id;
      if (parts.size() == 1) {
        id = one(line, notice, message.alphabet(), 0, content, deadline);
      } else if (settings.longMessages() == LongMessages.SAR) {
        id =
            one(
                line,
                notice,
                message.alphabet(),
                0,
                content,
                deadline,
                new OptionalParameter.Short(Tag.SAR_MSG_REF_NUM.code(), (short) group),
                new OptionalParameter.Byte(Tag.SAR_TOTAL_SEGMENTS.code(), (byte) parts.size()),
                new OptionalParameter.Byte(Tag.SAR_SEGMENT_SEQNUM.code(), (byte) (i + 1)));
      } else {
        byte[] headed = new Concatenation(group, parts.size(), i + 1).before(content);
        id = one(line, notice, message.alphabet(), UDHI, headed, deadline);
      }
      dispatch.accepted(id);
    }
    return dispatch.handedOver();
  }

  private String one(
      SmppLine line,
      Notice notice,
      Alphabet alphabet,
      int esmClass,
      byte[] content,
      long deadline,
      OptionalParameter... fields)
      throws TimeoutException, ExecutionException, InterruptedException {
    int coding =
        switch (alphabet) {
          case GSM_7 -> DEFAULT_ALPHABET;
          case UCS_2 -> UCS_2;
        };
    String id =
        line.request(
            () ->
                line.session()
                    .submitShortMessage(
                        settings.serviceType(),
                        TypeOfNumber.valueOf(settings.sourceTon()),
                        NumberingPlanIndicator.valueOf(settings.sourceNpi()),
                        settings.source(),
                        TypeOfNumber.valueOf(settings.destinationTon()),
                        NumberingPlanIndicator.valueOf(settings.destinationNpi()),
                        notice.address().substring(1),
                        new ESMClass(esmClass),
                        (byte) 0,
                        (byte) (notice.urgent() ? 1 : 0),
                        null,
                        null,
                        new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE),
                        (byte) 0,
                        new RawDataCoding((byte) coding),
                        (byte) 0,
                        content,
                        fields)
                    .getMessageId(),
            left(deadline));
    return id == null ? "" : MessageIds.plain(id);
  }

  @Override
  public void close() {
    link.close();
  }
}
