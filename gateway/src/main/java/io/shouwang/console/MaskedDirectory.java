package io.shouwang.console;

import io.shouwang.model.Directory;
import io.shouwang.wording.Masks;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registry in which everybody's name, number and door is masked: whatever is written from it,
 * texts of a timeline included, is masked without a thought. Ids, areas and roles are as they are.
 * Any thread.
 */
final class MaskedDirectory {
  /** Those of the registry's questions that answer with a person or a door. */
  static final Set<String> MASKED = Set.of("home", "elder", "responder");

  private MaskedDirectory() {}

  /** A proxy and no class: a question that the registry learns one day is passed on as it is. */
  static Directory of(Directory plain) {
    InvocationHandler handler =
        (_, method, arguments) -> {
          try {
            return masked(method, method.invoke(plain, arguments));
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (Directory)
        Proxy.newProxyInstance(
            MaskedDirectory.class.getClassLoader(), new Class<?>[] {Directory.class}, handler);
  }

  static boolean is(Directory directory) {
    return Proxy.isProxyClass(directory.getClass());
  }

  private static @Nullable Object masked(Method method, @Nullable Object answer) {
    return switch (answer) {
      case Directory.Home home when MASKED.contains(method.getName()) -> home(home);
      case Directory.Elder elder when MASKED.contains(method.getName()) -> elder(elder);
      case Directory.Responder responder when MASKED.contains(method.getName()) ->
          responder(responder);
      case null, default -> answer;
    };
  }

  /** Without the way in, and without where it lies to the metre. */
  private static Directory.Home home(Directory.Home home) {
    return new Directory.Home(
        home.id(),
        home.area(),
        Masks.address(home.address()),
        Masks.phone(home.phone()),
        "",
        home.elders(),
        home.building(),
        null);
  }

  /** Without notes: they are about health more often than not. */
  private static Directory.Elder elder(Directory.Elder elder) {
    return new Directory.Elder(
        elder.id(),
        elder.home(),
        Masks.name(elder.name()),
        elder.birthYear(),
        Masks.phone(elder.phone()),
        "",
        elder.categories(),
        elder.ability());
  }

  private static Directory.Responder responder(Directory.Responder responder) {
    boolean isPublic = Masks.phone(responder.phone()).equals(responder.phone());
    return new Directory.Responder(
        responder.id(),
        // A desk is no person: it answers under a short code that everybody knows.
        isPublic && !responder.phone().isBlank() ? responder.name() : Masks.name(responder.name()),
        Masks.phone(responder.phone()),
        responder.language());
  }
}
