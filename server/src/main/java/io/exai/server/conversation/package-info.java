/** Conversations that calls go on with, across tools, models, sessions and nodes. */
@NullMarked
package io.exai.server.conversation;

import org.jspecify.annotations.NullMarked;
