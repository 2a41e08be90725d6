/**
 * People's accounts: who may log in, their seats, and the record of who did and saw what. Lives in
 * a database of its own; nothing here stands between an alarm and those who come.
 */
@NullMarked
package io.shouwang.accounts;

import org.jspecify.annotations.NullMarked;
