/** E-mail by SMTP (RFC 5321) through the city's own mail server, over TLS. */
@NullMarked
package io.shouwang.notify.mail;

import org.jspecify.annotations.NullMarked;
