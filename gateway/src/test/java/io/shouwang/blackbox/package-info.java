/**
 * The gateway as a process of its own, on real disks and sockets: killed, its power cut, stopped,
 * its disk filled. What it acknowledged must be there afterwards.
 */
@NullMarked
package io.shouwang.blackbox;

import org.jspecify.annotations.NullMarked;
