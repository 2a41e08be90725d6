package io.shouwang.sim.wire;

import io.shouwang.sim.wire.WireException.Trouble;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why an address could not be connected to, said by the innermost cause that says it best. */
final class Unreachable {
  private Unreachable() {}

  static WireException at(Endpoint endpoint, Throwable trouble) {
    for (@Nullable Throwable cause = trouble; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return of("there is no host called " + endpoint.host(), trouble);
      }
      if (cause instanceof SSLException) {
        return new WireException(
            Trouble.REFUSED,
            "no TLS with " + endpoint + ": " + cause.getMessage() + " (is --ca the right file?)",
            trouble);
      }
      if (cause instanceof ConnectException) {
        return of("nobody listens at " + endpoint + "; is the gateway running?", trouble);
      }
    }
    return of("no connection to " + endpoint + ": " + trouble.getMessage(), trouble);
  }

  private static WireException of(String words, Throwable cause) {
    return new WireException(Trouble.UNREACHABLE, words, cause);
  }
}
