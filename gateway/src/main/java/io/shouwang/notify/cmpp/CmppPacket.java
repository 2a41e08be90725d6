package io.shouwang.notify.cmpp;

import io.shouwang.model.Payload;

/**
 * What goes over a CMPP line, by the protocol's own names (China Mobile Point to Point, versions
 * 2.0 and 3.0). Each request's answer has its sequence number.
 */
sealed interface CmppPacket {
  int sequence();

  /** What we send. */
  sealed interface ToGateway extends CmppPacket {}

  /** What we understand. */
  sealed interface FromGateway extends CmppPacket {}

  /** CMPP_CONNECT. */
  record Connect(int sequence, String sourceAddress, Payload proof, int version, int timestamp)
      implements ToGateway {}

  /** CMPP_CONNECT_RESP. */
  record Connected(int sequence, long status, Payload proof, int version) implements FromGateway {}

  /** CMPP_TERMINATE. */
  record Terminate(int sequence) implements ToGateway, FromGateway {}

  /** CMPP_TERMINATE_RESP. */
  record Terminated(int sequence) implements ToGateway, FromGateway {}

  /**
   * CMPP_SUBMIT to one number.
   *
   * @param headed whether the content begins with a user data header
   * @param format of the content: 0 ASCII, 8 UCS-2, 15 GB 18030
   */
  record Submit(
      int sequence,
      int partTotal,
      int partNumber,
      String serviceId,
      boolean headed,
      int format,
      String messageSource,
      String feeType,
      String feeCode,
      String source,
      String terminal,
      Payload content)
      implements ToGateway {}

  /** CMPP_SUBMIT_RESP. */
  record Submitted(int sequence, long messageId, long result) implements FromGateway {}

  /** CMPP_DELIVER with what a phone sent. */
  record Deliver(
      int sequence,
      long messageId,
      String destination,
      String terminal,
      boolean headed,
      int format,
      Payload content)
      implements FromGateway {}

  /**
   * CMPP_DELIVER with a status report.
   *
   * @param messageId of the delivery itself, to be confirmed
   * @param reported of the message that it is about
   */
  record Report(int sequence, long messageId, long reported, String state) implements FromGateway {}

  /** CMPP_DELIVER_RESP. */
  record Delivered(int sequence, long messageId, long result) implements ToGateway {}

  /** CMPP_ACTIVE_TEST. */
  record ActiveTest(int sequence) implements ToGateway, FromGateway {}

  /** CMPP_ACTIVE_TEST_RESP. */
  record Active(int sequence) implements ToGateway, FromGateway {}
}
