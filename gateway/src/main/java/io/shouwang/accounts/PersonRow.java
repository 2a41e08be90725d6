package io.shouwang.accounts;

import io.shouwang.model.AreaId;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A person with their secrets, as the table has them. Statements run in the caller's transaction.
 */
record PersonRow(
    Person person,
    String password,
    @Nullable String totp,
    @Nullable String totpPending,
    long totpStep) {

  String id() {
    return person.id().value();
  }

  static Optional<PersonRow> find(Handle handle, String id) {
    Set<OperatorRole> roles = roles(handle, id);
    return handle
        .createQuery("SELECT * FROM person WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> of(row, roles))
        .findOne();
  }

  /** Everybody, by id. */
  static List<Person> all(Handle handle) {
    Map<String, Set<OperatorRole>> roles = new LinkedHashMap<>();
    handle
        .createQuery("SELECT person, role FROM person_role")
        .map((row, context) -> Map.entry(row.getString(1), OperatorRole.valueOf(row.getString(2))))
        .forEach(held ->
            roles
                .computeIfAbsent(held.getKey(), _ -> EnumSet.noneOf(OperatorRole.class))
                .add(held.getValue()));
    return handle
        .createQuery("SELECT * FROM person ORDER BY id")
        .map((row, context) -> of(row, roles.getOrDefault(row.getString("id"), Set.of())).person())
        .list();
  }

  static boolean isEmpty(Handle handle) {
    return handle
        .createQuery("SELECT id FROM person LIMIT 1")
        .mapTo(String.class)
        .findFirst()
        .isEmpty();
  }

  static int count(Handle handle) {
    return handle.createQuery("SELECT COUNT(*) FROM person").mapTo(Integer.class).one();
  }

  /** How many others than this one may administer. */
  static int administratorsBeside(Handle handle, String id) {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM person p JOIN person_role r ON r.person = p.id"
                + " WHERE r.role = :role AND p.disabled = 0 AND p.id <> :id")
        .bind("role", OperatorRole.ADMINISTRATOR.name())
        .bind("id", id)
        .mapTo(Integer.class)
        .one();
  }

  private static Set<OperatorRole> roles(Handle handle, String id) {
    return Set.copyOf(
        handle
            .createQuery("SELECT role FROM person_role WHERE person = :id")
            .bind("id", id)
            .map((row, context) -> OperatorRole.valueOf(row.getString(1)))
            .list());
  }

  private static PersonRow of(ResultSet row, Set<OperatorRole> roles) throws SQLException {
    String totp = row.getString("totp");
    String responder = row.getString("responder");
    Person person =
        new Person(
            new ResponderId(row.getString("id")),
            row.getString("name"),
            roles,
            new AreaId(row.getString("area")),
            row.getString("language"),
            row.getInt("disabled") != 0,
            row.getInt("must_change") != 0,
            totp != null,
            Instant.ofEpochMilli(row.getLong("made_ms")),
            responder == null ? null : new ResponderId(responder));
    return new PersonRow(
        person,
        row.getString("password"),
        totp,
        row.getString("totp_pending"),
        row.getLong("totp_step"));
  }

  /** Whether another account speaks for a responder, by its link or by its login name. */
  static boolean isSpokenFor(Handle handle, ResponderId responder, String besides) {
    return handle
            .createQuery(
                "SELECT COUNT(*) FROM person WHERE (responder = :responder OR id = :responder)"
                    + " AND id <> :id")
            .bind("responder", responder.value())
            .bind("id", besides)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  static void insert(Handle handle, Person person, String password) {
    handle
        .createUpdate(
            "INSERT INTO person (id, name, password, must_change, area, language, disabled,"
                + " totp_step, made_ms, changed_ms, responder) VALUES (:id, :name, :password,"
                + " :must_change, :area, :language, :disabled, 0, :made, :made, :responder)")
        .bind("responder", responder(person))
        .bind("id", person.id().value())
        .bind("name", person.name())
        .bind("password", password)
        .bind("must_change", person.mustChange() ? 1 : 0)
        .bind("area", person.area().value())
        .bind("language", person.language())
        .bind("disabled", person.disabled() ? 1 : 0)
        .bind("made", person.made().toEpochMilli())
        .execute();
    insertRoles(handle, person);
  }

  /** Writes all but the secrets. */
  static void update(Handle handle, Person person, Instant now) {
    handle
        .createUpdate(
            "UPDATE person SET name = :name, area = :area, language = :language,"
                + " disabled = :disabled, changed_ms = :now, responder = :responder"
                + " WHERE id = :id")
        .bind("responder", responder(person))
        .bind("id", person.id().value())
        .bind("name", person.name())
        .bind("area", person.area().value())
        .bind("language", person.language())
        .bind("disabled", person.disabled() ? 1 : 0)
        .bind("now", now.toEpochMilli())
        .execute();
    handle
        .createUpdate("DELETE FROM person_role WHERE person = :id")
        .bind("id", person.id().value())
        .execute();
    insertRoles(handle, person);
  }

  private static @Nullable String responder(Person person) {
    return person.responder() == null ? null : person.responder().value();
  }

  private static void insertRoles(Handle handle, Person person) {
    for (OperatorRole role : person.roles()) {
      handle
          .createUpdate("INSERT INTO person_role (person, role) VALUES (:id, :role)")
          .bind("id", person.id().value())
          .bind("role", role.name())
          .execute();
    }
  }

  static void setPassword(Handle handle, String id, String password, boolean mustChange) {
    handle
        .createUpdate(
            "UPDATE person SET password = :password, must_change = :must_change WHERE id = :id")
        .bind("id", id)
        .bind("password", password)
        .bind("must_change", mustChange ? 1 : 0)
        .execute();
  }

  static void setPendingTotp(Handle handle, String id, String secret) {
    handle
        .createUpdate("UPDATE person SET totp_pending = :secret WHERE id = :id")
        .bind("id", id)
        .bind("secret", secret)
        .execute();
  }

  /** The pending secret is the one that counts from now on. */
  static void confirmTotp(Handle handle, String id, long step) {
    handle
        .createUpdate(
            "UPDATE person SET totp = totp_pending, totp_pending = NULL, totp_step = :step"
                + " WHERE id = :id")
        .bind("id", id)
        .bind("step", step)
        .execute();
  }

  static void removeTotp(Handle handle, String id) {
    handle
        .createUpdate("UPDATE person SET totp = NULL, totp_pending = NULL WHERE id = :id")
        .bind("id", id)
        .execute();
    handle.createUpdate("DELETE FROM recovery_code WHERE person = :id").bind("id", id).execute();
  }

  /** Uses a code's step up; false if it, or a later one, was used before. */
  static boolean useStep(Handle handle, String id, long step) {
    return handle
            .createUpdate(
                "UPDATE person SET totp_step = :step WHERE id = :id AND totp_step < :step")
            .bind("id", id)
            .bind("step", step)
            .execute()
        == 1;
  }

  static void setRecoveryCodes(Handle handle, String id, List<String> hashes) {
    handle.createUpdate("DELETE FROM recovery_code WHERE person = :id").bind("id", id).execute();
    for (String hash : hashes) {
      handle
          .createUpdate("INSERT INTO recovery_code (person, hash) VALUES (:id, :hash)")
          .bind("id", id)
          .bind("hash", hash)
          .execute();
    }
  }

  /** Uses a recovery code up; false if it is none. */
  static boolean useRecoveryCode(Handle handle, String id, String hash) {
    return handle
            .createUpdate("DELETE FROM recovery_code WHERE person = :id AND hash = :hash")
            .bind("id", id)
            .bind("hash", hash)
            .execute()
        == 1;
  }
}
