package io.shouwang.notify.smpp;

import io.shouwang.model.Answer;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.segment.Alphabet;
import io.shouwang.notify.segment.Concatenation;
import io.shouwang.notify.segment.Dispatches;
import io.shouwang.notify.segment.MobileNumber;
import io.shouwang.notify.segment.Reassembly;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.OptionalParameter.Tag;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the centre brings: receipts and what phones sent. An answer is confirmed once it is on disk;
 * until then, and when it can't be kept, the centre hears an error that makes it bring it again.
 * The library's threads; only so many of them wait that the answers to our own requests get by.
 */
final class FromCentre {
  private static final Logger LOG = LoggerFactory.getLogger(FromCentre.class);
  private static final int WAITING_MAX = 4;
  private static final int UDHI = 0x40;
  private static final int INTERNATIONAL = 1;

  private final ProviderKind.Surroundings surroundings;
  private final SmppSettings settings;
  private final Dispatches dispatches;
  private final Reassembly reassembly;
  private final Semaphore waiting = new Semaphore(WAITING_MAX);

  FromCentre(ProviderKind.Surroundings surroundings, SmppSettings settings, Dispatches dispatches) {
    this.surroundings = surroundings;
    this.settings = settings;
    this.dispatches = dispatches;
    this.reassembly = new Reassembly(surroundings.clock());
  }

  /**
   * Listens on one line.
   *
   * @param line its name: with a request's number it names what came in, also when the centre
   *     brings the same request again
   */
  MessageReceiverListener onLine(String line) {
    return new MessageReceiverListener() {
      @Override
      public void onAcceptDeliverSm(DeliverSm message) throws ProcessRequestException {
        try {
          take(line, message);
        } catch (RuntimeException e) {
          LOG.error("channel {}: a message from the centre failed", surroundings.name(), e);
          throw again("failed");
        }
      }

      @Override
      public void onAcceptAlertNotification(AlertNotification notification) {
        LOG.debug("channel {}: a phone is reachable again", surroundings.name());
      }

      @Override
      public DataSmResult onAcceptDataSm(DataSm message, Session source)
          throws ProcessRequestException {
        throw new ProcessRequestException(
            "messages come as deliver_sm", SMPPConstant.STAT_ESME_RX_R_APPN);
      }
    };
  }

  private static ProcessRequestException again(String why) {
    return new ProcessRequestException(why, SMPPConstant.STAT_ESME_RX_T_APPN);
  }

  private void take(String line, DeliverSm message) throws ProcessRequestException {
    if (message.isIntermediateDeliveryNotification()) {
      return;
    }
    byte[] data = message.getShortMessage();
    if (data == null || data.length == 0) {
      data = octets(message, Tag.MESSAGE_PAYLOAD);
    }
    if (message.isSmscDeliveryReceipt()) {
      receipt(message, new String(data, StandardCharsets.ISO_8859_1));
      return;
    }
    Optional<Concatenation> part = sar(message);
    if ((message.getEsmClass() & UDHI) != 0) {
      Optional<Concatenation.Opened> opened = Concatenation.open(data);
      if (opened.isEmpty()) {
        LOG.warn("channel {}: a message with a broken header is left aside", surroundings.name());
        return; // it would be just as broken the next time
      }
      part = opened.get().part();
      data = opened.get().content().bytes();
    }
    Optional<String> text = text(message.getDataCoding(), data);
    String from =
        MobileNumber.international(
            message.getSourceAddr(),
            settings.country(),
            message.getSourceAddrTon() == INTERNATIONAL);
    if (text.isEmpty() || from.isEmpty()) {
      LOG.warn("channel {}: a message that is no text is left aside", surroundings.name());
      return;
    }
    Optional<String> whole = part.isEmpty() ? text : reassembly.add(from, part.get(), text.get());
    if (whole.isPresent()) {
      answer(line + "-" + message.getSequenceNumber(), from, whole.get());
    }
  }

  private void receipt(DeliverSm message, String text) {
    byte[] tagged = octets(message, Tag.RECEIPTED_MESSAGE_ID);
    byte[] state = octets(message, Tag.MESSAGE_STATE);
    Optional<DeliveryReceipt> receipt =
        DeliveryReceipt.read(
            tagged.length == 0 ? null : cString(tagged),
            state.length == 1 ? (int) state[0] : null,
            text);
    if (receipt.isEmpty()) {
      LOG.warn("channel {}: a receipt names no message", surroundings.name());
      return;
    }
    String id =
        receipt.get().taggedId() != null
            ? MessageIds.plain(receipt.get().taggedId())
            : settings.receiptIds().ofReceipt(String.valueOf(receipt.get().textId()));
    switch (receipt.get().stage()) {
      case ARRIVED -> dispatches.arrived(id);
      case LOST -> dispatches.lost(id, receipt.get().failure(), receipt.get().words());
      case UNDER_WAY -> LOG.debug("channel {}: a message is under way", surroundings.name());
    }
  }

  private static String cString(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, Math.min(end, 65), StandardCharsets.ISO_8859_1);
  }

  private static byte[] octets(DeliverSm message, Tag tag) {
    OptionalParameter field = message.getOptionalParameter(tag);
    if (field == null) {
      return new byte[0];
    }
    byte[] all = field.serialize();
    byte[] value = new byte[Math.max(0, all.length - 4)]; // behind tag and length
    System.arraycopy(all, all.length - value.length, value, 0, value.length);
    return value;
  }

  private static Optional<Concatenation> sar(DeliverSm message) {
    byte[] reference = octets(message, Tag.SAR_MSG_REF_NUM);
    byte[] total = octets(message, Tag.SAR_TOTAL_SEGMENTS);
    byte[] number = octets(message, Tag.SAR_SEGMENT_SEQNUM);
    if (reference.length != 2 || total.length != 1 || number.length != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Concatenation(
              ((reference[0] & 0xFF) << 8) | (reference[1] & 0xFF),
              total[0] & 0xFF,
              number[0] & 0xFF));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** By its data coding (SMPP 3.4, 5.2.19; 3GPP TS 23.038, 4); empty for what is no text. */
  private static Optional<String> text(byte coding, byte[] data) {
    return switch (coding & 0xFF) {
      case 0x00 -> Optional.of(Alphabet.GSM_7.decode(data));
      case 0x01 -> Optional.of(new String(data, StandardCharsets.US_ASCII));
      case 0x03 -> Optional.of(new String(data, StandardCharsets.ISO_8859_1));
      case 0x08, 0x18 -> Optional.of(Alphabet.UCS_2.decode(data));
      case 0x10, 0x11, 0x12, 0x13, 0xF0, 0xF1, 0xF2, 0xF3 ->
          Optional.of(Alphabet.GSM_7.decode(data));
      default -> Optional.empty();
    };
  }

  private void answer(String id, String from, String text) throws ProcessRequestException {
    if (!waiting.tryAcquire()) {
      throw new ProcessRequestException("busy", SMPPConstant.STAT_ESME_RMSGQFUL);
    }
    try {
      Answer answer =
          surroundings
              .reception()
              .answered(new Reception.Incoming(surroundings.name(), id, null, null, from, text))
              .toCompletableFuture()
              .get(settings.limit().toMillis(), TimeUnit.MILLISECONDS);
      if (answer instanceof Answer.Refused refused) {
        LOG.info("channel {}: a reply changed nothing: {}", surroundings.name(), refused.reason());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw again("stopping");
    } catch (ExecutionException | TimeoutException e) {
      throw again("not on disk yet");
    } finally {
      waiting.release();
    }
  }
}
