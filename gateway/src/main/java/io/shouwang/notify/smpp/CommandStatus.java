package io.shouwang.notify.smpp;

import io.shouwang.notify.provider.Failure;
import java.util.Locale;
import org.jsmpp.SMPPConstant;

/** What an error of the centre means for us (SMPP 3.4, 5.1.3). */
final class CommandStatus {
  private CommandStatus() {}

  /** In answer to a message. */
  static Failure ofSubmit(int status) {
    return switch (status) {
      case SMPPConstant.STAT_ESME_RTHROTTLED, SMPPConstant.STAT_ESME_RMSGQFUL -> Failure.BUSY;
      case SMPPConstant.STAT_ESME_RSYSERR,
          SMPPConstant.STAT_ESME_RSUBMITFAIL,
          SMPPConstant.STAT_ESME_RX_T_APPN,
          SMPPConstant.STAT_ESME_RDELIVERYFAILURE,
          SMPPConstant.STAT_ESME_RUNKNOWNERR,
          SMPPConstant.STAT_ESME_RSERTYPUNAVAIL,
          SMPPConstant.STAT_ESME_RINVBNDSTS ->
          Failure.BROKEN;
      case SMPPConstant.STAT_ESME_RINVDSTADR,
          SMPPConstant.STAT_ESME_RINVDSTTON,
          SMPPConstant.STAT_ESME_RINVDSTNPI ->
          Failure.NO_SUCH_ADDRESS;
      case SMPPConstant.STAT_ESME_RINVSRCADR,
          SMPPConstant.STAT_ESME_RINVSRCTON,
          SMPPConstant.STAT_ESME_RINVSRCNPI,
          SMPPConstant.STAT_ESME_RINVSERTYP,
          SMPPConstant.STAT_ESME_RINVSYSTYP,
          SMPPConstant.STAT_ESME_RINVREGDLVFLG,
          SMPPConstant.STAT_ESME_RINVESMCLASS,
          SMPPConstant.STAT_ESME_RINVDCS,
          SMPPConstant.STAT_ESME_RTLVNOTALLWD,
          SMPPConstant.STAT_ESME_RSERTYPUNAUTH,
          SMPPConstant.STAT_ESME_RSERTYPDENIED ->
          Failure.MISCONFIGURED;
      case SMPPConstant.STAT_ESME_RPROHIBITED -> Failure.BLOCKED;
      default -> Failure.REFUSED;
    };
  }

  /** In answer to our bind: only what passes by itself is tried again in vain. */
  static Failure ofBind(int status) {
    return switch (status) {
      case SMPPConstant.STAT_ESME_RALYBND,
          SMPPConstant.STAT_ESME_RTHROTTLED,
          SMPPConstant.STAT_ESME_RMSGQFUL ->
          Failure.BUSY;
      case SMPPConstant.STAT_ESME_RSYSERR,
          SMPPConstant.STAT_ESME_RX_T_APPN,
          SMPPConstant.STAT_ESME_RUNKNOWNERR ->
          Failure.BROKEN;
      default -> Failure.MISCONFIGURED;
    };
  }

  /** For a person: {@code command_status 0x00000058}. */
  static String words(int status) {
    return String.format(Locale.ROOT, "command_status 0x%08x", status);
  }
}
