package io.shouwang.model;

/**
 * The idempotency key of one delivery: the same key twice is the same ring. Its text form is {@code
 * alert.number}.
 *
 * @param number counts the deliveries of one alert, from 1
 */
public record DeliveryKey(AlertId alert, int number) {

  /** Reads the text form. */
  public static DeliveryKey parse(String text) {
    int dot = text.lastIndexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("a delivery key is alert.number");
    }
    return new DeliveryKey(
        new AlertId(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
  }

  @Override
  public String toString() {
    return alert + "." + number;
  }
}
