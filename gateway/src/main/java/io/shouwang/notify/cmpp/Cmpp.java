package io.shouwang.notify.cmpp;

import io.shouwang.model.Payload;
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
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Short messages to Chinese mobiles through China Mobile's gateway by CMPP 2.0 or 3.0. A long
 * message goes in parts, and has arrived when all of them have. Each part asks for a report.
 * Replies come back on the same line.
 */
final class Cmpp implements Provider {
  private static final Charset GBK = Charset.forName("GB18030");
  private static final int FORMAT_ASCII = 0;
  private static final int FORMAT_UCS_2 = 8;
  private static final int FORMAT_GBK = 15;

  private final ProviderKind.Surroundings surroundings;
  private final CmppSettings settings;
  private final Dispatches dispatches;
  private final CmppLogin login;
  private final LineKeeper<CmppLine> link;
  private final Semaphore window;
  private final AtomicInteger reference;

  /** Begins to connect. */
  Cmpp(ProviderKind.Surroundings surroundings, CmppSettings settings) {
    this.surroundings = surroundings;
    this.settings = settings;
    this.dispatches = new Dispatches(surroundings.name(), surroundings.reception());
    this.window = new Semaphore(settings.window());
    this.reference = new AtomicInteger(surroundings.random().nextInt());
    this.login =
        new CmppLogin(
            surroundings.name(),
            settings,
            new FromGatewayDesk(surroundings, settings, dispatches),
            surroundings.clock(),
            surroundings.random());
    this.link =
        new LineKeeper<>(
            surroundings.name(),
            login,
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

  /** The operator's, which it enforces by flow control; none is published for all. */
  @Override
  public List<Quota> quotas() {
    return List.of();
  }

  @Override
  public List<String> problems() {
    return link.trouble().map(why -> List.of(why.detail())).orElse(List.of());
  }

  /** One part as it goes over the line. */
  private record Part(int format, boolean headed, Payload content) {}

  @Override
  public Verdict submit(Notice notice) {
    String number = MobileNumber.chinese(notice.address());
    if (number.isEmpty()) {
      return new Verdict.Refused(Failure.NO_SUCH_ADDRESS, "the address is no number like +861…");
    }
    List<Part> parts = parts(settings.signature() + notice.text(), notice.link());
    long deadline = surroundings.clock().nanos() + settings.limit().toNanos();
    try {
      CmppLine line = link.await(settings.limit());
      long left = Math.max(0, deadline - surroundings.clock().nanos());
      if (!window.tryAcquire(parts.size(), left, TimeUnit.NANOSECONDS)) {
        return new Verdict.Refused(Failure.BUSY, settings.window() + " parts are under way");
      }
      try {
        return send(line, notice.key(), number, parts, deadline);
      } finally {
        window.release(parts.size());
      }
    } catch (LineKeeper.NoLine e) {
      return e.verdict();
    } catch (TimeoutException e) {
      return new Verdict.Refused(
          Failure.TIMED_OUT, "no answer within " + settings.limit().toMillis() + " ms");
    } catch (ExecutionException e) {
      // It may have been taken all the same: nothing says how far it came.
      return new Verdict.Refused(Failure.TIMED_OUT, "the line broke before the answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Refused(Failure.TIMED_OUT, "interrupted");
    }
  }

  private List<Part> parts(String text, String link) {
    boolean isAscii = StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    boolean mayBeAscii = settings.letters() != CmppSettings.Letters.UCS_2;
    if (isAscii && mayBeAscii && text.length() <= PacketWriter.CONTENT_BYTES_MAX) {
      return List.of(part(FORMAT_ASCII, text.getBytes(StandardCharsets.US_ASCII)));
    }
    if (settings.letters() == CmppSettings.Letters.GBK && GBK.newEncoder().canEncode(text)) {
      byte[] gbk = text.getBytes(GBK);
      if (gbk.length <= PacketWriter.CONTENT_BYTES_MAX) {
        return List.of(part(FORMAT_GBK, gbk));
      }
    }
    ShortText message = ShortText.of(Alphabet.UCS_2, text, link, settings.partsMost());
    List<byte[]> contents = message.parts().stream().map(message.alphabet()::encode).toList();
    if (contents.size() == 1) {
      return List.of(part(FORMAT_UCS_2, contents.getFirst()));
    }
    int group = reference.incrementAndGet() & 0xFF;
    return IntStream.range(0, contents.size())
        .mapToObj(i ->
            new Part(
                FORMAT_UCS_2,
                true,
                Payload.of(
                    new Concatenation(group, contents.size(), i + 1).before(contents.get(i)))))
        .toList();
  }

  private static Part part(int format, byte[] content) {
    return new Part(format, false, Payload.of(content));
  }

  private Verdict send(CmppLine line, String key, String number, List<Part> parts, long deadline)
      throws TimeoutException, ExecutionException, InterruptedException {
    long began = surroundings.clock().nanos();
    Dispatches.Dispatch dispatch = dispatches.begin(key);
    // All at once: some gateways answer a part only when they have the whole message.
    List<CompletableFuture<CmppPacket.FromGateway>> answers =
        IntStream.range(0, parts.size())
            .mapToObj(i -> line.request(sequence -> submit(sequence, number, parts, i)))
            .toList();
    try {
      for (CompletableFuture<CmppPacket.FromGateway> each : answers) {
        if (!(line.await(each, began, deadline) instanceof CmppPacket.Submitted submitted)) {
          return new Verdict.Refused(Failure.BROKEN, "another answer than SUBMIT_RESP");
        }
        if (submitted.result() != 0) {
          return new Verdict.Refused(
              Results.ofSubmit(submitted.result()),
              "SUBMIT_RESP with result " + submitted.result());
        }
        dispatch.accepted(FromGatewayDesk.id(submitted.messageId()));
      }
      return dispatch.handedOver();
    } finally {
      answers.forEach(each -> each.cancel(false));
    }
  }

  private CmppPacket.Submit submit(int sequence, String number, List<Part> parts, int index) {
    Part part = parts.get(index);
    return new CmppPacket.Submit(
        sequence,
        parts.size(),
        index + 1,
        settings.serviceId(),
        part.headed(),
        part.format(),
        settings.messageSource(),
        settings.feeType(),
        settings.feeCode(),
        settings.source(),
        number,
        part.content());
  }

  @Override
  public void close() {
    link.close();
    login.close();
  }
}
