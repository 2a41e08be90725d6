package io.shouwang;

import io.shouwang.model.Role;
import io.shouwang.registry.RegistryFolder;
import io.shouwang.registry.RegistrySource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first start takes the registry of the configuration; later ones the generation in force. */
final class FirstImport {
  private static final Logger LOG = LoggerFactory.getLogger(FirstImport.class);

  private FirstImport() {}

  static RegistryInForce registry(RegistryFolder folder, Path config, Set<Role> roles)
      throws IOException {
    Optional<String> next = folder.next();
    return new RegistryInForce(
        folder, next.isPresent() ? next.get() : imported(folder, config, roles));
  }

  private static String imported(RegistryFolder folder, Path config, Set<Role> roles)
      throws IOException {
    Path source = config.resolve("registry");
    return switch (folder.importFirst(RegistrySource.directory(source), roles)) {
      case RegistryFolder.Import.Imported done -> {
        LOG.info(
            "first start: imported {} ({}); {} new secrets in {}",
            source,
            done.registry().counts(),
            done.newSecrets(),
            done.secrets());
        yield done.registry().hash();
      }
      case RegistryFolder.Import.WouldUndo _, RegistryFolder.Import.Misfit _ ->
          throw new IllegalStateException("before the first import nothing was edited");
      case RegistryFolder.Import.Refused refused ->
          throw new IOException(
              "the registry in "
                  + source
                  + " has "
                  + refused.count()
                  + " mistakes:\n"
                  + refused.problems().stream()
                      .map(problem -> "  " + problem)
                      .collect(Collectors.joining("\n")));
    };
  }
}
