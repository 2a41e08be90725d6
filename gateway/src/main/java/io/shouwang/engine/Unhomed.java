package io.shouwang.engine;

import io.shouwang.model.Answer;
import io.shouwang.model.Input;

/** What is answered to an input that no home decides. */
final class Unhomed {
  private Unhomed() {}

  static Answer answer(Input input) {
    return switch (input) {
      case Input.ReplyReceived _,
          Input.AlertReopened _,
          Input.AlertsMerged _,
          Input.LadderHurried _,
          Input.HandoverAsked _,
          Input.DeliveryReported _ ->
          new Answer.Refused(
              Answer.Reason.UNKNOWN_ALERT, "no alert has this id; it may be long closed");
      case Input.CallReceived call ->
          new Answer.Refused(
              Answer.Reason.UNKNOWN_HOME, "no home " + call.home() + " is registered");
      case Input.ExerciseOrdered ordered ->
          new Answer.Refused(
              Answer.Reason.UNKNOWN_HOME, "no home " + ordered.home() + " is registered");
      case Input.ModeChanged changed ->
          new Answer.Refused(
              Answer.Reason.UNKNOWN_HOME, "no home " + changed.home() + " is registered");
      case Input.ContactRecorded recorded ->
          new Answer.Refused(
              Answer.Reason.NOT_ASKED, "only who answers for this elder may record a contact");
      case Input.EventReceived _,
          Input.CallReported _,
          Input.TimePassed _,
          Input.IncidentNoticed _,
          Input.FoundByAudit _,
          Input.AlertForwarded _,
          Input.CountyHeard _,
          Input.TroubleNoticed _,
          Input.SessionKept _,
          Input.SessionDropped _,
          Input.Started _,
          Input.RegistryActivated _,
          Input.SettingsActivated _ ->
          new Answer.Taken();
    };
  }
}
