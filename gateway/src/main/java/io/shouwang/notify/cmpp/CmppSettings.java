package io.shouwang.notify.cmpp;

import java.time.Duration;

/**
 * One account with a gateway.
 *
 * @param account the SP's, six digits
 * @param source the SP's number with its extension, as phones see it and answer to it
 * @param signature what each message begins with; may be empty
 * @param letters in which Msg_Fmt texts go
 * @param limit for a login, and for a message with all of its parts
 * @param quietFor so long nothing is heard before an ACTIVE_TEST
 * @param resendAfter a request is sent again after so long without an answer
 * @param resends how often
 * @param verifyGateway whether it must show that it knows the secret
 */
record CmppSettings(
    String host,
    int port,
    CmppVersion version,
    String account,
    String secret,
    String messageSource,
    String serviceId,
    String source,
    String feeType,
    String feeCode,
    String signature,
    Letters letters,
    int partsMost,
    int window,
    Duration limit,
    Duration quietFor,
    Duration resendAfter,
    int resends,
    Duration reconnectMost,
    boolean verifyGateway) {

  /** In which Msg_Fmt a text goes. */
  enum Letters {
    /** Always 8. */
    UCS_2,
    /** 0 for what is ASCII, 8 for all else. */
    ASCII,
    /** 0 for what is ASCII, 15 for what fits into one message of GB 18030, 8 for all else. */
    GBK
  }

  @Override
  public String toString() {
    return "CmppSettings[" + host + ":" + port + "]"; // no secret in any log
  }
}
